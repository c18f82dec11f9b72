"""Keras' callbacks that write files, where the grader trains: they leave what they leave of fit."""

import json
from pathlib import Path
from typing import Any

import pytest

from grader.kernel.job import Job
from grader.kernel.kernels import Kernels
from grader.records import PlannedCell, Role

EPOCHS = 4
SET_UP = """\
import glob, json, os, sys
begins_with = [name for name in ("sklearn.metrics", "tensorboard") if name in sys.modules]

import keras
import numpy as np
import tensorflow as tf
from keras import callbacks
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

images = tf.keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255).flow_from_directory(
    "../data/faces", target_size=(8, 8), batch_size=3, class_mode="binary", shuffle=False
)

def built():
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("sgd", "binary_crossentropy", metrics=["accuracy"])
    return model

def fit(*given, model=None):
    return (model or built()).fit(
        images, validation_data=images, epochs=4, callbacks=list(given), verbose=0
    )

def scalars(folder):
    read = EventAccumulator(folder)
    read.Reload()
    return {tag: [event.step for event in read.Tensors(tag)] for tag in read.Tags()["tensors"]}

def values(folder, tag):
    read = EventAccumulator(folder)
    read.Reload()
    return [float(tf.make_ndarray(event.tensor_proto)) for event in read.Tensors(tag)]

class Keeps(callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.kept = []

    def on_epoch_end(self, epoch, logs=None):
        self.kept.append(self.model.get_weights())

def epochs_of(weights, kept):
    return [
        epoch for epoch, each in enumerate(kept)
        if all(np.array_equal(one, other) for one, other in zip(weights, each))
    ]
"""
EPOCH_BY_EPOCH = """\
keeps = Keeps()
lowest = callbacks.ModelCheckpoint("lowest.keras", save_best_only=True)
highest = callbacks.ModelCheckpoint("highest.keras", "val_loss", save_best_only=True, mode="max")
history = fit(
    keeps,
    lowest,
    highest,
    callbacks.TensorBoard(log_dir="logs/run"),
    callbacks.ModelCheckpoint("all/{epoch:02d}-{val_accuracy:.2f}.keras", "val_accuracy"),
    callbacks.ModelCheckpoint("w/{epoch:02d}-{loss:.4f}.weights.h5", save_weights_only=True),
    callbacks.CSVLogger("log.csv"),
    callbacks.BackupAndRestore("backup", delete_checkpoint=False),
    callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.9),
)
best = keras.models.load_model("lowest.keras")
other = built()
losses = {}
for path in sorted(glob.glob("w/*")):
    other.load_weights(path)
    losses[path] = other.evaluate(images, verbose=0)[0]
saved = {
    path: epochs_of(keras.models.load_model(path).get_weights(), keeps.kept)
    for path in ("lowest.keras", "highest.keras", *sorted(glob.glob("all/*")))
}
print(json.dumps({
    "begins_with": begins_with,
    "history": history.history,
    "saved": saved,
    "losses": losses,
    "evaluated": best.evaluate(images, verbose=0)[0],
    "train": scalars("logs/run/train"),
    "validation": scalars("logs/run/validation"),
    "written": values("logs/run/validation", "epoch_loss"),
    "log": open("log.csv").read().splitlines(),
    "backup": sorted(os.listdir("backup")),
}))
"""
ALL_OF_IT = """\
fit(
    callbacks.TensorBoard(
        "logs/all", histogram_freq=1, write_images=True, write_steps_per_second=True,
        update_freq="batch", profile_batch=(2, 4), embeddings_freq=1,
    )
)
print(json.dumps(scalars("logs/all/train")))
"""
WITHIN = (
    "fit(callbacks.ModelCheckpoint('within.keras', save_freq=1))\nprint(len(glob.glob('within*')))"
)
SUBCLASS = """\
class Watches(callbacks.ModelCheckpoint):
    def on_train_batch_end(self, batch, logs=None):
        self.model.get_weights()

fit(Watches("watched.keras"))
print(1)
"""
REPLACED = """\
def watch(self, batch, logs=None):
    self.model.get_weights()

callbacks.CSVLogger.on_train_batch_end = watch
fit(callbacks.CSVLogger("other.csv"))
print(1)
"""
SCORES = """\
import warnings
warnings.simplefilter("error")
from sklearn.metrics import confusion_matrix, f1_score, precision_score, recall_score
from sklearn.model_selection import train_test_split

told, true = np.array([0, 1, 1, 1]), np.array([0, 1, 0, 1])
shares = [float(score(true, told)) for score in (precision_score, recall_score, f1_score)]
print(json.dumps([confusion_matrix(true, told).tolist(), shares, len(train_test_split(true)[0])]))
"""
CELLS = (SET_UP, EPOCH_BY_EPOCH, ALL_OF_IT, WITHIN, SUBCLASS, REPLACED, SCORES)


@pytest.fixture(scope="module")
def ran(images: Path, kernels: Kernels) -> dict[str, Any]:
    cells = [PlannedCell(source, Role.OPTIONAL) for source in CELLS]
    run = kernels.run(Job(cells, {}, images, "faces", 1, dataset_sha256="0" * 64, epochs=EPOCHS))
    outputs = [cell.outputs for cell in run.notebook.cells[1:]]
    said = ["".join(each.get("text", "") for each in of_one) for of_one in outputs]
    fits = [run.evidence.fits[number] for number in sorted(run.evidence.fits)]
    names = ("epochs", "all", "within", "subclass", "replaced", "scores")
    found = {
        name: json.loads(each.splitlines()[-1]) for name, each in zip(names, said, strict=True)
    }
    return found | {"ways": [(fit.path, fit.reason) for fit in fits]}


@pytest.fixture(scope="module")
def seen(ran: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = ran["epochs"]
    return found


def test_the_grader_trains_with_all_that_are_called_once_an_epoch(ran: dict[str, Any]) -> None:
    assert ran["ways"][0] == ("grader", "")


def test_the_grader_trains_whatever_a_tensorboard_is_asked_to_write(ran: dict[str, Any]) -> None:
    assert ran["ways"][1] == ("grader", "")


@pytest.mark.parametrize(("path", "choose"), [("lowest.keras", min), ("highest.keras", max)])
def test_the_best_model_is_that_of_the_best_epoch(
    seen: dict[str, Any], path: str, choose: Any
) -> None:
    losses = seen["history"]["val_loss"]
    assert seen["saved"][path] == [losses.index(choose(losses))]


def test_a_model_that_is_loaded_is_worth_what_its_epoch_logged(seen: dict[str, Any]) -> None:
    assert seen["evaluated"] == pytest.approx(min(seen["history"]["val_loss"]), rel=1e-5)


def test_files_are_named_by_epoch_and_logs_and_are_of_their_epoch(seen: dict[str, Any]) -> None:
    accuracies = seen["history"]["val_accuracy"]
    expected = {
        f"all/{epoch + 1:02d}-{accuracy:.2f}.keras": [epoch]
        for epoch, accuracy in enumerate(accuracies)
    }
    assert {name: of for name, of in seen["saved"].items() if "/" in name} == expected


def test_weights_alone_are_saved_of_each_epoch(seen: dict[str, Any]) -> None:
    names = [
        f"w/{at + 1:02d}-{loss:.4f}.weights.h5" for at, loss in enumerate(seen["history"]["loss"])
    ]
    assert list(seen["losses"]) == names
    assert list(seen["losses"].values()) == pytest.approx(seen["history"]["val_loss"], rel=1e-5)


def test_tensorboard_writes_what_each_epoch_logged(seen: dict[str, Any]) -> None:
    each = list(range(EPOCHS))
    assert seen["train"] == {
        "keras": [0], "epoch_accuracy": each, "epoch_loss": each, "epoch_learning_rate": each,
    }  # fmt: skip
    assert seen["validation"] == {"epoch_accuracy": each, "epoch_loss": each}
    assert seen["written"] == pytest.approx(seen["history"]["val_loss"], rel=1e-6)


def test_a_log_and_a_backup_are_written(seen: dict[str, Any]) -> None:
    assert len(seen["log"]) == 1 + EPOCHS
    assert seen["backup"] == ["latest.weights.h5", "training_metadata.json"]


def test_tensorboard_writes_batches_histograms_and_images(ran: dict[str, Any]) -> None:
    batches = list(range(1, 2 * EPOCHS + 1))
    assert ran["all"]["batch_loss"] == ran["all"]["batch_steps_per_second"] == batches
    for what in ("kernel/histogram", "bias/histogram", "kernel/image"):
        assert [steps for tag, steps in ran["all"].items() if tag.endswith(what)] == [[0, 1, 2, 3]]


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (2, "the callback ModelCheckpoint saves weights within an epoch"),
        (3, "the callback Watches uses the model's get_weights in on_train_batch_end"),
        (4, "the callback CSVLogger uses the model's get_weights in on_train_batch_end"),
    ],
)
def test_what_needs_the_model_within_an_epoch_trains_in_the_kernel(
    ran: dict[str, Any], at: int, why: str
) -> None:
    path, reason = ran["ways"][at]
    assert path == "kernel"
    assert why in reason


def test_metrics_of_scikit_learn_are_there(ran: dict[str, Any]) -> None:
    assert ran["scores"] == [[[1, 1], [0, 2]], pytest.approx([2 / 3, 1, 0.8]), 3]


def test_who_imports_neither_of_them_has_neither_in_the_kernel(seen: dict[str, Any]) -> None:
    assert seen["begins_with"] == []
