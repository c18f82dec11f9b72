"""Reports each epoch of a training when it has ended, and does what the reply says."""

import time
from collections.abc import Mapping
from typing import Any

import keras

from grader.training.accuracy import EpochAccuracy
from grader.training.results import Epoch, Reply, Report, TrainingPlan
from grader.training.shown import Shown
from grader.training.validation import AfterEpoch, ValidationAccuracy


class EpochReporter(keras.callbacks.Callback):  # type: ignore[misc]
    """Reports every epoch, and does what the replies say.

    Args:
        shown: Counts what the model is trained on.
        plan: Of the training.
        report: Where to report to.
        accuracy: Measures epochs; None for those that are made again.
        validation: Measures them on validation data; None likewise.
    """

    def __init__(
        self,
        shown: Shown,
        plan: TrainingPlan,
        report: Report,
        accuracy: EpochAccuracy | None = None,
        validation: ValidationAccuracy | None = None,
    ) -> None:
        super().__init__()
        self.epochs: list[Epoch] = []
        self.late = False
        self._shown = shown
        self._report = report
        self._accuracy = accuracy
        self._validation = validation
        self._end = time.monotonic() + plan.seconds
        self._steps = 0

    def on_train_begin(self, logs: object = None) -> None:  # noqa: ARG002
        """Count the images of this training anew."""
        self._shown.begin()

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:  # noqa: ARG002
        """Count those of an epoch anew."""
        self._steps = _steps(self.model.optimizer)
        self._shown.begin_epoch()

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:  # noqa: ARG002
        """Count those of a batch, and end a training whose time is up."""
        self._shown.count(batch)
        if time.monotonic() > self._end:
            self.late = self.model.stop_training = True

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Measure what an epoch came to, and report it."""
        told = {name: float(value) for name, value in (logs or {}).items()}
        images, stopping = self._shown.samples, bool(self.model.stop_training)
        running, measured = self._accuracy.after(told, images) if self._accuracy else (None, None)
        validated = self._validation.after() if self._validation else AfterEpoch()
        rate = _rate(self.model.optimizer)
        made = _steps(self.model.optimizer) - self._steps
        done = Epoch(epoch, told, images, stopping, rate, running, measured, *validated, made)
        self.epochs.append(done)
        self._obey(self._report(done))

    def _obey(self, reply: Reply) -> None:
        if reply.stop:
            self.model.stop_training = True
        if reply.learning_rate is not None:
            self.model.optimizer.learning_rate = reply.learning_rate


def _steps(optimizer: keras.Optimizer) -> int:
    # Where gradients are accumulated, the public ones are fewer.
    return int(optimizer._iterations.numpy())  # noqa: SLF001


def _rate(optimizer: keras.Optimizer) -> float | None:
    held = optimizer._learning_rate  # noqa: SLF001 - in public, a schedule is a number as well
    return float(held.numpy()) if isinstance(held, keras.Variable) else None
