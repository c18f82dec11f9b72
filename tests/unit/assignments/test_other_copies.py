"""Whose data a folder has that was named."""

import shutil
from pathlib import Path

import pytest
import shapes
import shirts

from grader.assignments.assignment import Assignment
from grader.assignments.chosen import copies
from grader.assignments.loading import load
from grader.errors import UsageError


@pytest.fixture
def several(tmp_path: Path) -> list[Assignment]:
    """Make an assignment whose dataset has splits, and one whose dataset has none."""
    made = (shapes.write(tmp_path / "shapes"), shirts.write(tmp_path / "shirts"))
    return [load(folder) for folder in made]


@pytest.fixture
def copy(several: list[Assignment], tmp_path: Path) -> Path:
    """Make another copy of all splits."""
    assert several
    copied = Path(shutil.copytree(tmp_path / "shapes" / "images", tmp_path / "copy"))
    shutil.copyfile(tmp_path / "shapes" / "test.npz", copied / "test.npz")
    return copied


def test_a_folder_with_all_splits_is_known(several: list[Assignment], copy: Path) -> None:
    assert copies(several, [copy]) == {"shapes": copy}


def test_a_folder_of_class_folders_is_known(several: list[Assignment], tmp_path: Path) -> None:
    images = tmp_path / "shirts" / "images"
    assert copies(several, [images]) == {"shirts": images}


def test_a_folder_that_lacks_a_split_is_of_no_assignment(
    several: list[Assignment], copy: Path
) -> None:
    (copy / "test.npz").unlink()
    with pytest.raises(UsageError, match="cannot be told which assignment's images"):
        copies(several, [copy])


def test_a_folder_is_whose_its_id_says(several: list[Assignment], copy: Path) -> None:
    (copy / "test.npz").unlink()
    assert copies(several, [Path(f"shapes={copy}")]) == {"shapes": copy}


def test_a_folder_for_an_assignment_without_data_is_refused(
    several: list[Assignment], copy: Path
) -> None:
    several[1].data = None
    with pytest.raises(UsageError, match=r"shirts has no images\. Leave out --data"):
        copies(several, [Path(f"shirts={copy}")])
