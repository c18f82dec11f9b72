"""What an attack needs of the system to succeed where nothing stops it."""

import ctypes
import errno
import fcntl
import os
import platform
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

_IO_URING_SETUP, _KEYCTL, _READ_SPECIAL = 425, 250, -4
_SYSTEM_ADMINISTRATION = 21
_SCOPE = Path("/proc/sys/kernel/yama/ptrace_scope")
_USER_NAMESPACES = Path("/proc/self/ns/user")


def _root() -> bool:
    """Whether this process may do what root may, which in a container is not a matter of name."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    held = next(int(line.split()[1], 16) for line in lines if line.startswith("CapEff"))
    return bool(held & 1 << _SYSTEM_ADMINISTRATION)


def _cores() -> bool:
    return len(os.sched_getaffinity(0)) > 1


def _tracing() -> bool:
    return _root() or not _SCOPE.exists() or _SCOPE.read_text("utf-8").strip() == "0"


def _refused(*call: int | None) -> int:
    """Return the error of a system call that is made with nothing."""
    libc = ctypes.CDLL(None, use_errno=True)
    return ctypes.get_errno() if libc.syscall(*call) < 0 else 0


def _io_uring() -> bool:
    return _refused(_IO_URING_SETUP, 1, None) == errno.EFAULT


def _keyring() -> bool:
    return platform.machine() == "x86_64" and _refused(_KEYCTL, 0, _READ_SPECIAL, 0) == 0


def _marks() -> bool:
    with tempfile.TemporaryFile() as file:
        try:
            fcntl.ioctl(file, 0x40086602, fcntl.ioctl(file, 0x80086601, bytes(8)))
        except OSError:
            return False
    return True


def _ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as made:
            made.bind(("::1", 0))
    except OSError:
        return False
    return True


def _sysctl() -> bool:
    return _root() and os.access("/proc/sys/kernel/hostname", os.W_OK)


def _unshare() -> bool:
    return _root() and shutil.which("unshare") is not None and _USER_NAMESPACES.exists()


def _old_calls() -> bool:
    return platform.machine() == "x86_64" and Path("/proc/sys/abi/vsyscall32").exists()


NEEDS: dict[str, Callable[[], bool]] = {
    "": lambda: True,
    "root": _root,
    "two cores": _cores,
    "tracing": _tracing,
    "io_uring": _io_uring,
    "keyrings": _keyring,
    "IPv6": _ipv6,
    "marks on files": _marks,
    "system settings": _sysctl,
    "unshare": _unshare,
    "32-bit calls": _old_calls,
}
