"""Notebooks that train on ``tf.data`` datasets: the grader trains, and loaders earn points."""

from pathlib import Path

import nbformat
import pytest
import shapes

from grader.assignments.loading import load
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.report.document import Report

SAME = '"../data/shapes/{}", image_size=(8, 8), batch_size=4, label_mode="binary", verbose=False'
LOADER = """\
# GRADED FUNCTION: load_{name}
def load_{name}():
    ### START CODE HERE
    batches = keras.utils.image_dataset_from_directory(
        {given}{more}
    )
    batches = batches.map(lambda x, y: (x / 255, y)).cache(){then}
    ### END CODE HERE
    return batches"""


def loader(name: str, then: str = "", folder: str = "", more: str = "") -> str:
    given = SAME.format(folder or name)
    return LOADER.format(name=name, given=given, more=more, then=then)


TRAIN = loader("train", ".shuffle(4).prefetch(tf.data.AUTOTUNE)")
VALIDATION = loader("validation", more=", shuffle=False")


STEADY = """
@data.check(train.loader, points=5, hint="Which layer draws?")
def training_unchanged(loader: Loader) -> Expectation:
    \"\"\"Training images are shown as they are.\"\"\"
    return loaders.as_they_are(loader)


@data.check(valid.loader, points=5, hint="Which layer draws?")
def validation_unchanged(loader: Loader) -> Expectation:
    \"\"\"Validation images are shown as they are.\"\"\"
    return loaders.as_they_are(loader)
"""
MIRRORED = """
    flip = keras.layers.RandomFlip("horizontal")
    batches = batches.map(lambda x, y: (flip(x), y))"""


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("author") / "shapes"
    return shapes.write(folder, shapes.MODULE + STEADY)


def grade(author: Path, kernels: Kernels, path: Path, **changed: str) -> Report:
    usual = {"load_train": TRAIN, "load_validation": VALIDATION}
    nbformat.write(shapes.notebook(**usual | changed), path)
    pipeline = Pipeline(kernels, Choice((load(author),)))
    return pipeline.grade(Entry(path, path.stem, path.name)).report


@pytest.fixture(scope="module")
def right(author: Path, kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return grade(author, kernels, tmp_path_factory.mktemp("class") / "right.ipynb")


def test_the_grader_trains_on_them(right: Report) -> None:
    assert [(each.source, each.reason) for each in right.trainings] == [("grader", "")]


def test_they_earn_all_points_and_wait_for_nobody(right: Report) -> None:
    assert (right.score.earned, right.verdict) == (right.score.possible, "graded")


def test_one_of_another_split_is_not_trained_on(
    author: Path, kernels: Kernels, tmp_path: Path
) -> None:
    other = loader("train", folder="validation")
    report = grade(author, kernels, tmp_path / "other.ipynb", load_train=other)
    reached = next(check for check in report.checks if check.id == "goal_reached")
    assert (reached.earned, report.trainings[0].source) == (0, "kernel")
    assert "the loader shows the images in ../data/shapes/validation" in str(reached.actual)


def test_what_is_not_described_names_the_line(
    author: Path, kernels: Kernels, tmp_path: Path
) -> None:
    flipped = ".map(lambda x, y: (tf.reverse(x, [2]), y))"
    report = grade(author, kernels, tmp_path / "flipped.ipynb", load_train=loader("train", flipped))
    (training,) = report.trainings
    assert training.source == "kernel-remeasured"
    assert "map in line 7 of load_train computes something" in training.reason


def test_layers_that_are_mapped_change_images_at_random(
    author: Path, kernels: Kernels, tmp_path: Path
) -> None:
    mirrored = {
        "load_train": loader("train", MIRRORED),
        "load_validation": loader("validation", MIRRORED, more=", shuffle=False"),
    }
    report = grade(author, kernels, tmp_path / "mirrored.ipynb", **mirrored)
    told = {check.id: check.actual for check in report.checks if check.id.endswith("unchanged")}
    changed = "changed at random: horizontal_flip"
    assert told == {"training_unchanged": changed, "validation_unchanged": changed}
