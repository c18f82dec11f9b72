"""seccomp: which system calls a process may make, and so what it can do to others.

Of calls, the filter lists what is denied: TensorFlow makes too many for a list of what is allowed,
and what would reach outside is known. Of the commands that a call takes, it lists what is allowed.
Since Linux 5.11 a call that is allowed whatever its arguments costs nothing: Linux finds those when
the filter is installed, and never runs it for them. Source: the kernel's
``Documentation/userspace-api/seccomp_filter.rst``, ``include/uapi/linux/seccomp.h`` and, for what
it finds, ``seccomp_is_const_allow`` in ``kernel/seccomp.c``.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable

from grader.isolation import bpf, libc, syscalls
from grader.isolation.arguments import DONE, REFUSED, judgements
from grader.isolation.bpf import ALLOW, ERRNO, Instruction, answered, judged
from grader.isolation.syscalls import ARCHITECTURES, CLONE3, numbers

NUMBERS = {"x86_64": 317, "aarch64": 277}
_SET_MODE_FILTER, _IS_ACTION_AVAILABLE, _ALL_THREADS = 1, 2, 1
# What came with Linux 6.11 and later may be anything, and so may the x32 calls, far above.
_UNKNOWN = 463
_NOT_THERE = ERRNO | errno.ENOSYS


def available() -> bool:
    """Whether the kernel filters system calls for whoever asks, and this module knows its calls."""
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        return False
    refusing = ctypes.create_string_buffer(struct.pack("=I", ERRNO), 4)
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
    named = judgements(own, processes=processes, signals=signals)
    here = [(call[column], cases, otherwise) for call, cases, otherwise in named]
    steps = [
        Instruction(bpf.LOAD, bpf.ARCHITECTURE),
        Instruction(bpf.EQUAL, architecture, 1, 0),
        Instruction(bpf.RETURN, bpf.KILL),
        Instruction(bpf.LOAD, bpf.NUMBER),
        Instruction(bpf.AT_LEAST, _UNKNOWN, 0, 1),
        Instruction(bpf.RETURN, _NOT_THERE),
        # The C library then takes clone, whose flags can be looked at.
        *_all([CLONE3[column] or 0], _NOT_THERE),
        *(
            step
            for call, cases, otherwise in here
            if call is not None
            for step in judged(call, cases, otherwise)
        ),
        *_denied(machine, syscalls.SOCKETS, syscalls.TRACING, syscalls.KERNEL, syscalls.SHARED),
        *([] if processes else _denied(machine, syscalls.PROCESSES)),
        # Told that it worked: copying a file sets its times and rights, too, and nobody minds.
        *_all(numbers(syscalls.METADATA | syscalls.FLUSHES, machine), DONE),
        Instruction(bpf.RETURN, ALLOW),
    ]
    return b"".join(step.packed() for step in steps)


def _all(calls: Iterable[int], answer: int) -> list[Instruction]:
    return [rule for call in calls for rule in answered(call, answer)]


def _denied(machine: str, *groups: dict[str, syscalls.Numbers]) -> list[Instruction]:
    return [rule for group in groups for rule in _all(numbers(group, machine), REFUSED)]


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
