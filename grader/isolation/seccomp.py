"""seccomp: which system calls a process may make, and so what it can do to others.

The filter is a list of what is denied: TensorFlow makes too many calls for a list of what is
allowed, and what would reach outside is known. Source: the kernel's
``Documentation/userspace-api/seccomp_filter.rst`` and ``include/uapi/linux/{seccomp,filter}.h``.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.isolation import libc, syscalls
from grader.isolation.syscalls import ARCHITECTURES, CLONE, CLONE3, numbers

NUMBERS = {"x86_64": 317, "aarch64": 277}
_SET_MODE_FILTER, _IS_ACTION_AVAILABLE, _ALL_THREADS = 1, 2, 1
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
# struct seccomp_data: int nr; __u32 arch; __u64 instruction_pointer; __u64 args[6]
_NUMBER, _ARCHITECTURE, _FIRST = 0, 4, 16
# What came with Linux 6.11 and later may be anything, and so may the x32 calls, far above.
_UNKNOWN = 463
_CLONE_THREAD = 0x00010000
_CLONE_NEW = 0x7E020080
_ARGUMENT_BYTES = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """A step of the filter, with where it goes when it holds and when it does not, in steps."""

    code: int
    value: int
    then: int = 0
    otherwise: int = 0

    def packed(self) -> bytes:
        """Return it as struct sock_filter."""
        return struct.pack("=HBBI", self.code, self.then, self.otherwise, self.value)


def available() -> bool:
    """Whether the kernel filters system calls for whoever asks, and this module knows its calls."""
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        return False
    refusing = ctypes.create_string_buffer(struct.pack("=I", _ERRNO), 4)
    return libc.syscall(NUMBERS[machine], _IS_ACTION_AVAILABLE, 0, refusing) == 0


def program(machine: str, own: int, *, processes: bool, signals: bool = False) -> bytes:
    """Write the filter.

    Args:
        machine: As ``platform.machine`` names it.
        own: Number of the process itself.
        processes: Whether it may make processes and run programs.
        signals: Whether it may signal others, because something else sees to it whom.
    """
    architecture, column = ARCHITECTURES[machine]
    rules = [
        Rule(_LOAD, _ARCHITECTURE),
        Rule(_EQUAL, architecture, 1, 0),
        Rule(_RETURN, _KILL),
        Rule(_LOAD, _NUMBER),
        *_denied_from(_UNKNOWN, errno.ENOSYS),
        # The C library then takes clone, whose flags can be looked at.
        *_answered([CLONE3[column] or 0], errno.ENOSYS),
        *_denied(machine, syscalls.SOCKETS, syscalls.TRACING, syscalls.KERNEL, syscalls.SHARED),
        *([] if processes else _denied(machine, syscalls.PROCESSES)),
        # Told that it worked: copying a file sets its times and rights, too, and nobody minds.
        *_answered(numbers(syscalls.METADATA, machine), 0),
        *_unless(syscalls.PRLIMIT[column], 1, _EQUAL, syscalls.MARKED),
        *([] if signals else _own(numbers(syscalls.SIGNALS, machine), own, errno.EPERM)),
        *_own(numbers(syscalls.ITS_OWN, machine), own, errno.EPERM),
        *_own(numbers(syscalls.SCHEDULING, machine), own, 0),
        *_unless(syscalls.SETRLIMIT[column], 0, _EQUAL, syscalls.MARKED),
        *_unless(syscalls.SOCKETPAIR[column], 1, _ANY_BIT, [syscalls.NO_STREAM]),
        *_unless(syscalls.PRCTL[column], 0, _EQUAL, syscalls.PARENTHOOD),
        *_unless(syscalls.FCNTL[column], 1, _EQUAL, syscalls.OWNERSHIP),
        *_clone(CLONE[column] or 0, processes=processes),
        Rule(_RETURN, _ALLOW),
    ]
    return b"".join(rule.packed() for rule in rules)


def _denied_from(number: int, error: int) -> list[Rule]:
    return [Rule(_AT_LEAST, number, 0, 1), Rule(_RETURN, _ERRNO | error)]


def _answered(calls: Iterable[int], error: int) -> list[Rule]:
    return [
        rule for call in calls for rule in (Rule(_EQUAL, call, 0, 1), Rule(_RETURN, _ERRNO | error))
    ]


def _denied(machine: str, *groups: dict[str, syscalls.Numbers]) -> list[Rule]:
    return [rule for group in groups for rule in _answered(numbers(group, machine), errno.EPERM)]


def _own(calls: Iterable[int], own: int, error: int) -> list[Rule]:
    return [
        rule
        for call in calls
        for rule in (
            Rule(_EQUAL, call, 0, 5),
            Rule(_LOAD, _FIRST),
            Rule(_EQUAL, 0, 2, 0),
            Rule(_EQUAL, own, 1, 0),
            Rule(_RETURN, _ERRNO | error),
            Rule(_RETURN, _ALLOW),
        )
    ]


def _unless(call: int | None, place: int, test: int, values: Sequence[int]) -> list[Rule]:
    """Deny a call when its argument at ``place`` passes a test; else, go on."""
    judged = [
        rule
        for value in values
        for rule in (Rule(test, value, 0, 1), Rule(_RETURN, _ERRNO | errno.EPERM))
    ]
    return [
        Rule(_EQUAL, call or 0, 0, len(judged) + 2),
        Rule(_LOAD, _FIRST + place * _ARGUMENT_BYTES),
        *judged,
        Rule(_LOAD, _NUMBER),
    ]


def _clone(call: int, *, processes: bool) -> list[Rule]:
    namespaces = [Rule(_ANY_BIT, _CLONE_NEW, 0, 1), Rule(_RETURN, _ERRNO | errno.EPERM)]
    threads = [Rule(_ANY_BIT, _CLONE_THREAD, 1, 0), Rule(_RETURN, _ERRNO | errno.EPERM)]
    judged = namespaces + ([] if processes else threads)
    return [
        Rule(_EQUAL, call, 0, len(judged) + 2),
        Rule(_LOAD, _FIRST),
        *judged,
        Rule(_RETURN, _ALLOW),
    ]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("rules", ctypes.c_void_p))


def deny(*, processes: bool, signals: bool) -> None:
    """Deny the calls to all threads of this process, for good.

    Args:
        processes: Whether it may make processes and run programs.
        signals: Whether it may signal others, because something else sees to it whom.

    Raises:
        OSError: The kernel refused.
    """
    machine = platform.machine()
    filters = program(machine, os.getpid(), processes=processes, signals=signals)
    rules = ctypes.create_string_buffer(filters, len(filters))
    packed = _Program(len(filters) // 8, ctypes.cast(rules, ctypes.c_void_p))
    buffer = (ctypes.c_char * ctypes.sizeof(packed)).from_buffer(packed)
    done = libc.syscall(NUMBERS[machine], _SET_MODE_FILTER, _ALL_THREADS, buffer)
    libc.checked(done, "seccomp")
