"""System calls, and a limit, that Python has no names for."""

import ctypes
import os
from functools import cache
from typing import Any

# Python does not name the one, and the other only on Linux.
RLIMIT_LOCKS, RLIMIT_SIGPENDING = 10, 11
Argument = int | ctypes.Array[Any] | ctypes.Structure | None


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def syscall(number: int, *arguments: Argument) -> int:
    """Make a system call; return what it returns, -1 for an error."""
    passed = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return int(_library().syscall(ctypes.c_long(number), *passed))


def prctl(option: int, *arguments: Argument) -> int:
    """Call prctl with four arguments, the missing ones being 0; return -1 for an error."""
    filled = (*arguments, 0, 0, 0, 0)[:4]
    passed = [ctypes.c_ulong(value) if isinstance(value, int) else value for value in filled]
    return int(_library().prctl(ctypes.c_int(option), *passed))


def checked(result: int, what: str) -> int:
    """Return the result of a call, unless it is an error.

    Raises:
        OSError: It is one.
    """
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result
