"""What notebooks are run with."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import recording
import strays
from happy_or_sad.submission import ROOT, Variant

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.attempts import attempts
from grader.images import Images
from grader.kernel.job import Job


class Kernels:
    """Runs nothing, and notes what it was to run."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def run(self, job: Job) -> Any:
        self.jobs.append(job)
        raise InterruptedError


def test_no_more_epochs_are_made_than_the_rubric_needs(tmp_path: Path) -> None:
    planned = recording.plan(Variant("solution", "it is right").notebook(), tmp_path)
    images, kernels = Images.of(happy_or_sad.data, None), Kernels()
    with pytest.raises(InterruptedError):
        attempts(happy_or_sad, planned, images, kernels, lambda _: None)  # type: ignore[arg-type]
    assert [job.epochs for job in kernels.jobs] == [happy_or_sad.most_epochs]


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """Another copy of the images, with all that gets into such a folder."""
    folder = Path(shutil.copytree(ROOT / "data" / "happy_or_sad", tmp_path / "given"))
    for add in strays.HARMLESS.values():
        add(folder)
    return folder


def test_only_images_are_counted(given: Path) -> None:
    assert Images.of(happy_or_sad.data, given).count == 80


def test_only_images_are_there_for_whoever_loads_them(given: Path) -> None:
    images = Images.of(happy_or_sad.data, given)
    assert images.folder is not None
    assert len([path for path in images.folder.rglob("*") if not path.is_dir()]) == 80


def test_images_stay_as_they_were_when_grading_began(given: Path) -> None:
    images = Images.of(happy_or_sad.data, given)
    (given / strays.IMAGE).unlink()
    assert images.folder is not None
    assert (images.folder / strays.IMAGE).is_file()


def test_a_copy_of_the_images_is_removed_when_nobody_needs_it(given: Path) -> None:
    folder = Images.of(happy_or_sad.data, given).folder
    assert folder is not None
    assert not folder.parent.exists()


def test_images_that_are_graded_on_as_well_are_named(given: Path) -> None:
    shutil.copyfile(given / strays.IMAGE, given / "sad" / "mine.png")
    found = Images.of(happy_or_sad.data, given)
    assert (found.count, "sad/mine.png" in found.remark) == (81, True)


def test_nothing_is_remarked_of_the_images_as_released() -> None:
    assert Images.of(happy_or_sad.data, None).remark == ""
