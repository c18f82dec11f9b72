"""A stranger's assignment with a split for each purpose is graded, in kernels."""

from pathlib import Path

import nbformat
import pytest
import shapes

from grader.assignments.assignment import Assignment
from grader.assignments.loading import load
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.records import Verdict
from grader.report.document import Report

MADE_UP = """\
# GRADED FUNCTION: load_validation
def load_validation():
    ### START CODE HERE
    images = np.random.default_rng(1).random((40, 8, 8, 3))
    data = ImageDataGenerator()
    batches = data.flow(images, np.arange(40) % 2, batch_size=4)
    ### END CODE HERE
    return batches"""
KEPT = """\
# GRADED FUNCTION: load_test
def load_test():
    ### START CODE HERE
    images, labels = np.zeros((10, 8, 8, 3), "uint8"), np.repeat([0, 1], 5)
    batches = tf.data.Dataset.from_tensor_slices((images, labels)).batch(5)
    ### END CODE HERE
    return batches"""
# What is loaded is judged without a training, which takes time.
UNTRAINED = """\
# GRADED FUNCTION: train_model
def train_model(train_batches, valid_batches):
    ### START CODE HERE
    history = 0
    ### END CODE HERE
    return history"""
ON_TEST = shapes.CELLS["train_model"].replace("fit(train_batches,", "fit(test_batches,")
SMALL = {
    name: shapes.CELLS[name].replace("batch_size=4", f"batch_size={size}")
    for name, size in (("load_train", 1), ("load_validation", 2))
}


ELSEWHERE = "the images in ../data/shapes/validation; those to train on are in ../data/shapes/train"
SAME = "fit validates with the images that it trains on"
EXCHANGED = {
    name: shapes.CELLS[name].replace(f"shapes/{own}", f"shapes/{other}")
    for name, own, other in (
        ("load_train", "train", "validation"), ("load_validation", "validation", "train"),
    )
}  # fmt: skip
COPIED = shapes.CELLS["load_train"].replace(
    '"../data/shapes/train"', '__import__("shutil").copytree("../data/shapes/train", "own")'
)
# Both splits have as many images, of the same names, and both of their curves have a goal.
VALIDATED = '''

VALIDATION = Goal("accuracy", "validation", at_least=0.9, by_epoch=10)


@shapes.group("validation").check(model.training, points=20, hint="Does it learn too slowly?")
def validated(training: Training) -> Expectation:
    """Validation reaches 90 % accuracy by epoch 10."""
    return targets.reaches(training, VALIDATION)
'''
ALIKE = shapes.MODULE.replace("points=40", "points=20") + VALIDATED


def grade(
    assignment: Assignment, kernels: Kernels, folder: Path, **class_: dict[str, str]
) -> dict[str, Report]:
    """Grade a class of notebooks, each with other cells."""
    grades = Pipeline(kernels, Choice((assignment,)))
    made = {}
    for name, changed in class_.items():
        nbformat.write(shapes.notebook(**changed), folder / f"{name}.ipynb")
        entry = Entry(folder / f"{name}.ipynb", name, f"{name}.ipynb")
        made[name] = grades.grade(entry).report
    return made


@pytest.fixture(scope="module")
def reports(kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    folder = tmp_path_factory.mktemp("class")
    return grade(
        load(shapes.write(folder / "author" / "shapes")),
        kernels,
        folder,
        solution={},
        made_up={"load_validation": MADE_UP, "load_test": KEPT, "train_model": UNTRAINED},
        small={**SMALL, "train_model": UNTRAINED},
        exchanged=EXCHANGED,
        on_test={"train_model": ON_TEST},
    )


@pytest.fixture(scope="module")
def alike(kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """Return reports where both splits have as many images, of the same names."""
    folder = tmp_path_factory.mktemp("alike")
    return grade(
        load(shapes.write(folder / "author" / "shapes", ALIKE, validation=8)),
        kernels,
        folder,
        solution={},
        exchanged=EXCHANGED,
        validates_alike={"load_validation": EXCHANGED["load_validation"]},
        copied={"load_train": COPIED},
    )


def actual(report: Report, check: str) -> str:
    return next(each.actual for each in report.checks if each.id == check)


def earned(report: Report) -> dict[str, int]:
    return {check.id: check.earned for check in report.checks}


def test_a_right_solution_has_all_points(reports: dict[str, Report]) -> None:
    report = reports["solution"]
    assert (report.verdict, report.score.earned, report.issues) == (Verdict.GRADED, 100, [])


def test_the_grader_trains_what_is_validated_with_another_split(reports: dict[str, Report]) -> None:
    [training] = reports["solution"].trainings
    assert training.source == "grader"


def test_the_digest_of_all_splits_is_in_the_report(reports: dict[str, Report]) -> None:
    digest = reports["solution"].provenance.dataset_sha256
    assert digest is not None
    assert len(digest) == 64


def test_validation_images_that_are_made_up_earn_nothing(reports: dict[str, Report]) -> None:
    found = earned(reports["made_up"])
    assert (found["validation_images"], found["training_images"]) == (0, 20)


def test_test_images_that_are_made_up_earn_nothing(reports: dict[str, Report]) -> None:
    assert earned(reports["made_up"])["test_images"] == 0


def test_a_loader_that_makes_up_arrays_is_named(reports: dict[str, Report]) -> None:
    told = {issue.message for issue in reports["made_up"].issues if issue.code == "images-foreign"}
    assert "load_test shows other images than those that lie in its file when it is called." in told


def test_loaders_of_small_batches_keep_their_points(reports: dict[str, Report]) -> None:
    found = earned(reports["small"])
    assert (found["training_images"], found["validation_images"]) == (20, 20)


def test_training_on_the_test_split_earns_nothing_and_is_named(reports: dict[str, Report]) -> None:
    report = reports["on_test"]
    assert earned(report)["goal_reached"] == 0
    assert "other-split" in {issue.code for issue in report.issues}


def test_training_on_the_validation_split_is_told(reports: dict[str, Report]) -> None:
    assert ELSEWHERE in actual(reports["exchanged"], "goal_reached")


def test_it_is_told_where_files_have_the_same_names(alike: dict[str, Report]) -> None:
    assert ELSEWHERE in actual(alike["exchanged"], "goal_reached")


def test_what_lies_in_its_place_is_trained_by_the_grader(alike: dict[str, Report]) -> None:
    [training] = alike["solution"].trainings
    assert (training.source, earned(alike["solution"])["goal_reached"]) == ("grader", 20)


def test_validating_with_the_training_split_is_told(alike: dict[str, Report]) -> None:
    assert SAME in actual(alike["validates_alike"], "validated")


def test_validating_with_its_own_split_is_not(alike: dict[str, Report]) -> None:
    assert SAME not in actual(alike["solution"], "validated")


def test_a_copy_that_could_be_of_either_is_trained_in_its_kernel(alike: dict[str, Report]) -> None:
    [training] = alike["copied"].trainings
    assert training.source == "kernel-remeasured"
    assert "in ../data/shapes/train and in ../data/shapes/validation" in training.reason
