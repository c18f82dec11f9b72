"""Where what students get is written, and how."""

from pathlib import Path

from grader import leftovers
from grader.errors import UsageError

_TEMPORARY = ".grader-writing-"
_SOLUTIONS, _STUDENT = "solutions", "student"


def place(solution: Path, out: Path | None = None) -> Path:
    """Return where the student's notebook goes.

    Args:
        solution: The notebook with the solution; in a folder ``solutions``, the folder above is
            meant, else a folder ``student`` beside it.
        out: Another folder that somebody named.

    Raises:
        UsageError: It would take the place of the solution.
    """
    folder = solution.parent
    if out is not None:
        beside = out
    else:
        beside = folder.parent if folder.name == _SOLUTIONS else folder / _STUDENT
    target = beside / solution.name
    if target.exists() and solution.exists() and target.samefile(solution):
        raise UsageError(
            f"{target} is the solution itself, which what students get would replace. Name another "
            "folder with --out."
        )
    return target


def read(path: Path) -> bytes | None:
    """Return the content of a file; None where there is none.

    Raises:
        UsageError: It is no file, or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}. Remove it, or name another folder with "
            "--out."
        ) from error


def write(path: Path, content: bytes) -> None:
    """Write a file in one step; its folder is made.

    Raises:
        UsageError: The folder or the disk does not allow it; what was there is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with leftovers.replacing(path, _TEMPORARY) as file:
            file.write(content)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}. Make its folder one that can be written "
            "to, or name another one with --out."
        ) from error


def shown(path: Path) -> str:
    """Return a path as it is shown: from the current folder on if it is below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
