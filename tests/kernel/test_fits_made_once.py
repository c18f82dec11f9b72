"""A further fit of a model goes on from what the one before it has left: no fit is made twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import fits_made
import nbformat
import pytest
import shapes
import two_trainers
from cats_and_dogs.submission import SOLUTION

from grader.assignments.assignment import Assignment
from grader.assignments.cats_and_dogs.assignment import cats_and_dogs
from grader.assignments.loading import load
from grader.fits.options import TrainingOptions
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.processes.backend import Backend
from grader.report.document import Report
from grader.training.memo import Memo

BUILD = two_trainers.DEEP.index("    model = keras")
# The model of the first function is trained by the second one, twice.
RIGHT = f"""{two_trainers.DEEP[:BUILD]}\
    history.model.fit(train_batches, epochs=2)
    deep_history = history.model.fit(train_batches, epochs=2)
    ### END CODE HERE
    return deep_history"""
FIT_ONCE = "deep_history = history.model.fit(train_batches, epochs=1"
# The same, but for the last of its three trainings.
SHORTER = RIGHT.replace("deep_history = history.model.fit(train_batches, epochs=2", FIT_ONCE)
STANDING = shapes.CELLS["train_model"].replace("Adam(0.05)", "SGD(0.0)")
UNLUCKY = {"train_model": STANDING, "train_deep": RIGHT}
# One function that trains its model twice, and whose goal is missed before the first one ends.
ALONE = (
    shapes.MODULE.replace("by_epoch=10", "by_epoch=3")
    .replace("most_epochs=10", "most_epochs=12")
    .replace("data=DATA)", "data=DATA, seeds=(1, 2))")
)
TWICE = STANDING.replace(
    "    ### END", "    history = model.fit(train_batches, epochs=2)\n    ### END"
)


@dataclass(frozen=True)
class Graded:
    """What came of a submission.

    Args:
        report: Of it.
        fits: That were made for it, as ``fits_made`` notes them.
    """

    report: Report
    fits: fits_made.Fits


Grade = Callable[..., Graded]


@pytest.fixture(scope="module")
def grade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grade]:
    folder = tmp_path_factory.mktemp("authors")
    two = shapes.write(folder / "two" / "shapes", two_trainers.MODULE)
    nbformat.write(two_trainers.notebook(), two / "shapes.ipynb")
    one = shapes.write(folder / "one" / "shapes", ALONE)
    options = TrainingOptions(memo=Memo(folder / "memo"))

    def graded(*, alone: bool = False, **changed: str) -> Graded:
        make = shapes.notebook if alone else two_trainers.notebook
        path = folder / "handed_in.ipynb"
        nbformat.write(make(**changed), path)
        return graded_by(kernels, load(one if alone else two), path)

    with Kernels(Backend.best(), Isolation.AVAILABLE, training=options) as kernels:
        yield graded


def graded_by(kernels: Kernels, assignment: Assignment, path: Path) -> Graded:
    pipeline = Pipeline(kernels, Choice((assignment,)))
    with fits_made.noted() as fits:
        return Graded(pipeline.grade(Entry(path, path.stem, path.name)).report, fits)


@pytest.fixture(scope="module")
def right(grade: Grade) -> Graded:
    return grade(train_deep=RIGHT)


@pytest.fixture(scope="module")
def shorter(grade: Grade, right: Graded) -> Graded:
    assert right.fits
    return grade(train_deep=SHORTER)


def test_each_fit_of_two_functions_is_made_once(right: Graded) -> None:
    assert right.fits == [(1, [1]), (2, [2]), (3, [3])]


def test_of_a_notebook_that_differs_in_its_last_fit_that_one_is_made(shorter: Graded) -> None:
    assert shorter.fits == [(3, [3])]


def test_a_further_fit_begins_where_the_one_before_has_ended(right: Graded) -> None:
    rows = {training.name: training for training in right.report.trainings}
    began, ended = rows["train_deep"].measured_before, rows["train_model"].measured_after
    assert began == ended != rows["train_model"].measured_before


def test_each_fit_is_made_once_for_each_seed(grade: Grade) -> None:
    found = grade(**UNLUCKY)
    assert [row.seed for row in found.report.trainings[0].seeds] == [1, 2]
    assert sorted(found.fits) == sorted([(1, [1]), (2, [2]), (3, [3])] * 2)


def test_each_fit_is_made_once_where_seeds_are_tried_ahead(grade: Grade) -> None:
    found = grade(alone=True, train_model=TWICE)
    assert sorted(found.fits) == sorted([(1, [1]), (2, [2])] * 2)


def test_each_training_of_cats_and_dogs_is_made_once(
    kernels: Kernels, pytestconfig: pytest.Config
) -> None:
    if not pytestconfig.getoption("--prove"):
        pytest.skip("two minutes of two trainings; --prove makes them")
    found = graded_by(kernels, cats_and_dogs, SOLUTION)
    assert (found.report.score.earned, found.fits) == (100, [(1, [1]), (2, [2])])
