"""What a process leaves behind when it is killed: named after it, so that a later one can tell."""

import errno
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psutil


def prefix(name: str) -> str:
    """Return how the names of temporary files or folders of this process begin.

    Args:
        name: What they are; it ends where the process number begins.
    """
    return f"{name}{os.getpid()}-"


def sweep(folder: Path, name: str) -> None:
    """Remove temporary files and folders that processes no longer alive have left in a folder.

    Args:
        folder: Where to look.
        name: What they are, as in ``prefix``.
    """
    pattern = re.compile(rf"{re.escape(name)}(\d+)-")
    for path in folder.glob(f"{name}*"):
        found = pattern.match(path.name)
        if found and not psutil.pid_exists(int(found[1])):
            remove(path)


@contextmanager
def replacing(path: Path, name: str, mode: int = 0o644) -> Iterator[IO[bytes]]:
    """Write a file through a temporary one beside it, so that a reader sees all of it or none.

    Args:
        path: The file, which is replaced when all is written, or a link, which is replaced
            itself; its folder is there.
        name: What temporary ones are, as in ``prefix``.
        mode: Who may read and write it.

    Raises:
        OSError: It cannot be written, or a device, a pipe or a folder is there.
    """
    with suppress(FileNotFoundError):
        if not stat.S_ISREG((there := path.lstat()).st_mode) and not stat.S_ISLNK(there.st_mode):
            raise FileExistsError(errno.EEXIST, "it is no regular file")
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=prefix(name))
    temporary = Path(beside)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def filling(path: Path, name: str) -> Iterator[IO[bytes]]:
    """Write a file that somebody named; what is there and is no file is written to, not replaced.

    Args:
        path: The file, or a device, a pipe, or a link to any of them, which stays what it is.
        name: What temporary files are, as in ``prefix``.

    Raises:
        OSError: It cannot be written.
    """
    stream = _standard_stream(path)
    if stream is not None:
        sys.stdout.flush()
        with os.fdopen(os.dup(stream), "wb") as file:
            yield file
    elif path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
    else:
        with replacing(path.resolve(), name) as file:
            yield file


def _standard_stream(path: Path) -> int | None:
    """Return which of the standard streams a path stands for, if any."""
    for stream in (1, 2):
        with suppress(OSError):
            if os.path.samestat(path.stat(), os.fstat(stream)):
                return stream
    return None


def remove(path: Path) -> None:
    """Remove a file or a folder, however deep it is and whatever its permissions are.

    Args:
        path: Somebody else's, or already gone: either way it is no obstacle.
    """
    if path.is_dir() and not path.is_symlink():
        # Python's way follows folders by recursion, which deep ones exhaust.
        with suppress(RecursionError):
            shutil.rmtree(path, ignore_errors=True)
        if path.exists():
            _remove_by_force(path)
        return
    with suppress(OSError):
        path.unlink()


def _remove_by_force(path: Path) -> None:
    for command in (("chmod", "-R", "u+rwX"), ("rm", "-rf")):
        with suppress(OSError):
            subprocess.run([*command, "--", path], check=False, stderr=subprocess.DEVNULL)  # noqa: S603 - our own folder
