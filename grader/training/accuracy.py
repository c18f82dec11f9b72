"""The accuracy of a training after its epochs, by the grader's own metric and measurement.

What Keras logs of an epoch is a running mean over its batches while the weights move. It tells of
all images only if the epoch showed them all, in mixed order: a constant classifier that changes
sides between the classes logs 100 % of unmixed batches. So weights are measured after epochs that
may reach the target by then. What comes of it is judged by the checks of an assignment.
"""

import math
from dataclasses import replace
from typing import Any

from grader.accuracies import BORNE_OUT, suiting, suits
from grader.training.description import Compile, Description, Part
from grader.training.measure import Meter
from grader.training.tables.metrics import OWN

# With fewer updates an epoch, its log is of weights far from those that it ends with.
_FEWEST_UPDATES = 4
_DIGITS = 6


def with_accuracy(description: Description, units: int) -> tuple[Compile, str]:
    """Return what to compile a model with, and the name of an accuracy that suits its output.

    Args:
        description: Of a training; if it has no such metric, one is added.
        units: How many numbers the model puts out for an image.
    """
    compiled = description.compile
    one_hot = description.loader.iterator["class_mode"] == "categorical"
    fitting = [each for each in compiled.metrics if suits(each.name, units, one_hot=one_hot)]
    if fitting:
        return compiled, min(map(_name, fitting), key=lambda name: name != "accuracy")
    own = Part(suiting(units, one_hot=one_hot), {"name": OWN})
    return replace(compiled, metrics=(*compiled.metrics, own)), OWN


def _name(metric: Part) -> str:
    return str(metric.arguments["name"])


class EpochAccuracy:
    """The accuracy of one training after its epochs.

    Args:
        meter: Of the model that is trained.
        description: Of the training.
        metric: Name in the logs of an accuracy that suits the output.
        target: Accuracy that is to be reached, from 0 to 1.
    """

    def __init__(self, meter: Meter, description: Description, metric: str, target: float) -> None:
        self._meter = meter
        self._description = description
        self._metric = metric
        self._target = target
        self._least = _least(description, meter.images, target)
        self._reached = False
        self._last: tuple[float | None, float | None] | None = None
        # Whether the logs tell of all images.
        self.telling = bool(description.loader.iterator.get("shuffle", True))

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
        self._reached = best >= self._target
        return running, best

    def _matters(self, running: float) -> bool:
        least = self._least if self.telling else min(self._least, BORNE_OUT)
        return running >= least and not self._reached

    def final(self) -> tuple[float | None, float | None]:
        """Return the shares as ``Meter.shares`` has them, of the weights that are left."""
        if self._last is None or any(map(_restores, self._description.callbacks)):
            return self._meter.shares()
        return self._last


def _least(description: Description, images: int, target: float) -> float:
    """Return from which mean over an epoch of all images on its weights are measured."""
    batch: Any = description.loader.iterator["batch_size"]
    updates = description.fit.steps_per_epoch or math.ceil(images / batch)
    if updates >= _FEWEST_UPDATES:
        return target
    # Of one batch, the mean is of the weights before; nothing is known of those after it.
    return BORNE_OUT if updates > 1 else 0.0


def _restores(callback: Part) -> bool:
    """Whether a callback puts back weights of an earlier epoch when training ends."""
    return bool(callback.arguments.get("restore_best_weights"))
