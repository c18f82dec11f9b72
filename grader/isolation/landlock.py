"""Landlock: which files a process may touch, and that it may signal nobody outside.

It needs no rights. It binds the calling thread and what that thread starts later, so it must be
applied while there is one thread. Source: the kernel's ``Documentation/userspace-api/landlock.rst``
and ``include/uapi/linux/landlock.h``.
"""

import ctypes
import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grader.isolation import libc

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
# Rights that a kernel of an older version does not know must not be named to it.
_RIGHTS_OF_VERSION = {1: (1 << 13) - 1, 2: _REFER, 3: _TRUNCATE, 5: _IOCTL_DEVICE}
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_BIND_TCP_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11
NETWORK_SINCE, SCOPES_SINCE = 4, 6
# Before this version a process could truncate files that it may not write.
FLOOR = 3


def version() -> int:
    """Return the version of Landlock that the kernel offers; 0 for none."""
    return max(0, libc.syscall(_CREATE_RULESET, None, 0, _VERSION))


def restrict(readable: Iterable[Path], listable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Let this thread, and what it starts, touch nothing but these files and what is below.

    Args:
        readable: May be read, listed and executed.
        listable: May be listed, with all that is below.
        writable: May be changed in every way, too.

    Raises:
        OSError: The kernel refused.
    """
    known = version()
    handled = sum(right for since, right in _RIGHTS_OF_VERSION.items() if since <= known)
    network = _BIND_TCP_AND_CONNECT if known >= NETWORK_SINCE else 0
    with _ruleset(handled, network, 0) as ruleset:
        for path in readable:
            _allow(ruleset, path, handled & (_EXECUTE | _READ_FILE | _READ_DIR))
        for path in listable:
            _allow(ruleset, path, handled & _READ_DIR)
        for path in writable:
            _allow(ruleset, path, handled & ~_EXECUTE)
        _bind(ruleset)


def scope() -> None:
    """Let this thread signal, and connect to abstract sockets of, only what it starts.

    Raises:
        OSError: The kernel refused.
    """
    # Every ruleset keeps files from being moved between folders, unless it allows that by name.
    with _ruleset(_REFER, 0, _ABSTRACT_SOCKETS_AND_SIGNALS) as ruleset:
        _allow(ruleset, Path("/"), _REFER)
        _bind(ruleset)


def _bind(ruleset: int) -> None:
    libc.checked(libc.syscall(_RESTRICT_SELF, ruleset, 0), "landlock_restrict_self")


@contextmanager
def _ruleset(*fields: int) -> Iterator[int]:
    # An older kernel takes the longer structure as long as what it does not know is zero.
    packed = ctypes.create_string_buffer(struct.pack("=3Q", *fields), 24)
    ruleset = libc.checked(libc.syscall(_CREATE_RULESET, packed, 24, 0), "landlock_create_ruleset")
    try:
        yield ruleset
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    # What is not there cannot be touched either, nor what this user cannot reach.
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            allowed = rights if path.is_dir() else rights & _OF_A_FILE
            rule = ctypes.create_string_buffer(struct.pack("=Qi", allowed, descriptor), 12)
            added = libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
            libc.checked(added, f"landlock_add_rule of {path}")
        finally:
            os.close(descriptor)
