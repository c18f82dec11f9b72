"""Legal arguments of loaders, compile and fit, run for real: each is trained, or told rightly."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from at_hand import CHOICE
from happy_or_sad.submission import CONV, FLAT, INPUT, LOADER, OUT, POOL, Edit, Variant, model

from grader.kernel.kernels import Kernels
from grader.pipeline import Entry, Pipeline
from grader.report.document import Report

Grade = Callable[[str], Report]
NORMAL, HIDDEN = "BatchNormalization()", 'Dense(128, activation="relu")'
QUICK = (INPUT, CONV, NORMAL, POOL, CONV, NORMAL, POOL, CONV, NORMAL, POOL, FLAT, HIDDEN)
FIT = "train_generator, epochs=20, callbacks=[callbacks]"
METRIC = 'tf.keras.metrics.CategoricalAccuracy(name="accuracy")'


def _variant(name: str, why: str, loses: set[str], *edits: Edit, **compiled: str) -> Variant:
    return Variant(name, why, edits, frozenset(loses), model(*QUICK, OUT, **compiled))


def _loader(more: str) -> Edit:
    return LOADER, 'class_mode="binary"', f'class_mode="binary", {more}'


VARIANTS = {
    variant.id: variant
    for variant in (
        _variant(
            "classes", "the labels are exchanged", set(), _loader('classes=["sad", "happy"]')
        ),
        _variant(
            "one-class", "there is nothing to tell apart",
            {"images_found", "target_reached", "stopped_by_callback"},
            _loader('classes=["happy"]'),
        ),
        _variant("steps", "half the images an epoch", set(), fit=f"{FIT}, steps_per_epoch=4"),
        _variant(
            "whole", "one batch an epoch", {"batch_size"},
            (LOADER, "batch_size=10", "batch_size=128"),
            optimizer="optimizers.Adam(learning_rate=0.001)",
        ),
        _variant(
            "logits", "Keras takes a sigmoid's output for a share, whatever the loss was told",
            {"output_layer", "loss"}, loss="losses.BinaryCrossentropy(from_logits=True)",
        ),
        _variant(
            "unsuited", "the metric says nothing of one output; the network learns all the same",
            {"metric", "stopped_by_callback"}, metrics=f"[{METRIC}]",
            fit="train_generator, epochs=5, callbacks=[callbacks]",
        ),
    )
}  # fmt: skip


@pytest.fixture(scope="module")
def grade(kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> Grade:
    pipeline, folder = Pipeline(kernels, CHOICE), tmp_path_factory.mktemp("arguments")
    made: dict[str, Report] = {}

    def graded(name: str) -> Report:
        if name not in made:
            path: Path = folder / f"{name}.ipynb"
            nbformat.write(VARIANTS[name].notebook(), path)
            made[name] = pipeline.grade(Entry(path, name, path.name)).report
        return made[name]

    return graded


@pytest.mark.parametrize("name", VARIANTS)
def test_it_loses_what_it_should_and_nothing_else(name: str, grade: Grade) -> None:
    lost = {check.id for check in grade(name).checks if check.status.value != "passed"}
    assert lost == VARIANTS[name].loses


def test_of_one_class_alone_is_said_which(grade: Grade) -> None:
    assert (
        grade("one-class").trainings[0].goals[0].shortfall
        == "line 24 of train_happy_sad_model: the loader shows only the class happy"
    )


def test_a_target_that_was_measured_was_measured(grade: Grade) -> None:
    [training] = grade("steps").trainings
    assert max(filter(None, training.measured)) == 1.0
