"""Names lines of a notebook that did nothing while it was graded; that costs no points."""

from collections.abc import Iterator

from grader.checks.observed import Observation
from grader.evidence import NotRun
from grader.records import Issue, Severity

CODE = "not-run"
_WHY = {
    "command": "commands are not run while grading",
    "magic": "there is no magic of that name where it is graded",
    "extension": "there is no extension of that name where it is graded",
}
MOST = 10


def issues(seen: Observation) -> Iterator[Issue]:
    """Yield an issue for each line that did nothing.

    Args:
        seen: The run that counts.
    """
    told = dict.fromkeys(
        (_origin(seen, found), _message(found)) for found in seen.evidence.not_run[:MOST]
    )
    for cell, message in told:
        yield Issue(CODE, message, cell=cell, severity=Severity.INFO)


def _origin(seen: Observation, found: NotRun) -> int | None:
    cells = seen.plan.cells
    return cells[found.cell].origin if found.cell < len(cells) else None


def _message(found: NotRun) -> str:
    where = f"In line {found.line}, " if found.line else ""
    return f"{where}{found.text!r} was not run: {_WHY[found.why]}."
