"""Trials of what all who use a system come to: by a number, by a name, or beside Python."""

import ctypes
import fcntl
import os
import platform
import socket
import struct
import sys
from pathlib import Path

from grader.isolation import libc
from grader.isolation.surroundings import Surroundings
from grader.isolation.syscalls import ARCHITECTURES, KERNEL, SHARED, Numbers

# As linux/{ipc,msg,keyctl}.h and asm-generic/{fcntl,sockios}.h name them.
_PRIVATE, _CREATE, _REMOVE = 0, 0o1600, 0
_USER_KEYS, _UNLINK = -4, 9
_LOCK_OPEN_FILE, _SET_GROUP = 37, 0x8902


def lock_a_part(around: Surroundings) -> None:
    """Lock part of a file against others who have it open."""
    path = around.own / "part"
    path.write_bytes(b"notes")
    with path.open("rb") as one, path.open("r+b") as other:
        fcntl.fcntl(one, _LOCK_OPEN_FILE, _lock(fcntl.F_RDLCK))
        try:
            fcntl.fcntl(other, _LOCK_OPEN_FILE, _lock(fcntl.F_WRLCK))
        except BlockingIOError:
            return
    raise OSError("it is said to be locked, and is not")


def _lock(kind: int) -> bytes:
    """Write struct flock of the first byte."""
    return struct.pack("@hhqqi4x", kind, os.SEEK_SET, 0, 1, 0)


def own_for_a_group(around: Surroundings) -> None:
    """Have the system signal another process by the older name of the call."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        fcntl.ioctl(ours, _SET_GROUP, struct.pack("=i", around.neighbour))


def own_by_a_command(around: Surroundings) -> None:
    """Make another process the owner of a pipe."""
    reads, writes = os.pipe()
    try:
        fcntl.fcntl(reads, fcntl.F_SETOWN, around.neighbour)
    finally:
        os.close(reads)
        os.close(writes)


def list_beside_python(_: Surroundings) -> None:
    """See what lies in the folder that Python is installed in."""
    list(Path(sys.prefix).iterdir())


def leave_a_segment(_: Surroundings) -> None:
    """Leave memory that everybody has who knows its number."""
    segment = _call(SHARED["shmget"], _PRIVATE, 4096, _CREATE)
    _call(SHARED["shmctl"], segment, _REMOVE, None)


def leave_a_message(_: Surroundings) -> None:
    """Leave a message in a queue that everybody has who knows its number."""
    queue = _call(SHARED["msgget"], _PRIVATE, _CREATE)
    _call(SHARED["msgctl"], queue, _REMOVE, None)


def leave_a_semaphore(_: Surroundings) -> None:
    """Leave a semaphore that everybody has who knows its number."""
    semaphore = _call(SHARED["semget"], _PRIVATE, 1, _CREATE)
    _call(SHARED["semctl"], semaphore, 0, _REMOVE, None)


def leave_a_key(_: Surroundings) -> None:
    """Leave a note among the user's keys."""
    kind, name, note = (ctypes.create_string_buffer(text) for text in (b"user", b"grader", b"x"))
    key = _call(KERNEL["add_key"], kind, name, note, 1, _USER_KEYS)
    _call(KERNEL["keyctl"], _UNLINK, key, _USER_KEYS)


COMMONS = (
    lock_a_part,
    own_for_a_group,
    own_by_a_command,
    list_beside_python,
    leave_a_segment,
    leave_a_message,
    leave_a_semaphore,
    leave_a_key,
)


def _call(numbers: Numbers, *arguments: libc.Argument) -> int:
    number = numbers[ARCHITECTURES[platform.machine()][1]]
    return libc.checked(libc.syscall(-1 if number is None else number, *arguments), "system call")
