"""The accuracy of a training on validation data, by the grader's own measurement.

What Keras logs of an epoch as ``val_accuracy`` is of whatever ``fit`` was given to validate with: a
few images, those that are trained on, or labels of one's own. So all images of the dataset's split
for validation are measured instead, shown as those that are trained on are, after the epochs that
may reach a goal. Whether ``fit`` validates does not matter.
"""

from grader.training.accuracy import restores
from grader.training.description import Description
from grader.training.loaders import Loaders
from grader.training.measure import Meter
from grader.training.results import TrainingPlan, Validated


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
        self._meter = (
            meter.on(loaders.for_validation(description.loader)) if plan.validation else None
        )
        self._targets = plan.validation_targets
        self._restored = restores(description)
        self._before = self._meter.inference() if self._meter else 0.0
        self._last: float | None = None

    def after(self) -> float | None:
        """Return the share classified correctly after an epoch, from 0 to 1; None if not measured.

        Each epoch is measured until all goals are reached.
        """
        self._last = self._meter.best if self._meter and self._targets else None
        if self._last is not None:
            self._targets = tuple(each for each in self._targets if self._last < each)
        return self._last

    def final(self) -> Validated | None:
        """Return what came of the training whose weights are left; None if nothing is measured."""
        if self._meter is None:
            return None
        if self._last is None or self._restored:
            self._last = self._meter.best
        return Validated(self._meter.images, self._before, self._last)
