"""Notebooks made for nbgrader: students get nothing that nbgrader would take out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from releasing import END, START, code, framed, notebook, released, text

from grader.errors import UsageError
from grader.release.student import Known, student_notebook
from grader.scaffold.from_notebook import files_of

GRADED = framed("result = width * height", "return result")
SOLVED = {"nbgrader": {"solution": True, "grade": False}}
HIDDEN = (
    "assert area(1, 2) == 2\n### BEGIN HIDDEN TESTS\nassert area(3, 4) == 12\n### END HIDDEN TESTS"
)
SCHEME = "Why?\n\n=== BEGIN MARK SCHEME ===\nTwo points for shadow\n=== END MARK SCHEME ==="
TAKEN_OUT: dict[str, Mapping[str, Any]] = {
    "hidden tests": code(HIDDEN),
    "hidden tests without an end": code(HIDDEN.rpartition("\n")[0]),
    "how to mark": text(SCHEME),
    "an answer in words": text("Two points for shadow", metadata=SOLVED),
}
REFUSED: dict[str, Mapping[str, Any]] = {
    **TAKEN_OUT,
    "a solution in a cell that is given": code("### BEGIN SOLUTION\nx = 12\n### END SOLUTION"),
    "a cell that is all solution": code("helper = 12", **SOLVED),
}


@pytest.mark.parametrize("cell", REFUSED.values(), ids=REFUSED)
def test_what_nbgrader_takes_out_is_not_released(cell: Mapping[str, Any]) -> None:
    with pytest.raises(UsageError, match=r"cell 2.*students would get.*release:keep"):
        released(code(GRADED), cell)


@pytest.mark.parametrize("cell", REFUSED.values(), ids=REFUSED)
def test_what_is_to_be_kept_is_released(cell: Mapping[str, Any]) -> None:
    kept = {**cell, "metadata": {**cell["metadata"], "tags": ["release:keep"]}}
    assert released(code(GRADED), kept).content


def test_what_tells_students_about_its_markers_is_released() -> None:
    assert released(code(GRADED), text("Write between `### BEGIN SOLUTION` and its end.")).content


@pytest.mark.parametrize("cell", TAKEN_OUT.values(), ids=TAKEN_OUT)
def test_it_is_left_out_of_a_new_assignment_and_told(
    tmp_path: Path, cell: Mapping[str, Any]
) -> None:
    got, told = made(tmp_path, cell)
    assert "12" not in got
    assert "shadow" not in got
    assert "left out" in told


def test_what_stands_beside_hidden_tests_stays(tmp_path: Path) -> None:
    got, _ = made(tmp_path, code(HIDDEN))
    assert "assert area(1, 2) == 2" in got


def test_students_may_write_where_the_answer_in_words_was(tmp_path: Path) -> None:
    got, _ = made(tmp_path, TAKEN_OUT["an answer in words"])
    assert json.loads(got)["cells"][1]["metadata"]["editable"] is True
    assert json.loads(got)["cells"][1]["source"] == ["YOUR ANSWER HERE"]


def test_of_a_cell_that_is_all_solution_students_write_all(tmp_path: Path) -> None:
    got, told = made(tmp_path, code("helper = 12", **SOLVED))
    assert "".join(json.loads(got)["cells"][1]["source"]) == (
        f"# GRADED VALUE: helper\n{START}\nhelper = None\n{END}"
    )
    assert "helper, a value" in told


def made(tmp_path: Path, cell: Mapping[str, Any]) -> tuple[str, str]:
    """Make an assignment of a notebook; return what students get of it, and what is told."""
    own = tmp_path / "own.ipynb"
    own.write_text(json.dumps(notebook(code(GRADED), cell)))
    files, told = files_of("made", own)
    copy = tmp_path / "made.ipynb"
    copy.write_text(files["made.ipynb"])
    student = student_notebook(copy, Known("made", "1", ("area", "helper")))
    return student.content.decode(), "\n".join(told)
