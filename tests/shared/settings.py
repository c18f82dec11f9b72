"""Settings that the grader may find itself in, as what a process does before it becomes one."""

import ctypes
import errno
import platform
import struct
from collections.abc import Callable

from grader.isolation import landlock, libc, privileges, seccomp
from grader.isolation.syscalls import ARCHITECTURES, KERNEL, numbers

LANDLOCK = (444, 445, 446)
LOAD, EQUAL, RETURN, ALLOW, ERRNO = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050000
SET_SECCOMP, FILTER = 22, 2
Setting = Callable[[], None]


def as_it_is() -> None:
    """Change nothing."""


def without_capabilities() -> None:
    """Have no more rights than any user; as root, the name alone."""
    privileges.drop(platform.machine())


def in_a_container() -> None:
    """Have what a container leaves: no capabilities, and no name spaces, mounts or keys."""
    without_capabilities()
    _answer(numbers(KERNEL, platform.machine()), errno.EPERM)


def without_landlock() -> None:
    """Have a Linux that was built without it."""
    _answer(LANDLOCK, errno.ENOSYS)


def with_landlock_forbidden() -> None:
    """Have a container that forbids it."""
    _answer(LANDLOCK, errno.EPERM)


def without_filters() -> None:
    """Have a container that permits no filters of system calls."""
    _answer([seccomp.NUMBERS[platform.machine()]], errno.EPERM)


def without_both() -> None:
    """Have neither."""
    _answer([*LANDLOCK, seccomp.NUMBERS[platform.machine()]], errno.ENOSYS)


def _answer(calls: list[int] | tuple[int, ...], error: int) -> None:
    """Have the system answer calls with an error, by another way than the one under test."""
    privileges.no_new()
    rules = [(LOAD, 0, 0, 0)]
    for call in calls:
        rules += [(EQUAL, 0, 1, call), (RETURN, 0, 0, ERRNO | error)]
    rules.append((RETURN, 0, 0, ALLOW))
    packed = b"".join(struct.pack("=HBBI", *rule) for rule in rules)
    steps = ctypes.create_string_buffer(packed, len(packed))
    program = struct.pack("@HP", len(rules), ctypes.addressof(steps))
    done = libc.prctl(SET_SECCOMP, FILTER, ctypes.create_string_buffer(program, len(program)))
    libc.checked(done, "seccomp")


WITH_FLOOR: tuple[Setting, ...] = (as_it_is, without_capabilities, in_a_container)
# Each with what it lacks.
WITHOUT: dict[Setting, tuple[str, ...]] = {
    without_landlock: ("landlock",),
    with_landlock_forbidden: ("landlock",),
    without_filters: ("seccomp",),
    without_both: ("landlock", "seccomp"),
}
KNOWN = platform.machine() in ARCHITECTURES and landlock.version() >= landlock.FLOOR
