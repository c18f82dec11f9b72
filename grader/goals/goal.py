"""A goal: one number of a training, the bound that it must keep, and by when.

``Goal("accuracy", at_least=0.999, before_epoch=15)`` is 99.9 % accuracy before epoch 15, and
``Goal("loss", "validation", at_most=0.3, at_end=True)`` a validation loss of at most 0.3 at the
end. The words for it are made in ``grader.goals.words``, and nowhere else.
"""

import math
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal

from grader.goals import sense

Split = Literal["training", "validation", "test"]
Direction = Literal["at_least", "at_most", "above", "below"]

# Keras logs 32-bit floats, of which nine tenths is a little less than 0.9.
_NOISE = 1e-6


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a training, one for each epoch.

    Args:
        metric: Its name as the history logs it, without ``val_``; ``accuracy`` stands for the
            share of examples classified correctly, whichever metric of the model says it.
        split: Which data it is of.
        first_epoch: Whether it is the one after the first epoch, whichever epoch is looked at.

    Raises:
        GraderError: No training has such a number.
    """

    metric: str = "accuracy"
    split: Split = "training"
    _: KW_ONLY
    first_epoch: bool = False

    def __post_init__(self) -> None:
        sense.require_quantity(self.metric, self.split)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a number of a training must come to, by when.

    Exactly one of the four bounds is given, and at most one of the three times; without a time,
    any epoch counts that the grader looks at.

    Args:
        metric: Name of the number, as ``Quantity`` has it.
        split: Which data it is of.
        at_least: The lowest value that will do.
        at_most: The highest value that will do.
        above: A value that must be exceeded.
        below: A value that must not be reached from below.
        before_epoch: The epoch, counted from 1, before which the bound must be kept.
        by_epoch: The last epoch, counted from 1, that is in time.
        at_end: Whether it must be kept when the training has ended, whatever was before.
        minus: A number that is taken away first: the bound is then one of the difference.
        retry_within: How near to the bound the best value must have come for another seed to be
            tried; None to try one whatever it was.

    Raises:
        GraderError: There is no sense in it: it says what to write instead.
    """

    metric: str = "accuracy"
    split: Split = "training"
    _: KW_ONLY
    at_least: float | None = None
    at_most: float | None = None
    above: float | None = None
    below: float | None = None
    before_epoch: int | None = None
    by_epoch: int | None = None
    at_end: bool = False
    minus: Quantity | None = None
    retry_within: float | None = field(default=None, metadata={"later": True})

    def __post_init__(self) -> None:
        sense.require_quantity(self.metric, self.split)
        sense.require_one_bound(self._bounds)
        times = {"before_epoch": self.before_epoch, "by_epoch": self.by_epoch}
        sense.require_time(times, self.split, at_end=self.at_end)
        if self.minus is None:
            sense.require_bound(self.metric, self.direction, self.bound)
        else:
            sense.require_kind(self.minus, Quantity)
            sense.require_difference(self.metric, self.direction, self.bound, self.minus.metric)
            sense.require_another(self.quantity, self.minus)
        sense.require_nearness(self.retry_within)

    @property
    def _bounds(self) -> dict[Direction, float | None]:
        return {
            "at_least": self.at_least,
            "at_most": self.at_most,
            "above": self.above,
            "below": self.below,
        }

    @property
    def direction(self) -> Direction:
        """Which of the four bounds it has."""
        return next(name for name, bound in self._bounds.items() if bound is not None)

    @property
    def bound(self) -> float:
        """The bound itself."""
        return next(bound for bound in self._bounds.values() if bound is not None)

    @property
    def quantity(self) -> Quantity:
        """The number that it is about."""
        return Quantity(self.metric, self.split)

    @property
    def last_epoch(self) -> int | None:
        """The last epoch, counted from 1, that is in time; None where any is."""
        return self.by_epoch if self.before_epoch is None else self.before_epoch - 1

    @property
    def measured(self) -> bool:
        """Whether the grader measures the number itself where it trains.

        Of any other there is nothing but what was logged.
        """
        return self.metric in sense.ACCURACY and self.split == "training" and self.minus is None

    @property
    def of_validation(self) -> bool:
        """Whether it is of the accuracy on validation data."""
        return self.of_accuracy and self.split == "validation"

    @property
    def of_accuracy(self) -> bool:
        """Whether it is of the accuracy on any data, from which nothing is taken away."""
        return self.metric in sense.ACCURACY and self.minus is None

    @property
    def of_loss(self) -> bool:
        """Whether it is of the loss on data that is not trained on."""
        return self.metric == "loss" and self.split != "training" and self.minus is None

    @property
    def of_gap(self) -> bool:
        """Whether it is of the difference of two accuracies when training has ended."""
        minus = self.minus
        if minus is None or minus.first_epoch or not {self.metric, minus.metric} <= sense.ACCURACY:
            return False
        return self.final

    @property
    def final(self) -> bool:
        """Whether it is of the weights that are left when training has ended.

        Test data are looked at then only.
        """
        return self.at_end or "test" in (self.split, self.minus.split if self.minus else "")

    @property
    def measured_on(self) -> frozenset[Split]:
        """Splits that are not trained on, but measured by the grader itself where it trains.

        It does so where the dataset has them: of their accuracy and loss, and of how far apart two
        accuracies are. Of any other number there is nothing but what was logged.
        """
        if not (self.of_accuracy or self.of_loss or self.of_gap):
            return frozenset()
        named = {self.split, *([self.minus.split] if self.minus else [])}
        return frozenset(split for split in named if split != "training")

    @property
    def least(self) -> float:
        """The lowest accuracy that meets a goal of an accuracy, from 0 to 1."""
        return math.nextafter(self.bound, math.inf) if self.direction == "above" else self.bound

    def met_by(self, value: float | None) -> bool:
        """Whether a value keeps the bound; None and what is not a number do not.

        Args:
            value: Of the number, or of the difference where something is taken away.
        """
        if value is None or math.isnan(value):
            return False
        near = 0.0 if self.minus is None else _NOISE
        if math.isclose(value, self.bound, rel_tol=_NOISE, abs_tol=near):
            return self.direction in ("at_least", "at_most")
        return (value > self.bound) is (self.direction in ("at_least", "above"))

    def nearly_met_by(self, value: float | None) -> bool:
        """Whether another seed may be tried where this is the best value that was reached."""
        if self.retry_within is None or self.met_by(value):
            return True
        return value is not None and abs(value - self.bound) <= self.retry_within + _NOISE

    def in_time(self, epoch: int | None) -> bool:
        """Whether an epoch, counted from 1, is in time; None is no epoch."""
        return epoch is not None and (self.last_epoch is None or epoch <= self.last_epoch)
