"""Trains small models in many ways in one process, and prints what came of it as JSON."""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from architectures import (
    ACCURACY,
    ADAM,
    FLAT,
    LOSS,
    NORMAL,
    ONE,
    POOL,
    RMSPROP,
    Spec,
    Training,
    conv,
    dense,
    part,
)
from descriptions import of_files

from grader.training import objects, trainer
from grader.training.accuracy import EpochAccuracy, with_accuracy
from grader.training.build import build
from grader.training.data import batches
from grader.training.dense import quicken
from grader.training.description import (
    Description,
    FitArguments,
    LoaderSpec,
    Number,
    ObjectSpec,
    digest,
)
from grader.training.fused import fuse
from grader.training.loader import RecordingIterator, load_all
from grader.training.measure import Meter, view_of
from grader.training.pooled import pool_first
from grader.training.refusals import Refused
from grader.training.results import Epoch, Reply, Trained, TrainingPlan, same
from grader.training.tables.callbacks import CALLBACKS
from grader.training.tables.losses import LOSSES
from grader.training.tables.metrics import METRICS

DATASET = Path(__file__).parents[3] / "data" / "happy_or_sad"
PLAN = TrainingPlan(seed=1)
TARGET = replace(PLAN, targets=(0.999,))
SMALL = {"target_size": (24, 24)}
LAYERS: list[Spec] = [conv(8), POOL, FLAT, dense(16), ONE]


def small(layers: list[Spec] = LAYERS, optimizer: Spec = ADAM, **more: Any) -> Description:
    """Describe a training on small images."""
    fit = more.pop("fit", {"epochs": 2})
    iterator = SMALL | more.pop("iterator", {})
    training = Training(layers, optimizer, iterator=iterator, **more)
    return replace(training.described(DATASET, 1), fit=FitArguments(**fit))


def meter_of(model: keras.Model, description: Description) -> Meter:
    """Measure a model of a description."""
    return Meter(model, load_all(of_files(description.loader), DATASET), 1, view_of(description))


def train(description: Description, plan: TrainingPlan = PLAN, report: Any = None) -> Trained:
    """Train."""
    return trainer.train(description, DATASET, plan, report or (lambda _: Reply()))


def told(trained: Trained) -> dict[str, Any]:
    """Return what can be said of a training in JSON."""
    return {
        "logs": [dict(epoch.logs) for epoch in trained.epochs],
        "images": [epoch.images for epoch in trained.epochs],
        "numbers": [epoch.number for epoch in trained.epochs],
        "stopping": [epoch.stopping for epoch in trained.epochs],
        "all": trained.images,
        "updates": [epoch.updates for epoch in trained.epochs],
        "late": trained.late,
        "batches": trained.measured.batches,
        "accuracy": trained.measured.accuracy,
    }


# Epochs, images, replies


def epochs() -> Iterator[tuple[str, Any]]:
    yield "two", told(train(small()))
    yield "capped", told(train(small(fit={"epochs": 9}), replace(PLAN, epochs=1)))
    later = small(fit={"epochs": 5, "initial_epoch": 3})
    yield "later", told(train(later))
    yield "steps", told(train(small(fit={"epochs": 4, "steps_per_epoch": 3})))
    yield "many_steps", told(train(small(fit={"epochs": 2, "steps_per_epoch": 12})))
    half: dict[str, Any] = {
        "generator": {"validation_split": 0.5},
        "iterator": {"subset": "training"},
    }
    yield "half", told(train(_as_found(small(**half))))
    yield "late", told(train(small(), replace(PLAN, seconds=0)))
    stopping: dict[str, Any] = {
        "callbacks": (("EarlyStopping", {"monitor": "loss", "min_delta": 9.0}),)
    }
    yield "early", told(train(small(fit={"epochs": 5}, **stopping)))


def _as_found(description: Description) -> Description:
    described = of_files(description.loader)
    found = RecordingIterator(DATASET, described.generator, described.iterator, described.classes)
    files = digest(zip(found.filenames, map(int, found.classes), strict=True))
    return replace(description, loader=replace(described, files=files))


def replies() -> Iterator[tuple[str, Any]]:
    heard: list[Epoch] = []

    def stop(epoch: Epoch) -> Reply:
        heard.append(epoch)
        return Reply(stop=epoch.number == 1)

    stopped = train(small(fit={"epochs": 5}), report=stop)
    yield "stopped", len(stopped.epochs)
    yield "heard_all", tuple(heard) == stopped.epochs
    one = train(small(fit={"epochs": 1}))
    frozen = train(small(fit={"epochs": 3}), report=lambda _: Reply(learning_rate=0.0))
    yield "frozen", all(map(np.array_equal, one.weights[4], frozen.weights[4]))
    yield "not_frozen", all(map(np.array_equal, one.weights[4], stopped.weights[4]))


# Seeds and ways of training


def ways() -> Iterator[tuple[str, Any]]:
    first = train(small())
    yield "again", same(train(small()), first)
    yield "other_seed", same(train(small(), TrainingPlan(seed=2)), first)
    backwards = small()
    order = backwards.architecture.created[::-1]
    architecture = replace(backwards.architecture, created=order)
    yield "other_order", same(train(replace(backwards, architecture=architecture)), first)
    yield "other_arguments", same(train(_arguments_turned(small())), first)
    kernel = ("RandomNormal", {"stddev": 0.05, "seed": 7})
    named = small(
        [FLAT, ("Dense", {"units": 1, "kernel_initializer": kernel})], iterator={"seed": 7}
    )
    again = train(named, replace(PLAN, redraws_seeds=True))
    yield "redrawn", same(again, train(named))
    yield "redrawn_again", same(again, train(named, replace(PLAN, redraws_seeds=True)))


def _arguments_turned(description: Description) -> Description:
    def turned(layer: Any) -> Any:
        arguments = dict(reversed(layer.part.arguments.items()))
        return replace(layer, part=ObjectSpec(layer.part.name, arguments))

    layers = tuple(map(turned, description.architecture.layers))
    return replace(description, architecture=replace(description.architecture, layers=layers))


OPTIMIZERS: dict[str, Spec] = {
    "sgd": ("SGD", {"learning_rate": 0.01}),
    "momentum": ("SGD", {"learning_rate": 0.01, "momentum": 0.9}),
    "nesterov": ("SGD", {"learning_rate": 0.01, "momentum": 0.9, "nesterov": True}),
    "rmsprop": RMSPROP,
    "rmsprop_momentum": ("RMSprop", {"learning_rate": 0.001, "momentum": 0.9}),
    "adam": ADAM,
    "adamw": ("AdamW", {"learning_rate": 0.001, "weight_decay": 0.1}),
    "clipped": ("Adam", {"learning_rate": 0.001, "clipnorm": 0.1, "use_ema": True}),
    "accumulated": ("Adam", {"learning_rate": 0.001, "gradient_accumulation_steps": 2}),
    "scheduled": (
        "RMSprop",
        {
            "learning_rate": (
                "PiecewiseConstantDecay",
                {"boundaries": (3,), "values": (0.001, 0.0001)},
            )
        },
    ),
    "nadam": ("Nadam", {"learning_rate": 0.001}),
    "centered": ("RMSprop", {"learning_rate": 0.001, "centered": True}),
    "amsgrad": ("Adam", {"learning_rate": 0.001, "amsgrad": True}),
}


def kernels() -> Iterator[tuple[str, Any]]:
    model = build(small([FLAT, ONE]).architecture).model
    start = model.get_weights()
    for name, optimizer in OPTIMIZERS.items():
        plain = _updated(model, start, optimizer, fused=False)
        fused = _updated(model, start, optimizer, fused=True)
        yield name, {"fused": fused[0], "distance": _distance(plain[1], fused[1])}


def _updated(model: Any, start: list[Any], optimizer: Spec, *, fused: bool) -> tuple[bool, Any]:
    """Update a model's weights a few times; return whether by kernels, and the weights."""
    model.set_weights(start)
    model.compile(objects.optimizer(part(optimizer)), "mse")
    by_kernels = fused and fuse(model)
    model.optimizer.build(model.trainable_variables)
    draw = np.random.default_rng(1)
    for _ in range(5):
        gradients = [draw.standard_normal(each.shape, np.float32) for each in start]
        model.optimizer.apply(list(map(tf.constant, gradients)))
    return by_kernels, model.get_weights()


def _distance(first: list[Any], second: list[Any]) -> float:
    pairs = zip(first, second, strict=True)
    return max(float(np.max(np.abs(one - other))) for one, other in pairs)


def orders() -> Iterator[tuple[str, Any]]:
    yield "dense", _rewritten([FLAT, dense(512), ONE], quicken)
    yield (
        "pooled",
        _rewritten([conv(8), POOL, conv(8, use_bias=False), POOL, FLAT, ONE], pool_first),
    )
    seen_elsewhere: list[Spec] = [conv(8), POOL, ("MaxPooling2D", {"pool_size": (2, 2)}, (1,))]
    yield "elsewhere", _rewritten([*seen_elsewhere, ("Add", {}, (2, 3)), FLAT, ONE], pool_first)
    for name, layer in (
        ("no_relu", conv(8, activation="tanh")),
        ("regularised", conv(8, activity_regularizer=("L2", {"l2": 0.1}))),
    ):
        yield name, _rewritten([layer, POOL, FLAT, ONE], pool_first)


def _rewritten(layers: list[Spec], rewrite: Any) -> dict[str, Any]:
    """Compare a model's outputs and gradients before and after it was rewritten."""
    model = build(small(layers).architecture).model
    images = tf.constant(np.random.default_rng(1).random((10, 24, 24, 3), np.float32))
    plain = _computed(model, images)
    rewrite(model)
    again = _computed(model, images)
    return {
        "layers": [place for place, layer in enumerate(model.layers) if "call" in vars(layer)],
        "outputs": bool(np.array_equal(plain[0], again[0])),
        "distance": _distance(plain, again),
    }


def _computed(model: Any, images: Any) -> list[Any]:
    with tf.GradientTape() as tape:
        tape.watch(images)
        outputs = model(images)
    found = [outputs, *tape.gradient(outputs, [images, *model.trainable_variables])]
    return [each.numpy() for each in found]


# Loading and measuring


def loading() -> Iterator[tuple[str, Any]]:
    described = of_files(small().loader)
    yield "turned", told(train(turned()))["images"]
    yield "turned_labels", _refusal(replace(described, classes=described.classes[::-1]))
    yield "one_class", _refusal(replace(described, classes=("happy",)))
    yield "more_classes", _refusal(replace(described, classes=("happy", "neutral", "sad")))
    yield "parent", _refusal(replace(described, classes=("happy_or_sad",)))
    yield "outside", _refusal(replace(described, classes=("..", "sad")))
    yield "other_files", _refusal(replace(described, files="0" * 64))
    backwards = load_all(replace(described, classes=("sad", "happy")), DATASET)
    yield "backwards", [backwards.class_indices, backwards.shifted(1).tolist()]
    tagged = replace(described, generator={"rescale": Number("float64", 1 / 255)})
    yield (
        "tagged",
        [
            type(
                RecordingIterator(
                    DATASET, each.generator, each.iterator
                ).image_data_generator.rescale
            ).__name__
            for each in (described, tagged)
        ],
    )
    changing = replace(described, generator={"rotation_range": 90.0, "horizontal_flip": True})
    loader = load_all(changing, DATASET)
    before = _states()
    both = [[images.sum() for images, _ in batches(loader, 80, seed)] for seed in (1, 1)]
    yield "unchanged", both[0] == both[1]
    yield "undisturbed", before == _states()
    flat = [label for _, batch in batches(loader, 20, 1) for label in batch.tolist()]
    yield "labels", sorted(flat) == [0] * 40 + [1] * 40
    yield "mixed", flat != sorted(flat)


def turned(**more: Any) -> Description:
    """Describe a training on small images whose labels are exchanged."""
    made = small(**more)
    loader = of_files(made.loader)
    return _as_found(replace(made, loader=replace(loader, classes=loader.classes[::-1])))


def _states() -> str:
    return repr((random.getstate(), np.random.get_state()))  # noqa: NPY002 - Keras draws from it


def _refusal(loader: LoaderSpec) -> str:
    try:
        train(replace(small(), loader=loader))
    except Refused as reason:
        return str(reason)
    return ""


def measuring() -> Iterator[tuple[str, Any]]:
    normalised = small([conv(8), NORMAL, POOL, FLAT, ("Dropout", {"rate": 0.5}), ONE])
    model = build(normalised.architecture).model
    meter = meter_of(model, normalised)
    before = [each.copy() for each in model.get_weights()]
    yield "twice", meter.by_batch_statistics() == meter.by_batch_statistics()
    yield "restored", all(map(np.array_equal, before, model.get_weights()))
    inference = meter.inference()
    meter.by_batch_statistics()
    yield "inference_after", meter.inference() == inference
    without = meter_of(build(small().architecture).model, small())
    yield "without", without.by_batch_statistics()
    for name, bias, loss in (
        ("constant", 0.1, LOSS),
        ("logits", 0.1, ("BinaryCrossentropy", {"from_logits": True})),
    ):
        yield name, _always(bias, loss)


def _always(bias: float, loss: Spec) -> float:
    """Return how often a model tells the second class that puts out the same for every image."""
    layers: list[Spec] = [
        ("GlobalAveragePooling2D", {}),
        (
            "Dense",
            {
                "units": 1,
                "kernel_initializer": ("Zeros", {}),
                "bias_initializer": ("Constant", {"value": bias}),
            },
        ),
    ]
    description = small(layers, loss=loss)
    meter = meter_of(build(description.architecture).model, description)
    images, _ = next(batches(meter._loader, 20, 1))
    outputs = np.asarray(meter._predict(images))
    return float(meter._view.correct(outputs, np.ones(len(images))).max() / len(images))


ACTIVATIONS = {
    "linear": np.linspace(-4, 4, 9),
    "tanh": np.linspace(-1, 1, 9),
    "relu": np.linspace(0, 4, 9),
    "sigmoid": np.linspace(0, 1, 9),
}
LOGITS = {"from_logits": True}
OF_ONE_UNIT: dict[str, Spec] = {
    "shares": LOSS,
    "logits": ("BinaryCrossentropy", LOGITS),
    "focal": ("BinaryFocalCrossentropy", LOGITS),
    "hinge": ("Hinge", {}),
    "squared_hinge": ("SquaredHinge", {}),
    "mse": ("MeanSquaredError", {}),
    "mae": ("MeanAbsoluteError", {}),
    "huber": ("Huber", {}),
    "log_cosh": ("LogCosh", {}),
}


def thresholds() -> Iterator[tuple[str, Any]]:
    labels = np.array([0, 1])
    for name, loss in OF_ONE_UNIT.items():
        view = view_of(small(loss=loss))
        for activation, outputs in ACTIVATIONS.items():
            best = [_least_loss(objects.loss(part(loss)), label, outputs) for label in labels]
            constant = max(
                view.correct(np.full((2, 1), output), labels).max() for output in outputs
            )
            yield (
                f"{name}-{activation}",
                [int(view.correct(np.array(best), labels).max()), int(constant)],
            )


def _least_loss(loss: Any, label: int, outputs: Any) -> float:
    """Return that output of one unit which Keras' loss likes best for a label."""
    losses = [float(loss(np.array([[float(label)]]), np.array([[output]]))) for output in outputs]
    return float(outputs[int(np.argmin(losses))])


def outputs() -> Iterator[tuple[str, Any]]:
    labels = np.array([0, 1, 0, 1])
    for name, loss, found in (
        ("sigmoid_with_logits_loss", OF_ONE_UNIT["logits"], (0.4, 0.6, 0.1, 0.9)),
        ("small_logits", OF_ONE_UNIT["logits"], (-0.2, 0.2, -3.0, 0.1)),
        ("large_logits", OF_ONE_UNIT["logits"], (0.4, 3.0, -3.0, 0.6)),
        ("tanh_with_hinge", OF_ONE_UNIT["hinge"], (-0.4, 0.3, -0.1, 0.1)),
        ("small_shares", LOSS, (-0.2, 0.2, -3.0, 0.1)),
    ):
        yield name, int(view_of(small(loss=loss)).correct(np.array(found), labels).max())
    several = np.array([[0.9, 0.1], [-3, 2], [0.51, 0.5], [0.1, 0.9]])
    yield "several", int(view_of(small()).correct(several, labels).max())


# The accuracy of epochs


class Shares:
    """Stands in for a meter."""

    images = 80

    def __init__(self, *shares: float) -> None:
        self._shares = iter(shares)

    def shares(self) -> tuple[float, None]:
        return next(self._shares), None


def accuracies() -> Iterator[tuple[str, Any]]:
    whole, half = {"batch_size": 80}, {"batch_size": 40}
    for name, description, images in (
        ("ordinary", small(), 80),
        ("unmixed", small(iterator={"shuffle": False}), 80),
        ("two_updates", small(iterator=half), 80),
        ("one_update", small(iterator=whole), 80),
        ("few_steps", small(fit={"epochs": 9, "steps_per_epoch": 4}), 40),
    ):
        measured = EpochAccuracy(Shares(0.9875, 1.0, 0.5), description, "accuracy", TARGET)  # type: ignore[arg-type]
        means = (0.5, 0.89, 0.9, 0.975, 1.0, 1.0)
        made = [measured.after({"accuracy": mean}, images)[1] for mean in means]
        yield name, [made, measured.telling]
    for name, targets in (("several_targets", (0.9, 0.999)), ("lower_target", (0.8,))):
        plan = replace(PLAN, targets=targets)
        measured = EpochAccuracy(Shares(0.7875, 0.95, 1.0), small(), "accuracy", plan)  # type: ignore[arg-type]
        means = (0.75, 0.8125, 0.9, 0.975, 1.0, 1.0)
        yield name, [measured.after({"accuracy": mean}, 80)[1] for mean in means]
    described = small()
    ended = EpochAccuracy(Shares(0.9875, 0.5), described, "accuracy", TARGET)  # type: ignore[arg-type]
    ended.after({"accuracy": 1.0}, 80)
    yield "known", ended.final()
    best: dict[str, Any] = {
        "callbacks": (("EarlyStopping", {"monitor": "loss", "restore_best_weights": True}),)
    }
    put_back = EpochAccuracy(Shares(0.9875, 0.5), small(**best), "accuracy", TARGET)  # type: ignore[arg-type]
    put_back.after({"accuracy": 1.0}, 80)
    yield "put_back", put_back.final()


def own_metric() -> Iterator[tuple[str, Any]]:
    for name, metric in (
        ("none", None),
        ("unsuited", ("CategoricalAccuracy", {"name": "accuracy"})),
    ):
        metrics = (part(metric),) if metric else ()
        made = small()
        made = replace(made, compile=replace(made.compile, metrics=metrics))
        trained = train(made)
        yield (
            name,
            [
                sorted(trained.epochs[0].logs),
                [0 < (epoch.running or 0) < 1 for epoch in trained.epochs],
            ],
        )
    one_hot = small(iterator={"class_mode": "categorical"})
    for name, description, units in (("one", small(), 1), ("two", small(), 2), ("hot", one_hot, 2)):
        bare = replace(description, compile=replace(description.compile, metrics=()))
        yield name, with_accuracy(bare, units, one_hot=name == "hot")[0].metrics[0].name


# Classes


def classes() -> Iterator[tuple[str, Any]]:
    tables = (
        ("losses", LOSSES, objects.loss),
        (
            "metrics",
            {name: METRICS[name] for name in METRICS if name != "accuracy"},
            objects.metric,
        ),
        ("callbacks", CALLBACKS, objects.callback),
    )
    for name, table, make in tables:
        made = [
            make(ObjectSpec(each, {"name": "m"} if name == "metrics" else {})) for each in table
        ]
        yield name, [type(each).__name__ for each in made] == list(table)
    yield "short_word", objects.metric(part(ACCURACY))


TOPICS = (
    epochs, replies, ways, kernels, orders, loading, measuring, thresholds, outputs, accuracies,
    own_metric, classes,
)  # fmt: skip

if __name__ == "__main__":
    trainer.prepare(1)
    found = {topic.__name__: dict(topic()) for topic in TOPICS}
    keras.backend.clear_session()
    sys.stdout.write(json.dumps(found))
