"""A training: what it was asked for, what it logged, and what the grader measured of it."""

from dataclasses import dataclass, replace

from grader.checks.compilations import accuracy_of
from grader.checks.declaration import Absent
from grader.checks.observed import Observation
from grader.checks.set_up import settings_of
from grader.checks.terms import Terms
from grader.diagnosis import TrainingSettings
from grader.evidence import Fit, Loader, OnSplit
from grader.goals import Quantity
from grader.goals.sense import ACCURACY

Curve = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class GradedTraining:
    """The graded training.

    Args:
        part: Graded name of the function that trains.
        loader: Graded name of the function that makes the loader; empty where that are arrays.
        fit: What was asked for and how it ended.
        accuracy: Accuracy that each epoch logged, 0 to 1; empty when none was.
        images: Images in the dataset.
        classes: Classes in the dataset.
        seen: Images that an epoch shows.
        logged_as: Name of that accuracy in the logs.
        earlier: Epochs of trainings before this one that count with it.
        epochs_before: Epochs of each of these, as far as they are known one by one.
        most_epochs: How many epochs are looked at; 0 where that is not known.
        metrics: Names of the metrics that were compiled, in their order.
        settings: What explains its curves; None where the grader did not train.
        terms: What a grading profile has checks judge otherwise.
    """

    part: str
    loader: str
    fit: Fit
    accuracy: Curve
    images: int
    classes: int
    seen: int
    logged_as: str = "accuracy"
    earlier: int = 0
    epochs_before: tuple[int, ...] = ()
    most_epochs: int = 0
    metrics: tuple[str, ...] = ()
    settings: TrainingSettings | None = None
    terms: Terms = Terms()  # noqa: RUF009 - frozen

    @classmethod
    def of(cls, seen: Observation, trainer: str, loader: str) -> "GradedTraining":
        """Find the graded training, with those that count together with it.

        Raises:
            Absent: There was none, through the trainer's or the loader's failure.
        """
        try:
            fit = seen.fit(trainer)
        except Absent:
            if loader and seen.loader(loader).images == 0:
                raise Absent(loader, f"{loader}() finds no images to train on.") from None
            raise
        made = cls._of_fit(seen, fit, (trainer, loader))
        earlier = max(made.earlier, sum(fit.epochs_before))
        return replace(made, earlier=earlier, epochs_before=fit.epochs_before)

    @classmethod
    def _of_fit(cls, seen: Observation, fit: Fit, names: tuple[str, str]) -> "GradedTraining":
        part = seen.probes.get(names[0])
        data = part.data if part else ""
        fit = _elsewhere(seen, fit, names[1], data)
        images, classes = seen.counts(data or None)
        model = seen.model_of(fit)
        compilation = model.compilation if model else None
        metric = accuracy_of(compilation) if compilation else None
        return cls(
            *names,
            fit,
            fit.curves.get(metric.name, ()) if metric else (),
            images,
            classes,
            _images_seen(seen, fit, names[1], images),
            metric.name if metric else "accuracy",
            _epochs_before(seen, fit),
            most_epochs=part.most_epochs if part else 0,
            metrics=tuple(each.name for each in compilation.metrics) if compilation else (),
            settings=settings_of(seen, fit, (images, classes)),
            terms=seen.terms,
        )

    def others(self, seen: Observation) -> list["GradedTraining"]:
        """Find the trainings of the same run that are not graded and for this one's function."""
        names, fits = (self.part, self.loader), seen.evidence.fits.values()
        graded = {fit.index for name in seen.trainers if (fit := seen.graded_fit(name))}
        others = [fit for fit in fits if fit.finished and fit.index not in graded]
        if len(seen.trainers) > 1:
            first = seen.trainers[0]
            others = [fit for fit in others if (seen.trainer_of(fit) or first) == self.part]
        return [self._of_fit(seen, fit, names) for fit in others]

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
        """The same before training, by the weights with which it began."""
        if self.fit.trained:
            return self.fit.trained.before
        return self.fit.examined.before if self.fit.examined else None

    @property
    def known(self) -> float | None:
        """The same before any training of the model."""
        fresh = self.fit.trained.fresh if self.fit.trained else None
        return self.before if fresh is None else fresh

    @property
    def on_validation(self) -> OnSplit | None:
        """What was measured on the split for validation; None where nobody measured."""
        return self.fit.trained.validated if self.fit.trained else None

    @property
    def on_test(self) -> OnSplit | None:
        """The same of the split for tests, when training had ended."""
        return self.fit.trained.tested if self.fit.trained else None

    @property
    def data(self) -> str:
        """Name of the arrays that the grader made it on; empty where that were none."""
        return (self.fit.trained.data if self.fit.trained else None) or ""

    @property
    def trainings(self) -> int:
        """How many trainings count together."""
        return 1 + len(self.epochs_before)

    @property
    def shows_all(self) -> bool:
        """Whether all images are shown, if not in every epoch."""
        loader = self.fit.trained.loader if self.fit.trained else None
        there = self.seen if loader is None or loader.images is None else loader.images
        return there >= self.images

    @property
    def shows_few(self) -> bool:
        """Whether an epoch shows fewer images than there are, and no grading profile ends it."""
        most, asked = self.terms.steps.get(self.part, 0), self.fit.steps_per_epoch
        ended = most > 0 and (asked is None or asked > most)
        return self.seen < self.images and not ended

    @property
    def in_one_batch(self) -> bool:
        """Whether an epoch shows all images in one batch, as far as the grader trained it."""
        loader = self.fit.trained.loader if self.fit.trained else None
        batch = (loader.batch_size if loader else None) or 0
        return min(batch, self.seen) >= self.images

    def curve(self, quantity: Quantity) -> Curve | None:
        """Return what was logged of a number, one for each epoch; empty where it was not.

        Args:
            quantity: Which number; of test data none is logged by ``fit``, so that there is None.
        """
        if quantity.split == "test":
            return None
        name = self.logged_as if quantity.metric in ACCURACY else quantity.metric
        if quantity.split == "validation":
            return self.fit.curves.get(f"val_{name}", ())
        return self.accuracy if quantity.metric in ACCURACY else self.fit.curves.get(name, ())


def _elsewhere(seen: Observation, fit: Fit, loader: str, data: str) -> Fit:
    """Mark a training that was made on other data than is to be trained on.

    Those that the grader makes for a graded function never are; in other cells, any will do.
    """
    if fit.elsewhere:
        return fit
    other = trained_on_other(seen, fit, loader)
    made_on = fit.trained.data if fit.trained else None
    if other is not None:
        reason = f"it was trained on what {other} returned, instead of what {loader} did"
    elif made_on is not None and made_on != data:
        reason = f"it was trained on {_samples(made_on)}, instead of {_samples(data)}"
    else:
        return fit
    return fit.model_copy(update={"elsewhere": True, "reason": reason})


def _samples(data: str) -> str:
    return f"the samples of {data}" if data else "the images in class folders"


def trained_on_other(seen: Observation, fit: Fit, loader: str) -> str | None:
    """Return the loader of another split whose images a training was given; None if it was not.

    Args:
        seen: The run.
        fit: The training.
        loader: Graded name of the one whose images are to be trained on.
    """
    if fit.trained is not None or not loader:
        return None
    loaders = [(name, part) for name, part in seen.probes.items() if part.loads]
    held = [(name, part) for name, part in loaders if part.variable in fit.given]
    own = any(name == loader or part.split is None for name, part in held)
    return None if own else next((name for name, _ in held), None)


def _images_seen(seen: Observation, fit: Fit, loader: str, images: int) -> int:
    if fit.trained is not None:
        return min(images, fit.trained.seen)
    found = seen.evidence.find(Loader, loader)
    if found is None:
        return images
    there = images if found.images is None else min(images, found.images)
    if fit.steps_per_epoch is None or found.batch_size is None:
        return there
    return min(there, fit.steps_per_epoch * found.batch_size)


def _epochs_before(seen: Observation, fit: Fit) -> int:
    if fit.trained is not None:
        return fit.trained.earlier
    fits = seen.evidence.fits.values()
    same = [each for each in fits if each.model == fit.model and each.index < fit.index]
    counted = [each for each in same if seen.counts_with(each, fit)]
    return sum(max(map(len, each.curves.values()), default=0) for each in counted)
