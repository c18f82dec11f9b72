"""Whether a training can still reach its goals in time, by what is known of its epochs so far.

Nobody is judged by it: it only tells which trainings are worth making first. So whatever may have
reached a goal counts as having reached it, and what is seen here of a training is seen again by
the checks.
"""

from collections.abc import Sequence

from grader.goals import Goal
from grader.training.results import Epoch


def foreseeable(goals: Sequence[Goal], *, validated: bool) -> bool:
    """Whether all goals are of what the grader measures after an epoch, with a deadline.

    Args:
        goals: The goals.
        validated: Whether it measures validation data as well.
    """
    return bool(goals) and all(
        (goal.measured or (goal.of_validation and validated))
        and not goal.at_end
        and goal.last_epoch is not None
        # How near a training comes is seen when it has ended.
        and goal.retry_within is None
        for goal in goals
    )


class Prospects:
    """Follows one training.

    Args:
        goals: Which ``foreseeable`` is true of.
        images: How many the dataset has.
    """

    def __init__(self, goals: Sequence[Goal], images: int) -> None:
        self._left = list(goals)
        self._images = images
        self._epochs = 0
        # Whether each epoch has shown all images: only then another seed is tried.
        self.shows_all = True
        self.lost = False

    @property
    def reached(self) -> bool:
        """Whether each goal may have been reached in time."""
        return not self._left

    def after(self, epoch: Epoch) -> None:
        """Take in the next epoch."""
        self._epochs += 1
        self.shows_all &= epoch.images >= self._images
        self._left = [goal for goal in self._left if not _may_keep(goal, epoch)]
        self.lost |= any(self._epochs >= (goal.last_epoch or 0) for goal in self._left)


def _may_keep(goal: Goal, epoch: Epoch) -> bool:
    values = (epoch.validated,) if goal.of_validation else (epoch.running, epoch.measured)
    return any(map(goal.met_by, values))
