"""Writes results so that none is ever half written."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat

from grader import leftovers
from grader.errors import UsageError
from grader.pipeline import Graded
from grader.report import grades, html, junit
from grader.report.document import Report

TEMPORARY = ".grader-writing-"
EXECUTED, REPORT_PAGE, REPORT = "executed.ipynb", "report.html", "report.json"
SUBMISSIONS, GRADES = "submissions", "grades.csv"


def prepare(folder: Path) -> None:
    """Make a folder for results, before hours of grading end in the news that it cannot be.

    Raises:
        UsageError: It cannot be made or written to.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
        for place in (folder, *submission_folder(folder, "").glob("*/")):
            leftovers.sweep(place, TEMPORARY)


def prepare_file(path: Path) -> None:
    """Make sure that a file can be written later.

    Raises:
        UsageError: It is a folder, or its folder cannot be made or written to.
    """
    if path.is_dir():
        raise UsageError(f"{path}: expected the name of a file to write, found a folder.")
    prepare(path.parent)


def write(path: Path, text: str) -> None:
    """Write a file, so that a reader sees all of it or none.

    Raises:
        UsageError: It cannot be written.
    """
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with leftovers.replacing(path, TEMPORARY) as file:
            # A notebook may hold half a character; JSON spells it as Python's escape does.
            file.write(text.encode("utf-8", "backslashreplace"))


def submission_folder(out: Path, submission_id: str) -> Path:
    """Return where the results of a submission of a class are."""
    return out / SUBMISSIONS / submission_id


def write_submission(graded: Graded, folder: Path) -> Path:
    """Write a submission's reports and its executed notebook; return the report for people."""
    page = folder / REPORT_PAGE
    # First: an executed notebook beside it is a result, not somebody's submission.
    write(page, html.render(graded.report))
    if graded.notebook is not None:
        write(folder / EXECUTED, nbformat.writes(graded.notebook) + "\n")
    else:
        (folder / EXECUTED).unlink(missing_ok=True)
    # Last: where it is, the others are.
    write(folder / REPORT, graded.report.to_json())
    return page


def write_class(reports: Sequence[Report], out: Path) -> Path:
    """Write the table of all grades; return its path."""
    write(out / "grades.csv", grades.render(reports))
    return out / "grades.csv"


def write_junit(reports: Sequence[Report], path: Path) -> None:
    """Write JUnit XML, one suite a submission."""
    write(path, junit.render(reports))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}. Choose another place for the results."
        ) from error
