"""What a training came to, by a goal.

Where the grader trained, there are two accuracies of an epoch: the mean over its batches, and what
the grader measured on all images after it, if that can matter. It reaches the goal if one of them
does, and the other bears it out. A mean does so only if the epoch showed all images in mixed order.

Of accuracy and loss on other data, there is what the grader measured where it trained, and the
dataset has a split for that. Of any other number there is but what was logged: a goal that is
missed by that is missed, and one that is reached by it is for a person to look at.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from grader.accuracies import beyond_luck, borne_out, luck, of_unseen
from grader.checks import held_out
from grader.checks.limit import exceeded
from grader.checks.logged import logged, value_at
from grader.checks.nearness import came_near
from grader.checks.training import Curve, GradedTraining
from grader.goals import Goal
from grader.goals.status import GoalStatus


@dataclass(frozen=True, slots=True)
class GoalResult:
    """A training, judged by a goal.

    Args:
        training: Made by the grader, or in the notebook.
        goal: By which it is judged.
    """

    training: GradedTraining
    goal: Goal

    @property
    def status(self) -> GoalStatus:
        """How the training stands to the goal."""
        if self.unconfirmed:
            return GoalStatus.UNCONFIRMED
        if self.reached_at is None:
            return GoalStatus.MISSED
        return GoalStatus.MET if self.in_time else GoalStatus.LATE

    @property
    def reached_at(self) -> int | None:
        """After how many epochs, counted from 1, the bound was kept; None if never.

        Epochs of all trainings that count add up.
        """
        if self.elsewhere or self.untaught or self.unlearnt:
            return None
        keeps = self._reaches if self.goal.measured else self._logs
        place = next((n for n in self._places if keeps(n)), None)
        if place is None:
            return None
        return self.training.epochs if self.goal.final else self.training.earlier + place + 1

    @property
    def in_time(self) -> bool:
        """Whether it was reached, and that by its deadline, or in the epochs that are looked at."""
        reached = self.reached_at
        return self.goal.in_time(reached) and not exceeded(self.training, reached)

    @property
    def values(self) -> Curve | None:
        """What each epoch logged of the goal's number; None where nobody can know.

        Of data that is not trained on, what the grader measured instead, wherever it did.
        """
        measured = held_out.measured(self.training, self.goal)
        return logged(self.training, self.goal) if measured is None else measured

    @property
    def measured(self) -> bool:
        """Whether the grader measures the goal's number itself, here where it trained."""
        return self.goal.measured or self.held_out

    @property
    def held_out(self) -> bool:
        """Whether it measured that on data that is not trained on."""
        return held_out.measured(self.training, self.goal) is not None

    @property
    def elsewhere(self) -> bool:
        """Whether it trained on other images than those of the dataset, so that nothing counts."""
        return self.training.fit.elsewhere and (self.goal.measured or bool(self.goal.measured_on))

    @property
    def claimed(self) -> bool:
        """Whether nobody but its kernel says that a measured goal was reached."""
        by_grader = self.training.fit.trained is not None
        return self.goal.measured and not by_grader and self.reached_at is not None

    @property
    def unconfirmed(self) -> str:
        """Why a person must look whether the goal was reached; empty where that is clear."""
        training, goal = self.training, self.goal
        if not self.measured:
            reached = not self.elsewhere and (self.values is None or self.in_time)
            return held_out.unmeasured(training, goal) if reached else ""
        if self.unlearnt and training.fit.trained and training.fit.trained.undecided:
            return (
                "the grader had no time to find out whether the network learns exchanged labels as "
                "well"
            )
        examined = training.fit.examined
        if examined is None or (examined.after is not None and not self.deceptive):
            return ""
        return (
            f"the model was trained in its own kernel ({training.fit.reason or 'nobody knows why'})"
            ", which says that it reached the target; the grader could not confirm it"
        )

    @property
    def unlucky(self) -> bool:
        """Whether another seed could have reached it: it had the epochs, and missed nearly."""
        training, last = self.training, self.goal.last_epoch
        # Weights may by chance be worse than their log, and random ones right before any training.
        by_chance = self.deceptive or self.untaught
        in_full = last is None or training.epochs >= last or by_chance
        within = not exceeded(training, self.reached_at)
        had_its_chance = in_full and within and came_near(training, self.goal, self.values)
        if not self.goal.measured:
            return had_its_chance and bool(self.values) and not (self.elsewhere or self.in_time)
        may_learn = training.shows_all and not training.fit.elsewhere
        return had_its_chance and may_learn and not self.in_time

    @property
    def logged_it(self) -> bool:
        """Whether the epoch that reached the goal logged it."""
        place = (self.reached_at or 0) - self.training.earlier - 1
        return 0 <= place < len(self.values or ()) and self._logs(place)

    @property
    def deceptive(self) -> bool:
        """Whether the log reaches the goal, and what the grader measured does not bear it out.

        A classifier that is constant, and changes sides between classes, logs 100 %.
        """
        if not self.goal.measured or not self.goal.met_by(self.best):
            return False
        return self.reached_at is None if self.training.each_measured else self._doubtful

    @property
    def untaught(self) -> bool:
        """Whether the model kept the bound before it was trained, and not by luck."""
        if not self.measured or self.goal.minus is not None:
            return False
        share, own, images = held_out.known(self.training, self.goal)
        # Random weights come to a low goal now and then.
        learnt = share is not None and share >= luck(images, self.training.classes)
        return learnt and self.goal.met_by(own)

    @property
    def unlearnt(self) -> bool:
        """Whether the same network, trained with exchanged labels, did not learn those."""
        trained = self.training.fit.trained
        if not self.measured or self.goal.minus or trained is None or trained.relearnt is None:
            return False
        return trained.relearnt < self._margin

    @property
    def best(self) -> float | None:
        """The best value that an epoch came to; the last one of a goal for the end."""
        return self.best_of(self.values or ())

    @property
    def best_running(self) -> float | None:
        """The best mean over an epoch's batches, by the grader's own metric if need be."""
        trained = self.training.fit.trained
        known = self.best_of(trained.running) if trained else None
        return self.best if known is None else known

    @property
    def best_measured(self) -> float | None:
        """The best accuracy that the grader measured after an epoch."""
        return self._best_measured(self._places)

    @property
    def best_where_logged(self) -> float | None:
        """The best accuracy that it measured after an epoch that logged what the goal asks for."""
        return self._best_measured(place for place in self._places if self._logs(place))

    @property
    def mean_where_measured(self) -> float | None:
        """The best mean over an epoch after which it measured what the goal asks for."""
        trained = self.training.fit.trained
        means = trained.running if trained else ()
        places = [n for n in self._places if self.goal.met_by(self._measured(n))]
        return max((mean for n in places if (mean := value_at(means, n)) is not None), default=None)

    @property
    def _places(self) -> Iterable[int]:
        measured = self.training.each_measured if self.goal.measured else ()
        epochs = max(len(self.values or ()), len(measured))
        return range(epochs)[-1:] if self.goal.final else range(epochs)

    def best_of(self, curve: Curve) -> float | None:
        """Return the best value of a curve; of a goal for the end, the last one."""
        looked_at = curve[-1:] if self.goal.final else curve
        best = max if self.goal.direction in ("at_least", "above") else min
        return best((value for value in looked_at if value is not None), default=None)

    def _best_measured(self, places: Iterable[int]) -> float | None:
        return max((s for s in map(self._measured, places) if s is not None), default=None)

    def _measured(self, place: int) -> float | None:
        """Return what the grader measured after an epoch."""
        trained = self.training.fit.trained
        # When training has ended, its weights are measured in any case.
        if trained is not None and self.goal.at_end:
            return trained.accuracy
        return value_at(self.training.each_measured, place)

    def _logs(self, place: int) -> bool:
        """Whether what an epoch logged keeps the bound."""
        return self.goal.met_by(value_at(self.values or (), place))

    def _reaches(self, place: int) -> bool:
        """Whether the epoch at a place reaches a measured goal."""
        trained, training = self.training.fit.trained, self.training
        if trained is None or not trained.measured:
            return self._logs(place) and training.seen >= training.images and not self._doubtful
        found, mean = self._measured(place), value_at(trained.running, place)
        if found is None or mean is None or min(found, mean) < self._borne_out:
            return False
        return self.goal.met_by(found) or (trained.telling and self.goal.met_by(mean))

    @property
    def _borne_out(self) -> float:
        """What one accuracy of an epoch must be if the other reaches the goal, at least."""
        # The mean over one batch of all images is the accuracy of the weights before it.
        return 0.0 if self.training.in_one_batch else self._margin

    @property
    def _margin(self) -> float:
        known = self.training.images, self.training.classes
        return beyond_luck(*known) if self.goal.of_loss else borne_out(self.goal.bound, *known)

    @property
    def _doubtful(self) -> bool:
        """Whether the trained weights are worse than those of honest trainings that log it."""
        training, examined = self.training, self.training.fit.examined
        least = self._margin
        if examined is not None and examined.by == "predictions":
            least = of_unseen(self.goal.bound, training.images, training.classes)
        return training.measured is not None and training.measured < least
