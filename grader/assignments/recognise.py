"""Finds out which assignment a submission belongs to, and in which edition."""

from collections.abc import Sequence

from grader.assignments.assignment import Assignment
from grader.errors import RejectedError
from grader.notebook import source
from grader.notebook.match import choose, code_cells, graded_cells
from grader.records import Layout, Submission


def recognise(
    submission: Submission, assignments: Sequence[Assignment]
) -> tuple[Assignment, Layout]:
    """Return the assignment and the edition of a submission.

    Args:
        submission: What was handed in.
        assignments: Those that it may belong to.

    Raises:
        RejectedError: It belongs to none of them, or to an edition that is not graded any more.
    """
    text = "\n".join(cell.source for cell in code_cells(submission.cells))
    for assignment in assignments:
        _refuse_retired(assignment, text)
    found = max(assignments, key=lambda assignment: _graded(submission, assignment))
    if not _graded(submission, found):
        raise _foreign(text, assignments)
    return found, choose(found.layouts(), submission.cells)


def _graded(submission: Submission, assignment: Assignment) -> int:
    cells = code_cells(submission.cells)
    return sum(bool(graded_cells(cells, probe.name)) for probe in assignment.probes)


def _refuse_retired(assignment: Assignment, text: str) -> None:
    for edition in assignment.retired:
        if edition.recognise(text):
            raise RejectedError(
                edition.id,
                f"This notebook is {edition.title}, which is not graded any more.",
                edition.fix,
            )


def _foreign(text: str, assignments: Sequence[Assignment]) -> RejectedError:
    expected = "; ".join(
        f"{', '.join(probe.name for probe in assignment.probes)} ({assignment.title})"
        for assignment in assignments
    )
    markers = source.GRADED_MARKER.findall(text)
    if markers:
        return RejectedError(
            "another-assignment",
            f"Expected the functions {expected}, found those of another assignment: "
            f"{', '.join(markers[:5])}.",
            "Hand in the notebook of this assignment.",
        )
    return RejectedError(
        "no-graded-cell",
        f"No graded cell was found: expected cells that define {expected}.",
        "Hand in the notebook in which you wrote your solution, not an empty or a different one.",
    )
