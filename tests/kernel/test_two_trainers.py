"""Two functions train in one notebook: each is graded by its own training and its own goals."""

from pathlib import Path

import nbformat
import pytest
import shapes
import two_trainers

from grader.assignments.loading import load
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.records import Status
from grader.report.document import CheckRow, Report

BUILD = two_trainers.DEEP.index("    model = keras")
GOES_ON = f"""{two_trainers.DEEP[:BUILD]}\
    deep_history = history.model.fit(train_batches, epochs=3)
    ### END CODE HERE
    return deep_history"""


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shapes.write(tmp_path_factory.mktemp("author") / "shapes", two_trainers.MODULE)
    nbformat.write(two_trainers.notebook(), folder / "shapes.ipynb")
    return folder


def grade(author: Path, kernels: Kernels, path: Path, **changed: str) -> Report:
    nbformat.write(two_trainers.notebook(**changed), path)
    pipeline = Pipeline(kernels, Choice((load(author),)))
    return pipeline.grade(Entry(path, path.stem, path.name)).report


@pytest.fixture(scope="module")
def right(author: Path, kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return grade(author, kernels, tmp_path_factory.mktemp("class") / "right.ipynb")


@pytest.fixture(scope="module")
def goes_on(author: Path, kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("class") / "goes_on.ipynb"
    return grade(author, kernels, path, train_deep=GOES_ON)


def check(report: Report, name: str) -> CheckRow:
    return next(check for check in report.checks if check.id == name)


def test_each_earns_its_own_points(right: Report) -> None:
    assert (right.score.earned, right.score.possible) == (140, 140)


def test_each_has_its_own_goals_in_the_report(right: Report) -> None:
    told = {training.name: [goal.words for goal in training.goals] for training in right.trainings}
    assert told == {
        "train_model": ["90% accuracy by epoch 10"],
        "train_deep": ["90% accuracy by epoch 4"],
    }


def test_of_each_as_many_epochs_are_made_as_are_looked_at(right: Report) -> None:
    assert [training.epochs_run for training in right.trainings] == [10, 4]


def test_the_layers_of_each_model_are_listed(right: Report) -> None:
    dense = [layer.part for layer in right.layers if layer.type == "Dense"]
    assert dense == ["train_model"] * 2 + ["train_deep"] * 3


def test_who_trains_the_model_of_another_function_on_has_epochs_of_its_own(
    goes_on: Report,
) -> None:
    [first, second] = goes_on.trainings
    assert (second.goals[0].reached_at, second.trainings) == (1, 1)
    assert (first.goals[0].status, first.source, second.source) == ("met", "grader", "grader")


def test_before_its_training_is_after_that_of_the_other_one(goes_on: Report) -> None:
    [first, second] = goes_on.trainings
    assert second.measured_before == first.measured_after != first.measured_before


def test_it_is_judged_by_the_model_that_it_has_trained(goes_on: Report) -> None:
    assert check(goes_on, "deep_enough").status is Status.FAILED
