"""Writes results so that none is ever half written."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat

from grader.errors import UsageError
from grader.pipeline import Graded
from grader.report import grades, html, junit
from grader.report.document import Report


def write(path: Path, text: str) -> None:
    """Write a file through a temporary one beside it, so that a reader sees all of it or none.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}. Choose another place for the results."
        ) from error


def write_submission(graded: Graded, out: Path) -> Path:
    """Write a submission's reports and its executed notebook; return their folder."""
    folder = out / "submissions" / graded.report.submission.id
    if graded.notebook is not None:
        write(folder / "executed.ipynb", nbformat.writes(graded.notebook) + "\n")
    write(folder / "report.html", html.render(graded.report))
    # Last: where it is, the others are.
    write(folder / "report.json", graded.report.to_json())
    return folder


def write_class(reports: Sequence[Report], out: Path) -> Path:
    """Write the table of all grades; return its path."""
    write(out / "grades.csv", grades.render(reports))
    return out / "grades.csv"


def write_junit(reports: Sequence[Report], path: Path) -> None:
    """Write JUnit XML, one suite a submission."""
    write(path, junit.render(reports))
