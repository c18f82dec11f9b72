"""What a training comes to on data that it is not trained on, by the grader's own measurement.

What Keras logs of an epoch as ``val_accuracy`` and ``val_loss`` is of whatever ``fit`` was given to
validate with: a few images, those that are trained on, or labels of one's own. So all images of the
dataset's split for validation are measured instead, shown as those that are trained on are, after
the epochs that may reach a goal. Whether ``fit`` validates does not matter. Those of the split for
tests are measured when training has ended.
"""

from dataclasses import replace
from typing import NamedTuple

from grader.training.accuracy import restores
from grader.training.description import Description, ObjectSpec
from grader.training.loaders import Loaders
from grader.training.measure import Meter
from grader.training.results import TrainingPlan, Validated
from grader.training.tables.metrics import OWN

# An author can bound these; a loss of the student's choice may be small whatever is learnt.
_CROSSENTROPIES = frozenset(
    {"BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy"}
)
_USUAL = {"label_smoothing": 0, "axis": -1, "ignore_class": None}


class _Apart:
    """Images of one split that is not trained on.

    Args:
        meter: Of the model on these images.
        one_hot: Whether labels are vectors of one number for each class.
        losses: Whether the loss on them is asked for.
    """

    def __init__(self, meter: Meter, *, one_hot: bool, losses: bool) -> None:
        self._meter = meter
        self._one_hot = one_hot
        self._losses = losses
        self._fresh = self._begun = meter.inference(), self.loss

    def begin(self) -> None:
        """Measure the weights with which a training begins, where they are not fresh."""
        self._begun = self._meter.inference(), self.loss

    @property
    def share(self) -> float:
        """Share of them that is classified correctly now, from 0 to 1."""
        return self._meter.best

    @property
    def loss(self) -> float | None:
        """The loss on them now; None where nobody asks for it."""
        return self._meter.loss(one_hot=self._one_hot) if self._losses else None

    @property
    def evaluated(self) -> dict[str, float]:
        """What ``evaluate`` has of them now, with the metrics that were asked for."""
        found = self._meter.evaluated(one_hot=self._one_hot)
        return {name: value for name, value in found.items() if name != OWN}

    def final(self, share: float | None = None, loss: float | None = None) -> Validated:
        """Return what is known of the training that has ended.

        Args:
            share: What ``share`` is now; None where that has to be measured.
            loss: The same of ``loss``.
        """
        share, loss = self.share if share is None else share, self.loss if loss is None else loss
        (before, loss_before), (fresh, loss_fresh) = self._begun, self._fresh
        images = self._meter.images
        return Validated(images, before, share, loss_before, loss, fresh, loss_fresh)


class AfterEpoch(NamedTuple):
    """What was measured on validation data after an epoch; None of what was not.

    Args:
        share: Of them, from 0 to 1, that is classified correctly.
        loss: On them.
    """

    share: float | None = None
    loss: float | None = None


class ValidationAccuracy:
    """Measures one training on validation data; nothing where no goal is about these.

    Args:
        meter: Of the model that is trained.
        loaders: Of the training.
        description: Of the training.
        plan: How it is trained.
    """

    def __init__(
        self, meter: Meter, loaders: Loaders, description: Description, plan: TrainingPlan
    ) -> None:
        self._images = _apart(plan.validation, meter, loaders, description, plan)
        self._targets, self._loss_targets = plan.validation_targets, plan.loss_targets
        self._restored = restores(description)
        self._last = AfterEpoch()

    def begin(self) -> None:
        """Measure the weights with which the training begins, where they are not fresh."""
        if self._images:
            self._images.begin()

    def after(self) -> AfterEpoch:
        """Return what was measured after an epoch.

        Each epoch is measured until all goals are reached, of the accuracy and of the loss apart.
        """
        images = self._images
        share = images.share if images and self._targets else None
        loss = images.loss if images and self._loss_targets else None
        if share is not None:
            self._targets = tuple(each for each in self._targets if share < each)
        if loss is not None:
            self._loss_targets = tuple(each for each in self._loss_targets if not loss <= each)
        self._last = AfterEpoch(share, loss)
        return self._last

    def final(self) -> Validated | None:
        """Return what came of the training whose weights are left; None if nothing is measured."""
        known = AfterEpoch() if self._restored else self._last
        return self._images.final(*known) if self._images else None


class TestSplit:
    """Measures one training on the split for tests, once it has ended.

    Args:
        meter: Of the model that is trained.
        loaders: Of the training.
        description: Of the training.
        plan: How it is trained.
    """

    def __init__(
        self, meter: Meter, loaders: Loaders, description: Description, plan: TrainingPlan
    ) -> None:
        self._images = _apart(plan.test, meter, loaders, description, plan)

    def begin(self) -> None:
        """As ``ValidationAccuracy.begin``."""
        if self._images:
            self._images.begin()

    def final(self) -> Validated | None:
        """Return what came of the training whose weights are left; None if nothing is measured."""
        if self._images is None:
            return None
        return replace(self._images.final(), evaluated=self._images.evaluated)


def _apart(
    place: str, meter: Meter, loaders: Loaders, description: Description, plan: TrainingPlan
) -> _Apart | None:
    if not loaders.has(description.loader, place):
        return None
    images = loaders.apart(description.loader, place)
    one_hot = loaders.trained_on(description).one_hot
    losses = plan.losses and _is_crossentropy(description.compile.loss)
    return _Apart(meter.on(images), one_hot=one_hot, losses=losses)


def _is_crossentropy(loss: ObjectSpec) -> bool:
    """Whether a loss is the usual cross-entropy of all images, smoothed in no way."""
    usual = all(loss.arguments.get(name, value) == value for name, value in _USUAL.items())
    return loss.name in _CROSSENTROPIES and usual
