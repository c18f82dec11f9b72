"""What a process leaves behind when it is killed: named after it, so that a later one can tell."""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

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
