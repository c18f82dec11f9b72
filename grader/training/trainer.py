"""Trains what a description says, on the grader's own copy of the data, from fresh weights."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from grader.training import movement, objects, rates, seeds, seen
from grader.training.accuracy import EpochAccuracy, with_accuracy
from grader.training.build import build, compile_as
from grader.training.dense import quicken
from grader.training.description import Description
from grader.training.fused import fuse
from grader.training.idle import IdleLayers
from grader.training.loader import decode_once
from grader.training.loaders import Loaders
from grader.training.measure import Meter, view_of
from grader.training.pooled import pool_first
from grader.training.recorder import recorders
from grader.training.results import (
    Epoch,
    Measured,
    PriorFit,
    Reply,
    Report,
    Trained,
    TrainingPlan,
    go_on,
)
from grader.training.shown import Shown
from grader.training.validation import AfterEpoch, TestSplit, ValidationAccuracy


def prepare(threads: int) -> None:
    """Make a fresh process ready to train; no operation of TensorFlow may have run in it.

    Args:
        threads: Threads that TensorFlow computes with.
    """
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    decode_once()


def train(
    description: Description,
    dataset: Path | None,
    plan: TrainingPlan,
    report: Report = go_on,
    earlier: Sequence[PriorFit] = (),
) -> Trained:
    """Make one training, in a process that ``prepare`` made ready.

    Args:
        description: As it was accepted.
        dataset: The grader's copy, trusted: a folder with one sub-folder for each class; None
            where arrays are trained on, whose copies the plan names.
        plan: How to train it; its threads are for ``prepare``.
        report: Is given every epoch when it has ended, and says how to go on.
        earlier: Trainings of the same model that it goes on from; they are made again.

    Raises:
        Refused: The student's data was other than that of the dataset.
    """
    keras.utils.set_random_seed(plan.seed)
    description, earlier = _with_seeds_of(plan, description, earlier)
    loaders = Loaders(dataset, plan)
    first = earlier[0].description if earlier else description
    one_hot = loaders.of(first)[0].one_hot
    built = build(first.architecture)
    compiled, metric = with_accuracy(description, built.model.output_shape[-1], one_hot=one_hot)
    compile_as(built.model, compiled, exact=plan.exact)
    described = seen.describe(built.model, first.compile, lambda: loaders.anew(description))
    described["same_images"] = loaders.same_images(description)
    _hasten(built.model, plan)
    start = movement.sample(built.model)
    everything = loaders.everything(description.loader)
    meter = Meter(built.model, everything, plan.seed, view_of(description))
    idle = IdleLayers(built, first.architecture, everything, plan.seed)
    before = meter.inference()
    validation = ValidationAccuracy(meter, loaders, description, plan)
    test = TestSplit(meter, loaders, description, plan)
    for turn in earlier:
        again = replace(plan, epochs=len(turn.replies))
        repeater = _Teller(loaders.of(turn.description)[0].shown, again, _repeating(turn.replies))
        _fit(built.model, loaders, turn.description, again.epochs, [repeater])
    accuracy = EpochAccuracy(meter, description, metric, plan)
    teller = _Teller(loaders.of(description)[0].shown, plan, report, accuracy, validation)
    shown = [*recorders(built.layers, report), teller]
    _fit(built.model, loaders, description, plan.epochs, shown)
    measured = Measured(before, *accuracy.final())
    weights = tuple(tuple(layer.get_weights()) for layer in built.layers)
    return Trained(
        tuple(teller.epochs),
        meter.images,
        weights,
        measured,
        seen=idle.noted(described),
        late=teller.late,
        telling=accuracy.telling,
        moved=movement.least(start, movement.sample(built.model)),
        validated=validation.final(),
        tested=test.final(),
    )


def _with_seeds_of(
    plan: TrainingPlan, description: Description, earlier: Sequence[PriorFit]
) -> tuple[Description, Sequence[PriorFit]]:
    if not plan.redraws_seeds:
        return description, earlier
    turns = [
        replace(turn, description=seeds.redrawn(turn.description, plan.seed)) for turn in earlier
    ]
    return seeds.redrawn(description, plan.seed), turns


def _hasten(model: keras.Model, plan: TrainingPlan) -> None:
    if not plan.exact:
        fuse(model)
        quicken(model)
        pool_first(model)
    trace_once(model)


def _fit(
    model: keras.Model,
    loaders: Loaders,
    description: Description,
    epochs: int,
    callbacks: Sequence[keras.callbacks.Callback],
) -> None:
    data, validation = loaders.of(description)
    rate = rates.number_of(description.compile)
    if rate is not None:
        # Between two fits, callbacks or the notebook itself may have set another one.
        model.optimizer.learning_rate = rate
    model.fit(
        **data.to_train(),
        validation_data=None if validation is None else validation.to_validate(),
        callbacks=[*map(objects.callback, description.callbacks), *callbacks],
        **_arguments(description, epochs),
    )


def _repeating(replies: Sequence[Reply]) -> Report:
    left = iter(replies)
    return lambda _: next(left)


def trace_once(model: keras.Model) -> None:
    """Have ``fit`` trace the step of a model once; Keras does so twice, to the same end.

    Args:
        model: Compiled, not trained yet.
    """
    if model.run_eagerly or model.jit_compile or model.steps_per_execution > 1:
        return
    # Were they made within the first step, it would be traced again.
    model.optimizer.build(model.trainable_variables)
    model.train_function = tf.function(
        lambda iterator: model.train_step(next(iterator)), autograph=False
    )


def _arguments(description: Description, epochs: int) -> dict[str, Any]:
    """Return the arguments of ``fit`` that are no loaders and no callbacks."""
    asked = description.fit
    return {
        "epochs": min(asked.epochs, asked.initial_epoch + epochs),
        "initial_epoch": asked.initial_epoch,
        "steps_per_epoch": asked.steps_per_epoch,
        "class_weight": objects.weights(asked.class_weight),
        "shuffle": asked.shuffle,
        "validation_steps": asked.validation_steps,
        "validation_freq": asked.validation_freq,
        "validation_batch_size": asked.validation_batch_size,
        "verbose": 0,
    }


class _Teller(keras.callbacks.Callback):  # type: ignore[misc]
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

    def on_train_begin(self, logs: object = None) -> None:  # noqa: ARG002
        self._shown.begin()

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:  # noqa: ARG002
        self._shown.begin_epoch()

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:  # noqa: ARG002
        self._shown.count(batch)
        if time.monotonic() > self._end:
            self.late = self.model.stop_training = True

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        told = {name: float(value) for name, value in (logs or {}).items()}
        images, stopping = self._shown.samples, bool(self.model.stop_training)
        running, measured = self._accuracy.after(told, images) if self._accuracy else (None, None)
        validated = self._validation.after() if self._validation else AfterEpoch()
        rate = _rate(self.model.optimizer)
        done = Epoch(epoch, told, images, stopping, rate, running, measured, *validated)
        self.epochs.append(done)
        self._obey(self._report(done))

    def _obey(self, reply: Reply) -> None:
        if reply.stop:
            self.model.stop_training = True
        if reply.learning_rate is not None:
            self.model.optimizer.learning_rate = reply.learning_rate


def _rate(optimizer: keras.Optimizer) -> float | None:
    held = optimizer._learning_rate  # noqa: SLF001 - in public, a schedule is a number as well
    return float(held.numpy()) if isinstance(held, keras.Variable) else None
