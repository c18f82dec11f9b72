"""A training: what it was asked for, and when it reached the target."""

from dataclasses import dataclass

from grader.checks.compilations import accuracy_of
from grader.checks.declaration import Absent
from grader.checks.observed import Observed
from grader.evidence import Fit

# Trained honestly to a logged 99.9 %, right models told at least 90 % of all images right, but for
# 3 of 1,058 (docs/luck.md), which another seed makes good; those that only log it, half of them.
MEASURED = 0.9
# Of 80 images that a model has not seen, one that guesses tells 60 right once in 200,000 times.
UNSEEN = 0.75
Curve = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """The graded training.

    Args:
        part: Graded name of the function that trains.
        loader: Graded name of the function that makes the loader.
        fit: What was asked for and how it ended.
        accuracy: Accuracy after each epoch, 0 to 1; empty when it was not measured.
        target: Accuracy to be reached.
        images: Images in the dataset.
        seen: Images that an epoch saw.
        earlier: Epochs for which the same model was trained before.
    """

    part: str
    loader: str
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
        return cls._of_fit(seen, fit, (trainer, loader), target)

    @classmethod
    def _of_fit(cls, seen: Observed, fit: Fit, names: tuple[str, str], target: float) -> "Training":
        model = seen.evidence.models.get(fit.model)
        metric = accuracy_of(model.compilation) if model and model.compilation else None
        accuracy = fit.curves.get(metric.name, ()) if metric else ()
        trained_on = _images_seen(seen, fit, names[1])
        earlier = _epochs_before(seen, fit)
        return cls(*names, fit, accuracy, target, seen.images, trained_on, earlier)

    def others(self, seen: Observed) -> list["Training"]:
        """Find the trainings of the same run that are not graded."""
        fits = [fit for fit in seen.evidence.fits.values() if fit.index != self.fit.index]
        names = (self.part, self.loader)
        return [self._of_fit(seen, fit, names, self.target) for fit in fits if fit.finished]

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
        """Whether the log reaches the target, and the weights tell fewer images right.

        A classifier that is constant, and changes sides between classes, logs 100 %.
        """
        if self.measured is None or self.best is None or self.best < self.target:
            return False
        examined = self.fit.examined
        by_predictions = examined is not None and examined.by == "predictions"
        return self.measured < (UNSEEN if by_predictions else MEASURED)

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
        # With batch normalisation, weights may by chance be worse than their log.
        had_its_chance = long_enough or self.deceptive
        return missed and had_its_chance and self.seen >= self.images and not self.fit.elsewhere


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
