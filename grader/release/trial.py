"""Hands in what students get, as it is: it must earn nothing, and run until they are asked."""

import tempfile
from pathlib import Path

from grader.assignments.assignment import Assignment
from grader.errors import UsageError
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.records import CellStatus, Status, Verdict
from grader.report.document import Report


def points(assignment: Assignment, content: bytes, kernels: Kernels) -> str:
    """Grade a student's notebook that nobody has written in; return what it earns, in words.

    Args:
        assignment: Whose notebook it is.
        content: Of its file.
        kernels: What it runs in.

    Raises:
        UsageError: It earns points, cannot be graded, or fails before the first graded cell.
        DatasetError: The data of the assignment are not there.
    """
    with tempfile.TemporaryDirectory(prefix="grader-release-") as folder:
        path = Path(folder) / assignment.notebook.name
        path.write_bytes(content)
        choice = Choice([assignment], named=True)
        report = Pipeline(kernels, choice).grade(Entry(path, path.stem, path.name)).report
    _refuse_failing(report)
    _refuse_earning(report)
    return f"Handed in as it is, it earns 0 of {report.score.possible} points."


def _refuse_failing(report: Report) -> None:
    if report.verdict is Verdict.REJECTED:
        said = " ".join(f"{issue.message} {issue.fix}".strip() for issue in report.issues)
        raise UsageError(f"What students get is rejected when it is handed in: {said}")
    for number, cell in enumerate(report.execution.cells if report.execution else (), 1):
        if cell.name is not None:
            break
        if cell.status is not CellStatus.DONE:
            place = f"cell {cell.origin + 1}" if cell.origin is not None else f"cell {number}"
            failed = f"raises {cell.error}" if cell.error else "does not end well"
            raise UsageError(
                "What students get fails before they are asked for anything: "
                f"{place} {failed}. Mend that cell of the solution."
            )


def _refuse_earning(report: Report) -> None:
    earning = [check for check in report.checks if check.earned]
    if earning:
        listed = ", ".join(f"{check.id} ({check.earned})" for check in earning)
        raise UsageError(
            f"What students get earns {report.score.earned} of {report.score.possible} points as "
            f"it is: {listed}. Have students write more of it, or mend these checks."
        )
    if report.score.pending:
        waiting = [check for check in report.checks if check.status is Status.ERRORED]
        told = "; ".join(f"{check.id}: {check.actual}" for check in waiting)
        raise UsageError(
            f"{report.score.pending} points of what students get wait for a person, as checks "
            f"could not be run: {told}. Mend these checks."
        )
