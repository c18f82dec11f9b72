"""Lists what all share, so that a program can tell what has changed of it.

Taken before and after something, in name spaces of its own, where nobody else changes anything
meanwhile; there the list is whole, and whatever differs was done by that.
"""

import os
import resource
import struct
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path
from stat import S_ISDIR, S_ISREG

import psutil

# By kind, what there is and how it is.
Census = Mapping[str, Mapping[str, object]]
# Of a file: when its content and when anything of it last changed come first.
State = tuple[object, ...]
TIMES = 2
GET_FLAGS = 0x80086601
# What is listed in lines, and the columns of those that say what it is.
LINES = {
    "locks": slice(1, None),
    "sysvipc/shm": slice(None),
    "sysvipc/msg": slice(None),
    "sysvipc/sem": slice(None),
    # Without how often each is in use.
    "keys": slice(3, None),
}
SOCKETS = ("unix", "tcp", "tcp6", "udp", "udp6")
SETTINGS = ("sys/kernel/hostname", "sys/kernel/domainname", "swaps", "modules", "self/mountinfo")
# A machine that keeps time sets its clock by less than this.
CLOCK_S = 60.0
SHARED = "/dev/shm"  # noqa: S108 - that it is shared is what it is about
QUEUES = "/dev/mqueue"
LIMITS = (resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_AS)
UNLIKE = (psutil.STATUS_STOPPED, psutil.STATUS_TRACING_STOP, psutil.STATUS_ZOMBIE)


def take(folders: Iterable[Path], busy: Iterable[Path], disk: Path) -> Census:
    """List all of it.

    Args:
        folders: Whose files are listed, with all that is below.
        busy: Those of them in which files may come and go, as long as none stays.
        disk: A folder of the file system whose room is looked at.
    """
    shared = (Path(SHARED), Path(QUEUES))
    files = {str(path): state(path) for path in below((*folders, *shared))}
    for path in busy:
        files[str(path)] = files[str(path)][TIMES:]
    return {
        "file": files,
        **{name: dict.fromkeys(_lines(name, columns), "") for name, columns in LINES.items()},
        **{f"{name} socket": dict.fromkeys(_sockets(name), "") for name in SOCKETS},
        "setting": {name: "\n".join(_lines(name)) for name in SETTINGS},
        "process": dict(_processes()),
        "room": {"in use": _used(disk)},
        "clock": {"of the system": round((time.time() - time.monotonic()) / CLOCK_S)},
    }


def differences(before: Census, after: Census) -> list[str]:
    """Say what is not as it was, a line each."""
    return [
        f"{kind} {name}: {_said(before[kind].get(name))} became {_said(after[kind].get(name))}"
        for kind in before
        for name in sorted({*before[kind], *after[kind]})
        if before[kind].get(name) != after[kind].get(name)
    ]


def _said(found: object) -> str:
    return "nothing" if found is None else str(found) or "there"


def state(path: Path) -> State:
    """Return what the file system notes of a file, but for when it was last read.

    Whatever is changed of a file, its content too, changes when it was last changed, and nobody
    but who sets the system's clock sets that.
    """
    found = path.lstat()
    attributes = {
        name: os.getxattr(path, name, follow_symlinks=False)
        for name in os.listxattr(path, follow_symlinks=False)
    }
    # The size of a folder is that of what was ever in it.
    size = None if S_ISDIR(found.st_mode) else found.st_size
    times = found.st_mtime_ns, found.st_ctime_ns
    who = found.st_uid, found.st_gid, found.st_nlink
    return *times, oct(found.st_mode), size, *who, _flags(path), attributes


def _flags(path: Path) -> int | None:
    """Return the flags that ``lsattr`` shows; None where there can be none."""
    if not (S_ISREG(path.lstat().st_mode) or path.is_dir()):
        return None
    with suppress(OSError):
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            [flags] = struct.unpack("=q", ioctl(file, GET_FLAGS, bytes(8)))
        finally:
            os.close(file)
        return int(flags)
    return None


def below(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield folders and all that is in them, without following links."""
    for folder in folders:
        if folder.exists():
            yield folder
        for root, *names in os.walk(folder):
            yield from (Path(root, name) for some in names for name in some)


def _lines(name: str, columns: slice = slice(None)) -> list[str]:
    """Return the lines of a list of the system's; none where it has no such list."""
    try:
        lines = Path("/proc", name).read_text("utf-8").splitlines()
    except OSError:
        return []
    return [" ".join(line.split()[columns]) for line in lines]


def _sockets(name: str) -> Iterator[str]:
    """Yield where somebody listens, or is connected."""
    # Of those in folders and elsewhere in memory: their type, state and path; else, addresses.
    columns = (slice(4, 6), slice(7, None)) if name == "unix" else (slice(1, 4), slice(0, 0))
    for line in _lines(f"net/{name}")[1:]:
        words = line.split()
        yield " ".join(word for some in columns for word in words[some])


def _processes() -> Iterator[tuple[str, object]]:
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            status = process.status()
            how = (process.nice(), process.cpu_affinity(), os.sched_getscheduler(process.pid))
            limits = [resource.prlimit(process.pid, kind) for kind in LIMITS]
            kind = status if status in UNLIKE else "alive"
            yield f"{process.pid} {process.name()}", (kind, *how, limits)


def _used(folder: Path) -> int:
    found = os.statvfs(folder)
    return (found.f_blocks - found.f_bfree) * found.f_frsize
