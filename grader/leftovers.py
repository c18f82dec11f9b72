"""What a process leaves behind when it is killed: named after it, so that a later one can tell."""

import os
import re
import shutil
import subprocess
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
        path: The file, which is replaced when all is written; its folder is there.
        name: What temporary ones are, as in ``prefix``.
        mode: Who may read and write it.

    Raises:
        OSError: It cannot be written.
    """
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=prefix(name))
    temporary = Path(beside)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


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
