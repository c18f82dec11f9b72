"""A grade by a profile is never taken for one of the whole, nor for one by another profile."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import changing
import nbformat
import pytest
from changing import grade, notebook

from grader.assignments.assignment import Assignment
from grader.assignments.profile import Profile

AGAIN = "1 is graded again: another grading profile has graded before, or none."
OBSERVED = "1 is graded again: the images have changed."
Made = Callable[[int], Assignment]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return changing.write(tmp_path_factory.mktemp("author") / "shirts")


@pytest.fixture
def made(folder: Path, tmp_path: Path) -> Made:
    """Load the assignment as another process would, with a profile that takes so many images."""

    def make(images: int) -> Assignment:
        place = tmp_path / f"author-{len([*tmp_path.iterdir()])}"
        plain = changing.change(folder, place, lambda _: None)
        return replace(plain, profile=Profile("quick", images=images)) if images else plain

    return make


@pytest.fixture
def klass(tmp_path: Path) -> Path:
    (tmp_path / "class").mkdir()
    nbformat.write(notebook(), tmp_path / "class" / "ann.ipynb")
    return tmp_path / "class"


def twice(klass: Path, first: Assignment, then: Assignment) -> tuple[int, list[str]]:
    """Grade into the same folder; return how many runs the second time took, and what was said."""
    grade([first], klass, klass.parent / "out")
    again = grade([then], klass, klass.parent / "out")
    return again.runs, again.remarks


def test_what_its_profile_has_graded_stays(klass: Path, made: Made) -> None:
    assert twice(klass, made(2).reduced(), made(2).reduced()) == (0, [])


def test_what_was_graded_in_full_stays(klass: Path, made: Made) -> None:
    assert twice(klass, made(2), made(2)) == (0, [])


def test_in_full_it_is_graded_again(klass: Path, made: Made) -> None:
    assert twice(klass, made(2).reduced(), made(2)) == (1, [AGAIN])


def test_by_its_profile_what_was_graded_in_full_is_graded_again(klass: Path, made: Made) -> None:
    assert twice(klass, made(2), made(2).reduced()) == (1, [AGAIN])


def test_an_assignment_that_has_got_a_profile_is_graded_again(klass: Path, made: Made) -> None:
    assert twice(klass, made(0), made(2).reduced()) == (1, [AGAIN])


def test_by_a_profile_that_takes_otherwise_it_is_graded_again(klass: Path, made: Made) -> None:
    assert twice(klass, made(1).reduced(), made(2).reduced()) == (1, [OBSERVED])


def test_without_a_profile_it_stays_when_all_is_asked_for(klass: Path, made: Made) -> None:
    assert twice(klass, made(0).reduced(), made(0)) == (0, [])
