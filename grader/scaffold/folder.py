"""Writes the folder of a new assignment: all of it, or nothing."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from grader import leftovers
from grader.assignments.assignment import Assignment
from grader.assignments.catalog import catalog
from grader.assignments.declaring import DeclarationError, is_id
from grader.assignments.loading import load
from grader.errors import UsageError
from grader.release.student import Known, student_notebook

_TEMPORARY = ".grader-new-"
_ALL, _UMASK = 0o777, 0o022


def target_of(assignment: str, out: Path | None) -> Path:
    """Return the folder that a new assignment is to have.

    Args:
        assignment: Its id.
        out: The folder above; None for the current one.

    Raises:
        UsageError: The id cannot be one, or is another assignment's, or something is there.
    """
    if not is_id(assignment):
        raise UsageError(
            f"{assignment!r} is no id: expected small letters and digits, with single hyphens "
            "between them. Write one, such as happy-or-sad."
        )
    folder = (out or Path()) / assignment
    if folder.exists() or folder.is_symlink():
        found = "folder" if folder.is_dir() else "file"
        raise UsageError(
            f"{folder}: a {found} of that name is there, and nothing is replaced. Take another id, "
            "name another folder with --out, or remove it."
        )
    known = catalog()
    if assignment in {*known.assignments, *known.broken}:
        raise UsageError(
            f"There is an assignment {assignment} already; `grader doctor` says where it is. Take "
            "another id."
        )
    return folder


def tried(files: Mapping[str, str], source: str) -> Assignment:
    """Read the assignment that files make, before they are written where they are to be.

    Args:
        files: Their texts, by name.
        source: What they were made from, for the message.

    Raises:
        UsageError: They make none; says what to do.
    """
    with tempfile.TemporaryDirectory(prefix="grader-new-") as made:
        folder = Path(made).resolve()
        _fill(folder, files)
        try:
            return load(folder)
        except DeclarationError as error:
            told = str(error).removeprefix(f"{error.place}: ")
            raise UsageError(f"{source} makes no assignment: {told}") from error


def with_student_notebook(files: Mapping[str, str], source: str) -> Mapping[str, str]:
    """Add the notebook that students get to files of an assignment.

    Args:
        files: Their texts, by name.
        source: What they were made from, for messages.

    Raises:
        UsageError: They make no assignment, or one that cannot be released.
    """
    assignment = tried(files, source)
    name = assignment.notebook.name
    with tempfile.TemporaryDirectory(prefix="grader-new-") as made:
        _fill(Path(made), {name: files[name]})
        known = Known(assignment.id, assignment.version, assignment.names)
        student = student_notebook(Path(made) / name, known)
    return {**files, f"student/{name}": student.content.decode()}


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write a folder in one step; the folder above is made.

    Args:
        folder: It is not there.
        files: Texts of its files, by their paths in it.

    Raises:
        UsageError: The folder above or the disk does not allow it; nothing is left of it then.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=leftovers.prefix(_TEMPORARY)))
        try:
            _fill(beside, files)
            beside.chmod(_ALL & ~_UMASK)
            beside.rename(folder)
        finally:
            leftovers.remove(beside)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written: {os.strerror(error.errno or 0)}. Make the folder above "
            "one that can be written to, or name another one with --out."
        ) from error


def _fill(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
