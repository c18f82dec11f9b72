"""What was observed of a graded part of ``grader.kinds``, as checks see it."""

from functools import partial
from typing import TypeVar

from grader.checks.absence import Seen
from grader.evidence import Raised
from grader.kinds.kind import Part

View = TypeVar("View")


def view(seen: Seen, part: Part[View]) -> View:
    """Return what checks get of a part.

    Args:
        seen: One run of a submission.
        part: What the author asked for.

    Raises:
        Absent: There is nothing to see of it, through the student's own doing.
        ProbeFault: There is not, through the grader's or the author's.
    """
    return part.view(seen.record(part), partial(_explained, seen, part.name))


def _explained(seen: Seen, name: str, raised: Raised) -> tuple[str, str]:
    """Say what was raised, in which cell and line, and what to try."""
    absent = seen.raised(name, raised)
    return absent.reason.removeprefix(f"{name} ").removesuffix("."), absent.hint or ""
