"""``grader release``: what is written, what is compared, and what is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from authoring_page import write_areas
from strangers import made
from strangers.graded import WRITTEN

Grader = Callable[..., CompletedProcess[str]]
QUICK = ("--no-run", "--assignments", "areas")


@pytest.fixture
def areas(folder: Path) -> Path:
    return write_areas(folder / "areas")


@pytest.fixture
def student(areas: Path) -> Path:
    return areas / "student" / "areas.ipynb"


def test_the_notebook_is_written_beside_the_solution(grader: Grader, student: Path) -> None:
    assert grader("release", "areas", *QUICK).returncode == 0
    assert student.is_file()


@pytest.mark.usefixtures("areas")
def test_what_was_written_is_said(grader: Grader) -> None:
    assert grader("release", "areas", *QUICK).stdout == (
        "areas: areas/student/areas.ipynb, made from areas/areas.ipynb\n"
        "  cell 1 (area): 1 line to write\n"
        "  cell 3 (unit): 1 line to write\n"
    )


def test_of_a_folder_of_solutions_the_folder_above_is_meant(grader: Grader, areas: Path) -> None:
    (areas / "solutions").mkdir()
    (areas / "areas.ipynb").rename(areas / "solutions" / "areas.ipynb")
    module = areas / "assignment.py"
    module.write_text(module.read_text().replace('"areas.ipynb"', '"solutions" / "areas.ipynb"'))
    grader("release", "areas", *QUICK)
    assert (areas / "areas.ipynb").is_file()


@pytest.mark.usefixtures("areas")
def test_another_folder_can_be_named(grader: Grader, folder: Path) -> None:
    grader("release", "areas", *QUICK, "--out", "new/folder")
    assert (folder / "new" / "folder" / "areas.ipynb").is_file()


@pytest.mark.parametrize("name", WRITTEN)
def test_what_students_of_strangers_get_is_what_their_solution_releases_to(
    grader: Grader, folder: Path, name: str, pytestconfig: pytest.Config
) -> None:
    WRITTEN[name](folder / name)
    if pytestconfig.getoption("--update-docs"):
        kept = made.HERE / name / "student"
        grader("release", name, "--no-run", "--force", "--assignments", name, "--out", str(kept))
    ended = grader("release", name, "--check", "--no-run", "--assignments", name)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("name", WRITTEN)
def test_it_is_written_anew_to_the_last_byte(grader: Grader, folder: Path, name: str) -> None:
    WRITTEN[name](folder / name)
    kept = (folder / name / "student" / f"{name}.ipynb").read_bytes()
    grader("release", name, "--no-run", "--assignments", name, "--out", "again")
    assert (folder / "again" / f"{name}.ipynb").read_bytes() == kept


def test_what_students_of_the_kits_own_get_is_what_its_solution_releases_to(
    grader: Grader,
) -> None:
    assert grader("release", "happy-or-sad", "--check", "--no-run").returncode == 0


def test_it_is_written_once_more_where_it_is_the_same(grader: Grader, student: Path) -> None:
    grader("release", "areas", *QUICK)
    before = student.read_bytes()
    assert grader("release", "areas", *QUICK).returncode == 0
    assert student.read_bytes() == before


def change(student: Path) -> None:
    student.write_text(student.read_text().replace("result = None", "result = 1"))


def test_one_that_differs_is_not_replaced(grader: Grader, student: Path) -> None:
    grader("release", "areas", *QUICK)
    change(student)
    ended = grader("release", "areas", *QUICK)
    assert "cell 1: line 4 is '    result = 1', expected '    result = None'" in ended.stderr
    assert "Use --force to replace it." in ended.stderr
    assert (ended.returncode, "result = 1" in student.read_text()) == (2, True)


def test_it_is_replaced_by_force(grader: Grader, student: Path) -> None:
    grader("release", "areas", *QUICK)
    change(student)
    assert grader("release", "areas", *QUICK, "--force").returncode == 0
    assert "result = 1" not in student.read_text()


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "is missing": (Path.unlink, "it is missing"),
    "is no notebook": (lambda path: path.write_text("[]"), "it is no notebook"),
    "is empty": (lambda path: path.write_text(""), "it is no notebook"),
    "has another line": (change, "cell 1: line 4 is '    result = 1', expected"),
    "is spaced otherwise": (
        lambda path: path.write_text(json.dumps(json.loads(path.read_text()))),
        "it says the same and is written otherwise"),
    "lacks a cell": (
        lambda path: _edit(path, lambda made: made["cells"].pop()), "it has 2 cells, expected 3"),
    "has an output": (
        lambda path: _edit(path, lambda made: made["cells"][1].update(execution_count=3)),
        "cell 2: its execution_count: '3', expected 'null'"),
    "has other metadata": (
        lambda path: _edit(path, lambda made: made["metadata"].clear()), "its metadata differ"),
}  # fmt: skip


def _edit(path: Path, change: Callable[[Any], object]) -> None:
    made = json.loads(path.read_text())
    change(made)
    path.write_text(json.dumps(made, indent=1))


@pytest.mark.parametrize(("change", "told"), CHANGES.values(), ids=CHANGES)
def test_the_check_fails_where_the_notebook(
    grader: Grader, student: Path, change: Callable[[Path], object], told: str
) -> None:
    grader("release", "areas", *QUICK)
    change(student)
    ended = grader("release", "areas", *QUICK, "--check")
    assert f"areas/student/areas.ipynb: {told}" in ended.stderr
    assert ended.returncode == 1


def test_the_check_writes_nothing(grader: Grader, student: Path) -> None:
    grader("release", "areas", *QUICK, "--check")
    assert not student.exists()


def test_the_check_fails_where_the_solution_has_changed(grader: Grader, areas: Path) -> None:
    grader("release", "areas", *QUICK)
    solution = areas / "areas.ipynb"
    solution.write_text(solution.read_text().replace("area(2, 3)", "area(2, 4)"))
    assert grader("release", "areas", *QUICK, "--check").returncode == 1


def test_a_file_cannot_be_the_folder(grader: Grader, areas: Path) -> None:
    (areas / "student").touch()
    ended = grader("release", "areas", *QUICK)
    assert (ended.returncode, "--out" in ended.stderr) == (2, True)


def test_a_folder_cannot_be_the_notebook(grader: Grader, student: Path) -> None:
    student.mkdir(parents=True)
    ended = grader("release", "areas", *QUICK)
    assert "cannot be read: Is a directory. Remove it" in ended.stderr


@pytest.mark.usefixtures("areas")
def test_a_place_that_cannot_be_written_to_is_told(grader: Grader) -> None:
    ended = grader("release", "areas", *QUICK, "--out", "/proc/none")
    assert "/proc/none/areas.ipynb cannot be written" in ended.stderr
    assert (ended.returncode, "--out" in ended.stderr) == (2, True)


@pytest.mark.usefixtures("areas")
def test_the_solution_is_never_replaced(grader: Grader) -> None:
    ended = grader("release", "areas", *QUICK, "--force", "--out", "areas")
    assert "areas/areas.ipynb is the solution itself" in ended.stderr
    assert ended.returncode == 2


@pytest.mark.usefixtures("areas")
def test_an_id_that_there_is_not_is_told_with_those_that_there_are(grader: Grader) -> None:
    ended = grader("release", "area", *QUICK)
    assert "There is no assignment 'area'" in ended.stderr
    assert "areas" in ended.stderr


def test_a_solution_that_cannot_be_read_is_told(grader: Grader, areas: Path) -> None:
    (areas / "areas.ipynb").write_text("{")
    ended = grader("release", "areas", *QUICK)
    assert "areas.ipynb cannot be read" in ended.stderr


def test_a_solution_that_is_not_there_is_told(grader: Grader, areas: Path) -> None:
    (areas / "areas.ipynb").unlink()
    ended = grader("release", "areas", *QUICK)
    assert "is not there" in ended.stderr


def test_what_students_got_is_no_solution(grader: Grader, student: Path, areas: Path) -> None:
    grader("release", "areas", *QUICK)
    shutil.copy(student, areas / "areas.ipynb")
    ended = grader("release", "areas", *QUICK)
    assert "areas/areas.ipynb is no solution" in ended.stderr
