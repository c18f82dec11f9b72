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

from grader.training import objects, trainer
from grader.training.build import build
from grader.training.dense import quicken
from grader.training.description import Description, Fit, Loader, Number, Part, digest
from grader.training.fused import fuse
from grader.training.loader import Images, batches, load_all
from grader.training.measure import Meter, view_of
from grader.training.pooled import pool_first
from grader.training.refusals import Refused
from grader.training.results import Epoch, Plan, Reply, Trained, same
from grader.training.tables.callbacks import CALLBACKS
from grader.training.tables.losses import LOSSES
from grader.training.tables.metrics import METRICS

DATASET = Path(__file__).parents[3] / "data" / "happy_or_sad"
PLAN = Plan(seed=1)
SMALL = {"target_size": (24, 24)}
LAYERS: list[Spec] = [conv(8), POOL, FLAT, dense(16), ONE]


def small(layers: list[Spec] = LAYERS, optimizer: Spec = ADAM, **more: Any) -> Description:
    """Describe a training on small images."""
    fit = more.pop("fit", {"epochs": 2})
    iterator = SMALL | more.pop("iterator", {})
    training = Training(layers, optimizer, iterator=iterator, **more)
    return replace(training.described(DATASET, 1), fit=Fit(**fit))


def meter_of(model: keras.Model, description: Description) -> Meter:
    """Measure a model of a description."""
    return Meter(model, load_all(description.loader, DATASET), 1, view_of(description))


def train(description: Description, plan: Plan = PLAN, report: Any = None) -> Trained:
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
    yield "steps", told(train(small(fit={"epochs": 2, "steps_per_epoch": 3})))
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
    described = description.loader
    found = Images(DATASET, described.generator, described.iterator)
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
    yield "other_seed", same(train(small(), Plan(seed=2)), first)
    backwards = small()
    order = backwards.architecture.created[::-1]
    architecture = replace(backwards.architecture, created=order)
    yield "other_order", same(train(replace(backwards, architecture=architecture)), first)
    yield "other_arguments", same(train(_arguments_turned(small())), first)


def _arguments_turned(description: Description) -> Description:
    def turned(layer: Any) -> Any:
        arguments = dict(reversed(layer.part.arguments.items()))
        return replace(layer, part=Part(layer.part.name, arguments))

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
    described = small().loader
    yield "turned", _refusal(replace(described, classes=described.classes[::-1]))
    yield "one_class", _refusal(replace(described, classes=described.classes[:1]))
    yield "other_files", _refusal(replace(described, files="0" * 64))
    tagged = replace(described, generator={"rescale": Number("float64", 1 / 255)})
    yield (
        "tagged",
        [
            type(
                Images(DATASET, each.generator, each.iterator).image_data_generator.rescale
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
    labels = [label for _, batch in batches(loader, 20, 1) for label in batch.tolist()]
    yield "labels", sorted(labels) == [0] * 40 + [1] * 40
    yield "mixed", labels != sorted(labels)


def _states() -> str:
    return repr((random.getstate(), np.random.get_state()))  # noqa: NPY002 - Keras draws from it


def _refusal(loader: Loader) -> str:
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
    return float(meter._view.told(np.asarray(meter._predict(images))).mean())


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
        made = [make(Part(each, {"name": "m"} if name == "metrics" else {})) for each in table]
        yield name, [type(each).__name__ for each in made] == list(table)
    yield "short_word", objects.metric(part(ACCURACY))


TOPICS = (epochs, replies, ways, kernels, orders, loading, measuring, classes)

if __name__ == "__main__":
    trainer.prepare(1)
    found = {topic.__name__: dict(topic()) for topic in TOPICS}
    keras.backend.clear_session()
    sys.stdout.write(json.dumps(found))
