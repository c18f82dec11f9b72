"""What a process leaves behind when it is killed: named after it, so that a later one can tell."""

import os
import re
import shutil
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
            _remove(path)


def _remove(path: Path) -> None:
    # Somebody else's, or already gone: either way it is no obstacle.
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        path.unlink()
    except OSError:
        return
