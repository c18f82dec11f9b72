"""What a process may do because of who runs it: given up before a submission runs."""

import ctypes
import resource
import struct

from grader.isolation import libc
from grader.isolation.syscalls import ARCHITECTURES

_SET_NO_NEW_PRIVILEGES, _DROP_FROM_BOUNDING_SET = 38, 24
_CLEAR_AMBIENT, _AMBIENT = 4, 47
_CAPSET = {"x86_64": 126, "aarch64": 91}
_VERSION_3 = 0x20080522
_LAST_CAPABILITY = 63
FILES, FILE_BYTES = 1024, 512 * 1024 * 1024
# TensorFlow maps a few gigabytes. Each gibibyte that is mapped may cost 2 MiB of page tables.
ADDRESS_BYTES = 64 * 1024**3
# Counted by user, so that whoever has them all keeps others from having one: timers, too.
PENDING_SIGNALS = 1024


def no_new() -> None:
    """Let no program that is run later have more rights than this process.

    Raises:
        OSError: The kernel refused.
    """
    libc.checked(libc.prctl(_SET_NO_NEW_PRIVILEGES, 1), "no_new_privs")


def drop(machine: str) -> None:
    """Give up all capabilities for good; an ordinary user has none to begin with.

    Raises:
        OSError: The kernel refused.
    """
    for capability in range(_LAST_CAPABILITY + 1):
        # An ordinary user may not, and has nothing there that could be had later.
        libc.prctl(_DROP_FROM_BOUNDING_SET, capability)
    libc.prctl(_AMBIENT, _CLEAR_AMBIENT)
    header = ctypes.create_string_buffer(struct.pack("=Ii", _VERSION_3, 0), 8)
    none = ctypes.create_string_buffer(24)
    if machine in ARCHITECTURES:
        libc.checked(libc.syscall(_CAPSET[machine], header, none), "capset")


def limit(cpu_s: int, run: int) -> None:
    """Limit files, addresses, timers and processor time; write no core dumps.

    Args:
        cpu_s: Processor time of all threads together, in seconds.
        run: Number of the run. It becomes a limit that Linux has not heeded since 2.4, which all
            that the process starts inherits, however it hides.
    """
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_AS, ADDRESS_BYTES),
        (libc.RLIMIT_SIGPENDING, PENDING_SIGNALS),
        (libc.RLIMIT_LOCKS, run),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))
