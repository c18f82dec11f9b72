"""A stranger's assignment is graded by its profile, and in full, in kernels."""

from dataclasses import dataclass
from pathlib import Path

import nbformat
import profiled
import pytest

from grader.assignments.assignment import Assignment
from grader.assignments.loading import load
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Graded, Pipeline
from grader.report.document import CheckRow, TrainingRow

# Who asks for as much as the whole, in numbers of their own.
OWN = profiled.CELLS["train_model"].replace("epochs=EPOCHS", "epochs=40, steps_per_epoch=100")
CHANGES = [
    "12 of 16 images of train", "images of at most 6x6 pixels", "IMAGE_SIZE = 6 instead of 8",
    "EPOCHS = 8 instead of 10", "at most 8 epochs of train_model instead of 10",
    "at most 2 batches an epoch of train_model",
    "90% accuracy by epoch 8 instead of 90% accuracy by epoch 10",
]  # fmt: skip


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return load(profiled.write(tmp_path_factory.mktemp("author") / "shapes"))


@dataclass(frozen=True)
class Seen:
    """What came of the notebook of a student who asks for more."""

    graded: Graded

    @property
    def training(self) -> TrainingRow:
        [row] = self.graded.report.trainings
        return row

    def check(self, name: str) -> CheckRow:
        return next(each for each in self.graded.report.checks if each.id == name)

    def cell(self, text: str) -> str:
        assert self.graded.notebook is not None
        sources = [str(each.source) for each in self.graded.notebook.cells]
        return next(each for each in sources if text in each)


def grade(assignment: Assignment, kernels: Kernels, folder: Path) -> Seen:
    nbformat.write(profiled.notebook(train_model=OWN), folder / "own.ipynb")
    entry = Entry(folder / "own.ipynb", "own", "own.ipynb")
    return Seen(Pipeline(kernels, Choice((assignment,))).grade(entry))


@pytest.fixture(scope="module")
def quick(author: Assignment, kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return grade(author.reduced(), kernels, tmp_path_factory.mktemp("quick"))


def test_a_right_solution_has_all_points_by_the_profile(quick: Seen) -> None:
    report = quick.graded.report
    assert (report.score.earned, report.score.pending, report.issues) == (100, 0, [])


def test_no_more_epochs_are_trained_than_the_profile_looks_at(quick: Seen) -> None:
    row = quick.training
    assert (row.epochs_asked, row.epochs_run, row.source) == (40, 8, "grader")


def test_the_goal_is_that_of_the_profile(quick: Seen) -> None:
    [goal] = quick.training.goals
    assert (goal.words, goal.by_epoch) == ("90% accuracy by epoch 8", profiled.QUICK_EPOCHS)


def test_the_data_that_the_notebook_finds_is_that_of_the_profile(quick: Seen) -> None:
    assert quick.check("training_images").actual == "12 images of 2 classes"


def test_its_size_is_that_of_the_constant_of_the_given_cell(quick: Seen) -> None:
    assert quick.check("training_size").actual == "6 x 6"


def test_the_given_cell_that_was_run_sets_what_the_profile_says(quick: Seen) -> None:
    assert quick.cell("IMAGE_SIZE = ").endswith("IMAGE_SIZE = 6\nEPOCHS = 8")


def test_the_student_s_own_cell_was_run_as_it_is(quick: Seen) -> None:
    assert quick.cell("def train_model") == OWN


def test_the_report_says_what_was_taken_away(quick: Seen) -> None:
    row = quick.graded.report.provenance.profile
    assert row is not None
    assert (row.name, row.full, row.changes) == ("quick", False, CHANGES)


def test_in_full_all_of_it_is_graded(
    author: Assignment, kernels: Kernels, tmp_path: Path, pytestconfig: pytest.Config, quick: Seen
) -> None:
    if not pytestconfig.getoption("--prove"):
        pytest.skip("takes another run")
    full = grade(author, kernels, tmp_path)
    row, images = full.graded.report.provenance.profile, full.check("training_images").actual
    assert (full.graded.report.score.earned, full.training.epochs_run, images) == (
        100, profiled.EPOCHS, "16 images of 2 classes",
    )  # fmt: skip
    assert (row and row.full, full.cell("IMAGE_SIZE = ")) == (True, profiled.CELLS["sizes"])
    origins = {each.graded.report.provenance.dataset_sha256 for each in (quick, full)}
    assert len(origins) == 2
