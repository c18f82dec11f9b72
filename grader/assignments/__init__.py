"""The assignments that the kit knows."""

from grader.assignments.assignment import Assignment
from grader.assignments.happy_or_sad import happy_or_sad
from grader.errors import UsageError

ASSIGNMENTS: dict[str, Assignment] = {happy_or_sad.id: happy_or_sad}


def get(assignment_id: str) -> Assignment:
    """Return an assignment by its id.

    Raises:
        UsageError: There is none of that id.
    """
    try:
        return ASSIGNMENTS[assignment_id]
    except KeyError:
        known = ", ".join(ASSIGNMENTS)
        raise UsageError(
            f"There is no assignment {assignment_id!r}. Known assignments: {known}."
        ) from None


__all__ = ["ASSIGNMENTS", "Assignment", "get", "happy_or_sad"]
