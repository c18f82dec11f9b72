"""A training: what it was asked for, and when it reached the target.

Where the grader trained, there are two accuracies of an epoch: the mean over its batches, and what
the grader measured on all images after it, if that can matter. It reaches the target if one of them
does, and the other bears it out. A mean does so only if the epoch showed all images in mixed order.
"""

from dataclasses import dataclass, replace

from grader.accuracies import BORNE_OUT
from grader.checks.compilations import accuracy_of
from grader.checks.declaration import Absent
from grader.checks.observed import Observed
from grader.evidence import Fit

# Of 80 images that a model has not seen, one that guesses has 60 right once in 200,000 times.
UNSEEN = 0.75
Curve = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """The graded training.

    Args:
        part: Graded name of the function that trains.
        loader: Graded name of the function that makes the loader.
        fit: What was asked for and how it ended.
        accuracy: Accuracy that each epoch logged, 0 to 1; empty when none was.
        target: Accuracy to be reached.
        images: Images in the dataset.
        seen: Images that an epoch shows.
        earlier: Epochs of trainings before this one that count with it.
        epochs_before: Epochs of each of these, as far as they are known one by one.
    """

    part: str
    loader: str
    fit: Fit
    accuracy: Curve
    target: float
    images: int
    seen: int
    earlier: int = 0
    epochs_before: tuple[int, ...] = ()

    @classmethod
    def of(cls, seen: Observed, trainer: str, loader: str, target: float) -> "Training":
        """Find the graded training, with those that count together with it.

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
        made = cls._of_fit(seen, fit, (trainer, loader), target)
        earlier = max(made.earlier, sum(fit.epochs_before))
        return replace(made, earlier=earlier, epochs_before=fit.epochs_before)

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
    def epochs(self) -> int:
        """Epochs of all trainings that count, in all."""
        return self.earlier + max(map(len, self.fit.curves.values()), default=len(self.accuracy))

    @property
    def measured(self) -> float | None:
        """Share of all images that the trained weights classify correctly; None if not measured."""
        if self.fit.trained:
            return self.fit.trained.accuracy
        return self.fit.examined.after if self.fit.examined else None

    @property
    def each_measured(self) -> Curve:
        """The same after each epoch, None for those not measured; empty where nobody measured."""
        return self.fit.trained.measured if self.fit.trained else ()

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

        Epochs of all trainings that count add up.
        """
        if self.fit.elsewhere or self.untaught or self.unlearnt:
            return None
        places = range(max(len(self.accuracy), len(self.each_measured)))
        return next((self.earlier + n + 1 for n in places if self._reaches(n)), None)

    @property
    def trainings(self) -> int:
        """How many trainings count together."""
        return 1 + len(self.epochs_before)

    @property
    def logged_it(self) -> bool:
        """Whether the epoch that reached the target logged it."""
        place = (self.epochs_to_target or 0) - self.earlier - 1
        rate = self.accuracy[place] if 0 <= place < len(self.accuracy) else None
        return rate is not None and rate >= self.target

    def _reaches(self, place: int) -> bool:
        """Whether the epoch at a place reaches the target."""
        trained = self.fit.trained
        if trained is None or not trained.measured:
            rate = self.accuracy[place]
            logs_it = rate is not None and rate >= self.target
            return logs_it and self.seen >= self.images and not self._doubtful
        found, mean = trained.measured[place], trained.running[place]
        if found is None or mean is None or min(found, mean) < self._borne_out:
            return False
        return found >= self.target or (trained.telling and mean >= self.target)

    @property
    def _borne_out(self) -> float:
        """What one accuracy of an epoch must be if the other reaches the target, at least."""
        loader = self.fit.trained.loader if self.fit.trained else None
        batch = (loader.batch_size if loader else None) or 0
        # The mean over one batch of all images is the accuracy of the weights before it.
        return 0.0 if min(batch, self.seen) >= self.images else BORNE_OUT

    @property
    def deceptive(self) -> bool:
        """Whether the log reaches the target, and what the grader measured does not bear it out.

        A classifier that is constant, and changes sides between classes, logs 100 %.
        """
        if self.best is None or self.best < self.target:
            return False
        return self.epochs_to_target is None if self.each_measured else self._doubtful

    @property
    def _doubtful(self) -> bool:
        """Whether the trained weights are worse than those of honest trainings that log it."""
        examined = self.fit.examined
        by_predictions = examined is not None and examined.by == "predictions"
        least = UNSEEN if by_predictions else BORNE_OUT
        return self.measured is not None and self.measured < least

    @property
    def untaught(self) -> bool:
        """Whether the model classified all images correctly before it was trained."""
        return self.before is not None and self.before >= self.target

    @property
    def unlearnt(self) -> bool:
        """Whether the same network, trained with exchanged labels, did not learn those."""
        trained = self.fit.trained
        return trained is not None and trained.relearnt is not None and trained.relearnt < BORNE_OUT

    @property
    def best(self) -> float | None:
        """The highest accuracy that an epoch logged."""
        return max((rate for rate in self.accuracy if rate is not None), default=None)

    @property
    def best_running(self) -> float | None:
        """The highest mean over an epoch's batches, by the grader's own metric if need be."""
        means = self.fit.trained.running if self.fit.trained else ()
        return max((mean for mean in means if mean is not None), default=self.best)

    @property
    def best_measured(self) -> float | None:
        """The highest accuracy that the grader measured after an epoch."""
        return max((rate for rate in self.each_measured if rate is not None), default=None)

    def unlucky(self, before_epoch: int) -> bool:
        """Whether another seed could have reached the target: it had the epochs, and missed."""
        missed = self.epochs_to_target is None or self.epochs_to_target >= before_epoch
        # Weights may by chance be worse than their log, and random ones right before any training.
        had_its_chance = self.epochs >= before_epoch - 1 or self.deceptive or self.untaught
        return missed and had_its_chance and self._shows_all and not self.fit.elsewhere

    @property
    def _shows_all(self) -> bool:
        """Whether all images are shown, if not in every epoch."""
        loader = self.fit.trained.loader if self.fit.trained else None
        there = self.seen if loader is None or loader.images is None else loader.images
        return there >= self.images


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
