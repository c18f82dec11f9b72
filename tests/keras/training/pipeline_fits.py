"""``pipeline_fits.py HOW NAME FOLDER``: trains on one of ``pipelines``, and prints the curves.

HOW is ``plainly``, as a script of one's own would; or ``described``: then the dataset and the fit
are described in one process and trained in another.
"""
# ruff: noqa: T201

import json
import os
import sys
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from keras import layers
from pipelines import DESCRIBED, use

from grader.probe.describing.creation import watch_creation
from grader.probe.describing.datasets import watch_datasets
from grader.probe.describing.request import describe
from grader.training import trainer
from grader.training.accept import accept
from grader.training.results import TrainingPlan

SEED, EPOCHS = 3, 3
# What fit is given besides.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "repeated": {"steps_per_epoch": 4},
    "shuffled_without_a_seed": {"steps_per_epoch": 3},
    "both_parts": {"class_weight": {0: 1.0, 1: 2.0}, "validation_freq": 2},
}


def fit(name: str, folder: Path) -> tuple[Any, dict[str, Any]]:
    """Return a compiled model, and what its ``fit`` is given."""
    keras.utils.set_random_seed(SEED)
    train, val = DESCRIBED[name](str(folder))
    images, labels = train.element_spec
    units = labels.shape[1] if labels.shape.rank == 2 else 1
    units = 2 if labels.dtype.is_integer else units
    losses = {1: "binary_crossentropy", 2: "categorical_crossentropy"}
    loss = "sparse_categorical_crossentropy" if labels.dtype.is_integer else losses[units]
    model = keras.Sequential(
        [
            keras.Input(images.shape[1:]),
            layers.Conv2D(4, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(units, activation="sigmoid" if units == 1 else "softmax"),
        ]
    )
    model.compile("adam", loss, metrics=["accuracy"])
    given = {"x": train, "validation_data": val, "epochs": EPOCHS}
    return model, given | ARGUMENTS.get(name, {})


def plainly(name: str, folder: Path) -> dict[str, list[float]]:
    """Train as a script does."""
    model, given = fit(name, folder)
    curves: dict[str, list[float]] = model.fit(**given, verbose=0).history
    return curves


def description(name: str, folder: Path) -> bytes:
    """Describe a fit in a process of its own."""
    end, start = os.pipe()
    if os.fork() == 0:
        watch = watch_creation()
        watch_datasets()
        found = describe(*fit(name, folder), watch).description
        os.write(start, json.dumps(found).encode())
        os._exit(0)
    os.close(start)
    with os.fdopen(end, "rb") as told:
        return told.read()


def described(name: str, folder: Path) -> dict[str, list[float]]:
    """Train as the grader does, where nothing of TensorFlow has run."""
    asked = accept(description(name, folder))
    trainer.prepare(1)
    trained = trainer.train(asked, folder, TrainingPlan(SEED, exact=True))
    names = dict.fromkeys(name for epoch in trained.epochs for name in epoch.logs)
    return {
        name: [epoch.logs[name] for epoch in trained.epochs if name in epoch.logs] for name in names
    }


if __name__ == "__main__":
    use()
    how, name, folder = sys.argv[1:]
    if how == "plainly":
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    print(json.dumps({"plainly": plainly, "described": described}[how](name, Path(folder))))
