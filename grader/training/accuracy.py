"""The accuracy of a training after its epochs, by the grader's own metric and measurement.

What Keras logs of an epoch is a running mean over its batches while the weights move. It tells of
all images only if the epoch showed them all, in mixed order: a constant classifier that changes
sides between the classes logs 100 % of unmixed batches. So weights are measured after epochs that
may reach the target by then. What comes of it is judged by the checks of an assignment.
"""

from dataclasses import dataclass, replace

from grader.accuracies import borne_out, suiting, suits
from grader.training import amounts
from grader.training.description import Compile, Description, ObjectSpec
from grader.training.measure import Meter
from grader.training.results import TrainingPlan
from grader.training.tables.metrics import OWN

# With fewer updates an epoch, its log is of weights far from those that it ends with.
_FEWEST_UPDATES = 4
_DIGITS = 6


def with_accuracy(description: Description, units: int, *, one_hot: bool) -> tuple[Compile, str]:
    """Return what to compile a model with, and the name of an accuracy that suits its output.

    Args:
        description: Of a training; if it has no such metric, one is added.
        units: How many numbers the model puts out for an image.
        one_hot: Whether each label is a row of zeros and a one.
    """
    compiled = description.compile
    fitting = [each for each in compiled.metrics if suits(each.name, units, one_hot=one_hot)]
    if fitting:
        return compiled, min(map(_name, fitting), key=lambda name: name != "accuracy")
    own = ObjectSpec(suiting(units, one_hot=one_hot), {"name": OWN})
    return replace(compiled, metrics=(*compiled.metrics, own)), OWN


def _name(metric: ObjectSpec) -> str:
    return str(metric.arguments["name"])


@dataclass(frozen=True, slots=True)
class _Target:
    """An accuracy that is to be reached.

    Args:
        accuracy: From 0 to 1.
        logged: From which mean over an epoch of all images on its weights are measured.
        borne_out: The same for an epoch whose mean does not tell of all images.
        by_weights: Whether weights that reach it need no mean that bears them out.
    """

    accuracy: float
    logged: float
    borne_out: float
    by_weights: bool = False

    def reached(self, measured: float, running: float) -> bool:
        """Whether an epoch reaches it by the weights after it, so that no later one matters."""
        borne_out = self.by_weights or running >= self.borne_out
        return measured >= self.accuracy and borne_out

    def least(self, *, telling: bool) -> float:
        return self.logged if telling else min(self.logged, self.borne_out)


class EpochAccuracy:
    """The accuracy of one training after its epochs.

    Args:
        meter: Of the model that is trained.
        description: Of the training.
        metric: Name in the logs of an accuracy that suits the output.
        plan: How it is trained.
    """

    def __init__(
        self, meter: Meter, description: Description, metric: str, plan: TrainingPlan
    ) -> None:
        self._meter = meter
        self._description = description
        self._metric = metric
        self._targets = [_target(each, description, meter.images, plan) for each in plan.targets]
        self._last: tuple[float | None, float | None] | None = None
        # Whether the logs tell of all images.
        self.telling = amounts.shuffled(description)

    def after(self, logs: dict[str, float], images: int) -> tuple[float, float | None]:
        """Return the accuracy of an epoch and, if it matters, that of the weights after it.

        Args:
            logs: Of the epoch; the grader's own metric is taken out.
            images: How many different images it trained on.

        Returns:
            The mean over the epoch's batches, and the share of all images that are classified
            correctly now, both from 0 to 1; None instead of the latter where it was not measured.
        """
        # Keras logs 32-bit floats: nine tenths would be less than that.
        running = round(logs[self._metric], _DIGITS)
        logs.pop(OWN, None)
        self.telling &= images == self._meter.images
        self._last = self._meter.shares() if self._matters(running) else None
        if self._last is None:
            return running, None
        best = max(share for share in self._last if share is not None)
        self._targets = [each for each in self._targets if not each.reached(best, running)]
        return running, best

    def _matters(self, running: float) -> bool:
        return any(running >= each.least(telling=self.telling) for each in self._targets)

    def final(self) -> tuple[float | None, float | None]:
        """Return the shares as ``Meter.shares`` has them, of the weights that are left."""
        if self._last is None or restores(self._description):
            return self._meter.shares()
        return self._last


def _target(accuracy: float, description: Description, images: int, plan: TrainingPlan) -> _Target:
    updates = amounts.fewest_updates(description, images)
    classes = amounts.classes(description.loader, plan.arrays)
    # Exchanged labels need not be learnt better than what bears the target out.
    least = accuracy if plan.exchanged else borne_out(accuracy, images, classes)
    if updates >= _FEWEST_UPDATES:
        return _Target(accuracy, accuracy, least)
    # Of one batch, the mean is of the weights before; nothing is known of those after it. Where it
    # has not all images, as what is left of a pass may not, it must bear them out all the same.
    by_weights = plan.exchanged or amounts.batch_size(description) >= images
    return _Target(accuracy, least if updates > 1 else 0.0, least, by_weights)


def restores(description: Description) -> bool:
    """Whether other weights are left by a training than those of its last epoch.

    A callback may put back those of an earlier one; averages take their place at the end.
    """
    put_back = any(each.arguments.get("restore_best_weights") for each in description.callbacks)
    return put_back or bool(description.compile.optimizer.arguments.get("use_ema"))
