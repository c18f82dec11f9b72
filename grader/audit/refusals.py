"""What an audit cannot be made of, told to the author."""

from grader.audit.judged import Judged
from grader.errors import UsageError
from grader.records import CheckResult, Status

_MOST = 3


def refuse_wrong_solution(solution: Judged) -> None:
    """Make sure that a solution gets all points: a mutant of another one tells nothing.

    Raises:
        UsageError: It does not; says what it loses, and what to do.
    """
    if not solution.lost:
        return
    score, notebook = solution.score, solution.assignment.notebook
    lost = [each for each in solution.results if each.status is not Status.PASSED]
    named = "; ".join(map(_told, lost[:_MOST])) + ("; ..." if lost[_MOST:] else "")
    raise UsageError(
        f"{notebook} gets {score.earned} of {score.possible} points by its own rubric, so nothing "
        f"can be told from it. {named or 'It was rejected'}. Mend the solution or the check; if it "
        "is the notebook that students get, name its solution with notebook=."
    )


def _told(result: CheckResult) -> str:
    if result.status is Status.ERRORED:
        return f"{result.id}: {result.actual}"
    expected = f"expected {result.expected}, " if result.expected else ""
    return f"{result.id}: {expected}found {result.actual or 'nothing'}"
