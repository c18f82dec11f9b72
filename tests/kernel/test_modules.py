"""A module that lies beside a notebook is the author's own in every run."""

import subprocess
import sys
from pathlib import Path

import beside
import nbformat
import pytest

from grader.assignments.assignment import Assignment
from grader.assignments.loading import load
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Graded, Pipeline
from grader.processes.backend import Backend

OTHER = "def double(number):\n    return 'of the student'\n"
# The code of a student's cell, before and after what is imported.
OVERWRITES = f"with open({beside.NAME!r}, 'w') as file:\n    file.write({OTHER!r})\n"
REMOVES = f"import os\nos.remove({beside.NAME!r})\n"


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return load(beside.write(tmp_path_factory.mktemp("author") / "areas"))


def graded(areas: Assignment, kernels: Kernels, folder: Path, edits: dict[str, str]) -> Graded:
    """Grade the solution, handed in from a folder with another module of that name."""
    text = areas.notebook.read_text("utf-8")
    notebook = nbformat.reads(text, 4)
    for cell in notebook.cells:
        for old, new in edits.items():
            cell.source = cell.source.replace(old, new)
    (folder / beside.NAME).write_text(OTHER)
    nbformat.write(notebook, folder / "mine.ipynb")
    entry = Entry(folder / "mine.ipynb", "mine", "mine.ipynb")
    return Pipeline(kernels, Choice((areas,))).grade(entry)


SOLUTION = {"width * height": "width * height * double(1) / 2"}


def test_the_author_s_module_is_used_and_not_the_student_s(
    areas: Assignment, kernels: Kernels, tmp_path: Path
) -> None:
    report = graded(areas, kernels, tmp_path, SOLUTION).report
    assert (report.score.earned, report.issues) == (10, [])


def test_the_same_is_so_in_a_fresh_kernel(areas: Assignment, tmp_path: Path) -> None:
    with Kernels(Backend.FRESH, Isolation.AVAILABLE) as fresh:
        assert graded(areas, fresh, tmp_path, SOLUTION).report.score.earned == 10


def test_the_given_cell_that_imports_it_is_put_back(
    areas: Assignment, kernels: Kernels, tmp_path: Path
) -> None:
    gone = SOLUTION | {"from shaping import *": "from shaping import double as shaped"}
    report = graded(areas, kernels, tmp_path, gone).report
    assert (report.score.earned, [each.code for each in report.issues]) == (
        10,
        ["given-cell-restored"],
    )


@pytest.mark.parametrize("code", [OVERWRITES, REMOVES])
def test_a_notebook_that_changes_it_is_told_so(
    areas: Assignment, kernels: Kernels, tmp_path: Path, code: str
) -> None:
    changed = {"# GRADED FUNCTION: area\n": f"# GRADED FUNCTION: area\n{code}"}
    report = graded(areas, kernels, tmp_path, SOLUTION | changed).report
    assert (report.score.earned, [each.message for each in report.issues]) == (
        10,
        [f"The notebook changes modules that it was given: {beside.NAME}."],
    )


def test_the_author_s_file_stays_as_it_is_when_a_notebook_writes_over_its_own(
    areas: Assignment, kernels: Kernels, tmp_path: Path
) -> None:
    changed = {"# GRADED FUNCTION: area\n": f"# GRADED FUNCTION: area\n{OVERWRITES}"}
    graded(areas, kernels, tmp_path, changed)
    assert areas.modules[0].read_text() == beside.MODULE


def test_it_is_there_where_ci_executes_the_solution_and_what_students_get(
    areas: Assignment,
) -> None:
    folder = areas.notebook.parent
    grader = [sys.executable, "-m", "grader"]
    made = [*grader, "release", "areas", "--assignments", str(folder), "--no-run"]
    subprocess.run(made, check=True, capture_output=True)
    assert (folder / "student" / beside.NAME).read_text() == beside.MODULE
    ended = subprocess.run(
        [*grader, "run", str(areas.notebook)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
