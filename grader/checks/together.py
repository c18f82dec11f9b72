"""Trainings whose epochs count together: those of one call, up to the one that it returns."""

from grader.checks.declaration import Absent
from grader.checks.training import Training

TOGETHER = (
    "All trainings of one call count together, up to the one whose History is returned. Try out "
    "models in a cell of your own, and let the function train one."
)


def of_several(trainings: int) -> str:
    """Say of how many trainings epochs are; empty for those of one."""
    return f" of {trainings} trainings together" if trainings > 1 else ""


def advice(training: Training, before_epoch: int) -> str:
    """Say what to do about a training that was in time by itself; empty if it was not.

    Args:
        training: Which reached its target.
        before_epoch: Before which it should.
    """
    own = (training.epochs_to_target or 0) - sum(training.epochs_before)
    return TOGETHER if training.epochs_before and own < before_epoch else ""


def require_looked_at(training: Training, most_epochs: int) -> None:
    """Raise Absent where several trainings reached the target after more epochs than are looked at.

    Args:
        training: The graded one.
        most_epochs: How many epochs are looked at.
    """
    reached = training.epochs_to_target
    if training.epochs_before and reached is not None and reached > most_epochs:
        raise Absent(
            training.part,
            "What stops the training counts only if it reaches the target in "
            f"{most_epochs} epochs{of_several(training.trainings)}.",
        )
