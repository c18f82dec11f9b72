"""Trainings whose epochs count together: those of one call, up to the one that it returns."""

from grader.checks.declaration import Absent
from grader.checks.goal_result import GoalResult
from grader.checks.trusted import Training, graded
from grader.goals import Goal

TOGETHER = (
    "All trainings of one call count together, up to the one whose History is returned. Try out "
    "models in a cell of your own, and let the function train one."
)


def of_several(trainings: int) -> str:
    """Say of how many trainings epochs are; empty for those of one."""
    return f" of {trainings} trainings together" if trainings > 1 else ""


def advice(result: GoalResult) -> str:
    """Say what to do about a training that was in time by itself; empty if it was not.

    Args:
        result: Of a goal that was reached.
    """
    before = result.training.epochs_before
    own = (result.reached_at or 0) - sum(before)
    return TOGETHER if before and result.goal.in_time(own) else ""


def require_looked_at(training: Training, goal: Goal, most_epochs: int) -> None:
    """Raise Absent where several trainings reached the goal after more epochs than are looked at.

    Args:
        training: The graded one.
        goal: What it must come to.
        most_epochs: How many epochs are looked at.
    """
    made = graded(training)
    reached = GoalResult(made, made.terms.goal(goal)).reached_at
    if made.epochs_before and reached is not None and reached > most_epochs:
        raise Absent(
            made.part,
            "What stops the training counts only if it reaches the target in "
            f"{most_epochs} epochs{of_several(made.trainings)}.",
        )
