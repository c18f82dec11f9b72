"""Writes an audit into a folder: the page, and the same as JSON."""

from pathlib import Path

from grader.audit import page
from grader.audit.document import Audit
from grader.batch import output

PAGE, DOCUMENT = "audit.html", "audit.json"


def prepare(folder: Path) -> None:
    """Make a folder, before minutes of grading end in the news that it cannot be.

    Raises:
        UsageError: It cannot be made or written to.
    """
    output.prepare(folder)


def write(audit: Audit, folder: Path) -> Path:
    """Write an audit; return where its page is.

    Raises:
        UsageError: It cannot be written.
    """
    output.write(folder / DOCUMENT, audit.to_json())
    output.write(folder / PAGE, page.render(audit))
    return folder / PAGE
