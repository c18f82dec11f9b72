"""Expectations on a training: what it was asked for, and when it reached the target."""

from dataclasses import dataclass, replace

from grader.checks.compilations import accuracy_of
from grader.checks.declaration import Absent, Expectation, expect, met, missed
from grader.checks.observed import Observed
from grader.evidence import Fit

# Trained honestly to a logged 99.9 %, right models told at least 98.75 % of all images right (18
# runs, docs/difficulty.md); those that only log it, half of them.
MEASURED = 0.9
Curve = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """The graded training.

    Args:
        part: Graded name of the function that trains.
        fit: What was asked for and how it ended.
        accuracy: Accuracy after each epoch, 0 to 1; empty when it was not measured.
        target: Accuracy to be reached.
        images: Images in the dataset.
        seen: Images that an epoch saw.
        measured: Share of all images told right by the trained weights, as the grader measured it
            itself; None where it did not train.
        before: The same before training.
    """

    part: str
    fit: Fit
    accuracy: Curve
    target: float
    images: int
    seen: int
    measured: float | None = None
    before: float | None = None

    @classmethod
    def of(cls, seen: Observed, trainer: str, loader: str, target: float) -> "Training":
        """Find the graded training.

        Raises:
            Absent: There was none, through the trainer's or the loader's failure.
        """
        try:
            fit = seen.fit(trainer)
        except Absent:
            found = seen.loader(loader)
            if found.images == 0:
                raise Absent(loader, f"{loader}() finds no images to train on.") from None
            raise
        compilation = seen.evidence.models[fit.model].compilation
        metric = accuracy_of(compilation) if compilation else None
        accuracy = fit.curves.get(metric.name, ()) if metric else ()
        made = cls(trainer, fit, accuracy, target, seen.images, _images_seen(seen, fit, loader))
        if fit.trained is None:
            return made
        return replace(
            made,
            seen=min(made.seen, fit.trained.seen),
            measured=fit.trained.accuracy,
            before=fit.trained.before,
        )

    @property
    def epochs_to_target(self) -> int | None:
        """After how many epochs, counted from 1, the target was reached; None if never.

        It counts on the whole dataset: an accuracy of fewer images is none.
        """
        if self.seen < self.images or self.deceptive or self.untaught:
            return None
        epochs = enumerate(self.accuracy, start=1)
        return next((n for n, rate in epochs if rate is not None and rate >= self.target), None)

    @property
    def deceptive(self) -> bool:
        """Whether the weights tell fewer images right than the log says.

        A classifier that is constant, and changes sides between classes, logs 100 %.
        """
        return self.measured is not None and self.measured < MEASURED

    @property
    def untaught(self) -> bool:
        """Whether the model told all images right before it was trained."""
        return self.before is not None and self.before >= self.target

    @property
    def best(self) -> float | None:
        """The highest accuracy of any epoch."""
        return max((rate for rate in self.accuracy if rate is not None), default=None)

    def unlucky(self, before_epoch: int) -> bool:
        """Whether another seed could have reached the target: it had the epochs, and missed."""
        missed = self.epochs_to_target is None or self.epochs_to_target >= before_epoch
        long_enough = len(self.accuracy) >= before_epoch - 1
        return missed and long_enough and self.seen >= self.images

    def reaches(self, before_epoch: int) -> Expectation:
        """The target is reached before that epoch."""
        expected = f"{self.target:.1%} before epoch {before_epoch}"
        reached = self.epochs_to_target
        if reached is not None:
            return expect(
                reached < before_epoch, expected, f"{self.target:.1%} after {reached} epochs"
            )
        if self.seen < self.images:
            found = f"each epoch saw {self.seen} of {self.images} images"
            return missed(expected, found, "An epoch should see every image once.")
        if self.best is None:
            return missed(expected, "no accuracy was measured")
        if self.untaught:
            return missed(expected, "the model knew all images before it was trained")
        if self.deceptive and self.best >= self.target:
            found = f"{self.best:.1%} by the log, {self.measured:.1%} of all images afterwards"
            return missed(expected, found, "Does every epoch see all images, in mixed order?")
        ran = len(self.accuracy)
        hint = ""
        if self.fit.stopped and ran < before_epoch - 1:
            hint = (
                "A callback ended the training before the target was reached. Which one, and why?"
            )
        return missed(expected, f"at best {self.best:.1%} in {ran} epochs", hint)

    def stopped_by(self, callback: str) -> Expectation:
        """The callback of that name was passed to fit, and stopped it.

        Raises:
            Absent: The target was never reached, so that there was nothing to stop.
        """
        if self.epochs_to_target is None:
            raise Absent(self.part, "The target was not reached, so there was nothing to stop.")
        expected = f"stopped by {callback}"
        passed = any(callback in given.names for given in self.fit.callbacks)
        if not passed:
            return missed(expected, f"{callback} was not passed to fit")
        ran = len(self.accuracy)
        if self.fit.stopped:
            return met(expected, f"stopped after {ran} epochs")
        found = f"{callback} was passed and did not stop in {ran} epochs"
        return missed(expected, found, "Does the callback find in the logs what it looks for?")


def _images_seen(seen: Observed, fit: Fit, loader: str) -> int:
    found = seen.evidence.loaders.get(loader)
    if fit.steps_per_epoch is None or found is None or found.batch_size is None:
        return seen.images
    return min(seen.images, fit.steps_per_epoch * found.batch_size)
