"""Calls ``fit`` with arrays and prints what is asked of the grader; for test_given_arrays.py."""
# ruff: noqa: T201
# mypy: disable-error-code="misc,no-untyped-call"

import inspect
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import graders
import keras
import numpy as np
import prepared
import tensorflow as tf
from keras import layers
from keras.src.backend.common import global_state
from prepared import CLASSES, SPLITS, TRAINED, VALIDATED, X_TEST, Y_TEST, F, X, Y, one_hot

from grader.probe import fitting
from grader.probe.describing.arrays import OwnArrays
from grader.probe.describing.creation import watch_creation
from grader.probe.fitting.connection import Connection

Given = dict[str, Any]
Case = Callable[[Path], Given]
LOGS = [{"accuracy": 0.5, "loss": 0.7, "val_accuracy": 0.4, "val_loss": 0.8}] * 2
FIT = inspect.unwrap(keras.Model.fit)
PLAIN = FIT.__code__


def model(x: Any, y: Any, shape: Any = None, *, deferred: bool = False) -> Any:
    several = np.ndim(y) > 1 and np.shape(y)[1] > 1
    start = [] if deferred else [keras.Input(shape or np.shape(x)[1:])]
    made = keras.Sequential([*start, layers.Flatten(), layers.Dense(CLASSES, "softmax")])
    loss = "categorical_crossentropy" if several else "sparse_categorical_crossentropy"
    made.compile("sgd", loss, metrics=["accuracy"], run_eagerly=not deferred)
    return made


def answer(connection: Connection, asked: Given) -> None:
    """Say that a model has been trained: one batch an epoch, to weights of zero."""
    description = asked["description"]
    (shape,) = [
        layer["arguments"]["shape"]
        for layer in description["architecture"]["layers"]
        if layer["part"] == "InputLayer"
    ]
    weights = [np.zeros(each, "float32") for each in ((math.prod(shape), CLASSES), (CLASSES,))]
    graders.epochs(LOGS[: description["fit"]["epochs"]], weights)(connection, asked)


class Kernel:
    """Fits as a kernel does whose grader answers at once.

    Args:
        own: The dataset's own arrays.
    """

    def __init__(self, own: OwnArrays) -> None:
        self._watch = watch_creation()
        self._own = own

    def fit(self, *, deferred: bool = False, **given: Any) -> Given:
        """Return what was asked, who trains, and what is left, or what was raised."""
        connection, asked = graders.playing([answer])
        FIT.__code__ = PLAIN
        ways = fitting.install(connection, self._watch, self._own)
        found = left(given, deferred=deferred)
        return found | ways[0].told() | {"asked": asked and asked[0]["description"]}


def left(given: Given, *, deferred: bool = False) -> Given:
    """Fit, and return what can be told of it afterwards."""
    made = model(given["x"], given["y"], given.pop("shape", None), deferred=deferred)
    before = names_used()
    try:
        history = made.fit(**given, verbose=0)
    except Exception as error:  # noqa: BLE001 - Keras' own
        return {"raised": type(error).__name__}
    return {
        "params": history.params,
        "epoch": history.epoch,
        "names": dict(names_used() - before),
        "metrics": [metric.name for metric in made.metrics],
        "input_shape": made.input_shape,
    }


def names_used() -> Counter[str]:
    """Return how many names of each kind Keras has given."""
    return Counter(global_state.get_global_attribute("object_name_uids"))


def ways(kernel: Kernel) -> Iterator[tuple[str, Any]]:
    others = {name: make for name, (make, _) in prepared.OTHERS.items()}
    for name, make in {**prepared.DESCRIBED, **others, **FORGED}.items():
        x, y = make()
        # One batch: what is trained here takes time.
        yield name, kernel.fit(x=x, y=y, steps_per_epoch=1)


def holding(x: prepared.Array, y: prepared.Array) -> prepared.Array:
    """Return images with a pixel that says which class they are of."""
    x = x.copy()
    x[:, 0, 0] = y / CLASSES
    return x


# What somebody might try who would rather not train.
FORGED: dict[str, Callable[[], prepared.Pair]] = {
    "labels_changed": lambda: (F, np.where(Y == 0, 1, Y)),
    "one_label_changed": lambda: (F, np.concatenate([[(Y[0] + 1) % CLASSES], Y[1:]])),
    "one_sample_changed": lambda: (np.concatenate([1 - F[:1], F[1:]]), Y),
    "labels_in_pixels": lambda: (holding(F, Y), Y),
    "labels_as_images": lambda: (np.broadcast_to(Y[:, None, None] / 9, X.shape).copy(), Y),
    "one_class": lambda: (F[Y == 3], Y[Y == 3]),
    "test_samples": lambda: (X_TEST / 255, Y_TEST),
    "test_samples_added": lambda: (np.concatenate([X, X_TEST]), np.concatenate([Y, Y_TEST])),
    "labels_of_the_test": lambda: (F[:60], Y_TEST),
}


def weights_of_classes(y: Any) -> Any:
    return np.where(y == 3, 2.0, 0.5)


CASES: dict[str, Callable[[], Given]] = {
    "tensors": lambda: {"x": tf.constant(F), "y": tf.constant(Y)},
    "batches": lambda: {"x": F, "y": Y, "batch_size": np.int64(50)},
    "steps": lambda: {"x": F, "y": Y, "steps_per_epoch": 7},
    "validation": lambda: {"x": F, "y": Y, "validation_data": (X_TEST / 255, Y_TEST)},
    "validation_in_a_list": lambda: {"x": F, "y": Y, "validation_data": [F, Y]},
    "of_train_test_split": lambda: {
        "x": F[TRAINED], "y": one_hot(Y[TRAINED]), "batch_size": 64,
        "validation_data": (F[VALIDATED], one_hot(Y[VALIDATED])), "validation_batch_size": 16,
    },
    "validation_steps": lambda: {
        "x": F, "y": Y, "validation_data": (F, Y), "validation_steps": 2,
    },
    "validation_split": lambda: {"x": F, "y": Y, "validation_split": 0.2, "batch_size": 10},
    "split_in_double": lambda: {"x": F, "y": Y, "validation_split": np.float64(0.1)},
    "split_of_nothing": lambda: {
        "x": F, "y": Y, "validation_split": 0.5, "validation_data": (X_TEST / 255, Y_TEST),
    },
    "sample_weight": lambda: {
        "x": F[:90], "y": Y[:90], "sample_weight": weights_of_classes(Y[:90]),
    },
    "class_weight": lambda: {"x": F, "y": Y, "class_weight": {3: 2.0}},
    "channel_added": lambda: {"x": F, "y": Y, "shape": (28, 28, 1)},
    "channel_left_out": lambda: {
        "x": F[..., None], "y": Y, "shape": (28, 28),
        "validation_data": (X_TEST[..., None], Y_TEST),
    },
    "two_epochs": lambda: {"x": F, "y": Y, "epochs": 2},
}  # fmt: skip
REFUSED: dict[str, Callable[[], Given]] = {
    "weights_of_samples": lambda: {"x": F, "y": Y, "sample_weight": np.linspace(0, 1, len(Y))},
    "weights_in_a_column": lambda: {"x": F, "y": Y, "sample_weight": np.ones((len(Y), 1))},
    "weights_of_validation": lambda: {"x": F, "y": Y, "validation_data": (F, Y, np.ones(len(Y)))},
    "validation_changed": lambda: {"x": F, "y": Y, "validation_data": (prepared.noisy(X), Y)},
    "split_in_single": lambda: {"x": F, "y": Y, "validation_split": np.float32(0.1)},
    "split_of_all": lambda: {"x": F, "y": Y, "validation_split": 1.0},
    "size": lambda: {"x": F, "y": Y, "batch_size": 10.0},
}


def cases(kernel: Kernel, folder: Path) -> Iterator[tuple[str, Any]]:
    np.save(folder / "mapped.npy", F)
    mapped = np.load(folder / "mapped.npy", mmap_mode="r")
    yield "mapped", kernel.fit(x=mapped, y=Y)
    for name, make in {**CASES, **REFUSED}.items():
        yield name, kernel.fit(**make())


# Of the last one, no batch has a fixed length.
ALIKE = (
    "validation", "of_train_test_split", "steps", "channel_added", "validation_split", "batches",
)  # fmt: skip
DEFERRED = ("validation_split", "batches")


def alike(kernel: Kernel) -> Iterator[tuple[str, Any]]:
    """Yield what is left of a training by Keras, and of one by a grader."""
    for name in ALIKE:
        FIT.__code__ = PLAIN
        plainly = left(CASES[name](), deferred=name in DEFERRED)
        yield name, [plainly, kernel.fit(**CASES[name](), deferred=name in DEFERRED)]


def main(folder: Path) -> Given:
    """Write the dataset's own arrays down, and fit."""
    folders = {}
    for name, split in SPLITS.items():
        folders[name] = str(folder / name)
        (folder / name).mkdir()
        np.save(folder / name / "x.npy", split.x)
        np.save(folder / name / "y.npy", split.y)
    kernel = Kernel(OwnArrays(folders))
    return {
        "ways": dict(ways(kernel)),
        "cases": dict(cases(kernel, folder)),
        "alike": dict(alike(kernel)),
    }


if __name__ == "__main__":
    shown = main(Path(sys.argv[1]))
    print()
    print(json.dumps(shown))
