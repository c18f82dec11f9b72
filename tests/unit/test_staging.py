"""What a notebook is executed as by the grading profile of its assignment, and where."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import nbformat
import profiled
import pytest

from grader.assignments.assignment import Assignment
from grader.assignments.loading import load
from grader.errors import UsageError
from grader.staging import staged

Grader = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return load(profiled.write(tmp_path_factory.mktemp("author") / "shapes"))


def images(folder: Path) -> int:
    return len([*folder.glob("*/*.png")])


def test_the_folder_has_as_much_of_the_data_as_the_profile_takes(whole: Assignment) -> None:
    with staged(whole.notebook, [whole.reduced()]) as stage:
        data = stage.folder.parent / "data" / "shapes"
        assert (images(data / "train"), images(data / "validation")) == (2 * profiled.TAKEN, 8)


def test_only_the_given_cells_with_constants_are_executed_otherwise(whole: Assignment) -> None:
    with staged(whole.notebook, [whole.reduced()]) as stage:
        place = [*profiled.CELLS].index("sizes")
        changed = profiled.CELLS["sizes"].replace("= 8", "= 6").replace("= 10", "= 8")
        assert (stage.sources, stage.profile) == ({place: changed}, "quick")


def test_nothing_is_left_of_it(whole: Assignment) -> None:
    with staged(whole.notebook, [whole.reduced()]) as stage:
        folder = stage.folder
    assert not folder.exists()


def test_without_a_profile_there_is_nothing_to_run_by(whole: Assignment) -> None:
    found = "shapes has no grading profile. Leave out --profile."
    with pytest.raises(UsageError, match=found), staged(whole.notebook, [whole]):
        pass


def test_a_notebook_of_no_assignment_is_told_as_such(whole: Assignment, tmp_path: Path) -> None:
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "other.ipynb")
    refused = pytest.raises(UsageError, match=r"other\.ipynb: ")
    with refused, staged(tmp_path / "other.ipynb", [whole.reduced()]):
        pass
