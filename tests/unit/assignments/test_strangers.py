"""Assignments of strangers: of the kit, they know what is made for authors, and no more."""

import re
from pathlib import Path

import pytest
from strangers import made
from strangers.graded import CLASSES, WRITTEN

from grader.assignments.loading import load

each = pytest.mark.parametrize("name", WRITTEN)


@each
def test_they_import_nothing_else_of_the_kit(name: str) -> None:
    texts = [path.read_text("utf-8") for path in (made.HERE / name).glob("*.py")]
    imported = re.findall(r"^\s*(?:from|import) (grader\S*)", "\n".join(texts), re.MULTILINE)
    assert set(imported) == {"grader.authoring"}


@each
def test_they_are_loaded_from_any_folder(name: str, tmp_path: Path) -> None:
    assert load(WRITTEN[name](tmp_path / "anywhere")).points == 100


@pytest.mark.parametrize(("name", "many"), [("clothes", 10), ("fashion", 16), ("warmup", 10)])
def test_a_class_has_a_solution_and_a_starter(name: str, many: int) -> None:
    grades = {student.name: student.points for student in CLASSES[name]}
    assert (len(grades), grades["solution"], grades["starter"]) == (many, 100, 0)


@each
def test_what_is_written_beside_a_submission_adds_up(name: str, tmp_path: Path) -> None:
    assignment = load(WRITTEN[name](tmp_path / name))
    points = {check.id: check.points for check in assignment.checks}
    for student in CLASSES[name]:
        without = student.lost | student.pending
        assert student.points == 100 - sum(points[check] for check in without), student.name
