"""Trains what a description says, on the grader's own copy of the data, from fresh weights."""

from dataclasses import replace
from pathlib import Path

import keras
import tensorflow as tf

from grader.training import movement, seeds, seen
from grader.training.accuracy import EpochAccuracy, with_accuracy
from grader.training.build import build, compile_as
from grader.training.checkpoint_files import NOTHING, PriorFits, apart
from grader.training.dense import quicken
from grader.training.description import Description
from grader.training.epoch_reporter import EpochReporter
from grader.training.fits import Fits
from grader.training.fused import fuse
from grader.training.idle import IdleLayers
from grader.training.loader import decode_once
from grader.training.loaders import Loaders
from grader.training.measure import Meter, view_of
from grader.training.pooled import pool_first
from grader.training.recorder import recorders
from grader.training.results import Measured, Report, Trained, TrainingPlan, go_on
from grader.training.validation import TestSplit, ValidationAccuracy


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
    earlier: PriorFits = NOTHING,
) -> Trained:
    """Make one training, in a process that ``prepare`` made ready.

    Args:
        description: As it was accepted.
        dataset: The grader's copy, trusted: a folder with one sub-folder for each class; None
            where arrays are trained on, whose copies the plan names.
        plan: How to train it; its threads are for ``prepare``.
        report: Is given every epoch when it has ended, and says how to go on.
        earlier: What it goes on from.

    Raises:
        Refused: The student's data was other than that of the dataset.
    """
    keras.utils.set_random_seed(plan.seed)
    description, earlier = _with_seeds_of(plan, description, earlier)
    turns = earlier.turns
    loaders = Loaders(dataset, plan)
    first = turns[0].description if turns else description
    one_hot = loaders.of(first)[0].one_hot
    built = build(first.architecture)
    compiled, metric = with_accuracy(description, built.model.output_shape[-1], one_hot=one_hot)
    compile_as(built.model, compiled, exact=plan.exact)
    described = seen.describe(built.model, first.compile, lambda: loaders.anew(description))
    described["same_images"] = loaders.same_images(description)
    described["division"] = loaders.division(description)
    _hasten(built.model, plan)
    start = movement.sample(built.model)
    everything = loaders.everything(description.loader)
    meter = Meter(built.model, everything, plan.seed, view_of(description))
    idle = IdleLayers(built, first.architecture, everything, plan.seed)
    fresh = meter.inference()
    validation = ValidationAccuracy(meter, loaders, description, plan)
    test = TestSplit(meter, loaders, description, plan)
    fits = Fits(built.model, loaders, plan, earlier)
    before = fresh
    if others := apart(turns):
        fits.reach(others)
        before = meter.inference()
        validation.begin()
        test.begin()
    fits.reach(len(turns))
    accuracy = EpochAccuracy(meter, description, metric, plan)
    reporter = EpochReporter(loaders.of(description)[0].shown, plan, report, accuracy, validation)
    shown = [*recorders(built.layers, report), reporter]
    fits.make(description, plan.epochs, shown)
    if not reporter.late:
        # What it goes on from must be told by its replies.
        fits.leave(len(turns) + 1)
    measured = Measured(before, *accuracy.final(), fresh=fresh)
    weights = tuple(tuple(layer.get_weights()) for layer in built.layers)
    return Trained(
        tuple(reporter.epochs),
        meter.images,
        weights,
        measured,
        seen=idle.noted(described),
        late=reporter.late,
        telling=accuracy.telling,
        moved=movement.least(start, movement.sample(built.model)),
        validated=validation.final(),
        tested=test.final(),
    )


def _with_seeds_of(
    plan: TrainingPlan, description: Description, earlier: PriorFits
) -> tuple[Description, PriorFits]:
    if not plan.redraws_seeds:
        return description, earlier
    turns = [
        replace(turn, description=seeds.redrawn(turn.description, plan.seed))
        for turn in earlier.turns
    ]
    return seeds.redrawn(description, plan.seed), replace(earlier, turns=turns)


def _hasten(model: keras.Model, plan: TrainingPlan) -> None:
    if not plan.exact:
        fuse(model)
        quicken(model)
        pool_first(model)
    trace_once(model)


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
