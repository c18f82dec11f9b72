"""Expectations on a training: what it was asked for, and when it reached the target."""

from dataclasses import dataclass, replace

from grader.checks.compilations import accuracy_of
from grader.checks.declaration import (
    Absent,
    Expectation,
    ProbeFault,
    expect,
    met,
    missed,
)
from grader.checks.observed import Observed
from grader.evidence import Fit

# Trained honestly to a logged 99.9 %, right models told at least 98.75 % of all images right (18
# runs, docs/difficulty.md); those that only log it, half of them.
MEASURED = 0.9
# Of 80 images that a model has not seen, one that guesses tells 60 right once in 200,000 times.
UNSEEN = 0.75
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
        earlier: Epochs for which the same model was trained before.
    """

    part: str
    fit: Fit
    accuracy: Curve
    target: float
    images: int
    seen: int
    earlier: int = 0

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
        return cls(
            trainer,
            fit,
            accuracy,
            target,
            seen.images,
            _images_seen(seen, fit, loader),
            _epochs_before(seen, fit),
        )

    @property
    def measured(self) -> float | None:
        """Share of all images told right by the trained weights; None if it was not measured."""
        if self.fit.trained:
            return self.fit.trained.accuracy
        return self.fit.examined.after if self.fit.examined else None

    @property
    def before(self) -> float | None:
        """The same before training."""
        if self.fit.trained:
            return self.fit.trained.before
        return self.fit.examined.before if self.fit.examined else None

    @property
    def claimed(self) -> bool:
        """Whether nobody but its kernel says that the target was reached."""
        return self.fit.trained is None and self.epochs_to_target is not None

    @property
    def epochs_to_target(self) -> int | None:
        """After how many epochs, counted from 1, the target was reached; None if never.

        It counts on the whole dataset: an accuracy of fewer images is none. Epochs of all trainings
        of the model add up.
        """
        if self.seen < self.images or self.fit.elsewhere or self.deceptive or self.untaught:
            return None
        epochs = enumerate(self.accuracy, start=self.earlier + 1)
        return next((n for n, rate in epochs if rate is not None and rate >= self.target), None)

    @property
    def deceptive(self) -> bool:
        """Whether the weights tell fewer images right than the log says.

        A classifier that is constant, and changes sides between classes, logs 100 %.
        """
        examined = self.fit.examined
        enough = UNSEEN if examined and examined.by == "predictions" else MEASURED
        return self.measured is not None and self.measured < enough

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
        long_enough = self.earlier + len(self.accuracy) >= before_epoch - 1
        return missed and long_enough and self.seen >= self.images and not self.fit.elsewhere

    def reaches(self, before_epoch: int) -> Expectation:
        """The target is reached before that epoch.

        Raises:
            ProbeFault: That it was reached could not be confirmed.
        """
        self._require_confirmation()
        expected = f"{self.target:.1%} before epoch {before_epoch}"
        reached = self.epochs_to_target
        if reached is not None:
            found = f"{self.target:.1%} after {reached} epochs"
            made = expect(reached < before_epoch, expected, f"{found}{self._confirmation}")
            return replace(made, review=self.fit.examined is not None)
        return missed(expected, *self._wanting(before_epoch))

    def _wanting(self, before_epoch: int) -> tuple[str, str]:
        """Return what stands between a training and its target, and what to look at."""
        if self.fit.elsewhere:
            return "trained on other images than those of the dataset", ""
        if self.seen < self.images:
            found = f"each epoch saw {self.seen} of {self.images} images"
            return found, "An epoch should see every image once."
        if self.best is None:
            return "no accuracy was measured", ""
        if self.untaught:
            return "the model knew all images before it was trained", ""
        if self.deceptive and self.best >= self.target:
            found = f"{self.best:.1%} by the log, {self.measured:.1%} of all images afterwards"
            return found, "Does every epoch see all images, in mixed order?"
        ran = self.earlier + len(self.accuracy)
        hint = "A callback ended the training before the target was reached. Which one, and why?"
        early = self.fit.stopped and ran < before_epoch - 1
        return f"at best {self.best:.1%} in {ran} epochs", hint if early else ""

    def _require_confirmation(self) -> None:
        """Raise ProbeFault where a kernel's claim could not be confirmed: a person must look."""
        examined = self.fit.examined
        if examined is None or (examined.after is not None and not self.deceptive):
            return
        raise ProbeFault(
            f"the model was trained in its own kernel ({self.fit.reason or 'nobody knows why'}), "
            "which says that it reached the target; the grader could not confirm it"
        )

    @property
    def _confirmation(self) -> str:
        examined = self.fit.examined
        if examined is None:
            return ""
        how = {"weights": "its weights were measured", "predictions": "it knows unseen images"}
        return (
            f", by its own kernel ({self.fit.reason}); trained again on images whose classes may "
            f"have been exchanged, {how[examined.by]}"
        )

    def stopped_by(self, callback: str) -> Expectation:
        """The callback of that name was passed to fit, and stopped it.

        Raises:
            Absent: The target was never reached, so that there was nothing to stop.
            ProbeFault: That it was reached could not be confirmed.
        """
        self._require_confirmation()
        if self.epochs_to_target is None:
            raise Absent(self.part, "The target was not reached, so there was nothing to stop.")
        expected = f"stopped by {callback}"
        passed = any(callback in given.names for given in self.fit.callbacks)
        if not passed:
            return missed(expected, f"{callback} was not passed to fit")
        ran = self.earlier + len(self.accuracy)
        if self.fit.stopped:
            return met(expected, f"stopped after {ran} epochs")
        found = f"{callback} was passed and did not stop in {ran} epochs"
        return missed(expected, found, "Does the callback find in the logs what it looks for?")


def _images_seen(seen: Observed, fit: Fit, loader: str) -> int:
    if fit.trained is not None:
        return min(seen.images, fit.trained.seen)
    found = seen.evidence.loaders.get(loader)
    if found is None:
        return seen.images
    there = seen.images if found.images is None else min(seen.images, found.images)
    if fit.steps_per_epoch is None or found.batch_size is None:
        return there
    return min(there, fit.steps_per_epoch * found.batch_size)


def _epochs_before(seen: Observed, fit: Fit) -> int:
    if fit.trained is not None:
        return fit.trained.earlier
    fits = seen.evidence.fits.values()
    same = [each for each in fits if each.model == fit.model and each.index < fit.index]
    return sum(max(map(len, each.curves.values()), default=0) for each in same)
