"""A stranger's assignment with a split for each purpose is graded, in kernels."""

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
# What is loaded is judged without a training, which takes time.
UNTRAINED = """\
# GRADED FUNCTION: train_model
def train_model(train_batches, valid_batches):
    ### START CODE HERE
    history = 0
    ### END CODE HERE
    return history"""
SMALL = {
    name: shapes.CELLS[name].replace("batch_size=4", f"batch_size={size}")
    for name, size in (("load_train", 1), ("load_validation", 2))
}


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return load(shapes.write(tmp_path_factory.mktemp("author") / "shapes"))


@pytest.fixture(scope="module")
def reports(
    assignment: Assignment, kernels: Kernels, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Report]:
    folder = tmp_path_factory.mktemp("class")
    class_ = {
        "solution": {},
        "made-up": {"load_validation": MADE_UP, "train_model": UNTRAINED},
        "small": {**SMALL, "train_model": UNTRAINED},
    }
    grades = Pipeline(kernels, Choice((assignment,)))
    made = {}
    for name, changed in class_.items():
        nbformat.write(shapes.notebook(**changed), folder / f"{name}.ipynb")
        entry = Entry(folder / f"{name}.ipynb", name, f"{name}.ipynb")
        made[name] = grades.grade(entry).report
    return made


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
    found = earned(reports["made-up"])
    assert (found["validation_images"], found["training_images"]) == (0, 20)


def test_a_loader_of_arrays_is_judged_by_what_it_holds(reports: dict[str, Report]) -> None:
    assert earned(reports["made-up"])["test_images"] == 10


def test_loaders_of_small_batches_keep_their_points(reports: dict[str, Report]) -> None:
    found = earned(reports["small"])
    assert (found["training_images"], found["validation_images"]) == (20, 20)
