"""``grader new`` makes an assignment that works as it is."""

import subprocess
import sys
from pathlib import Path

import pytest
from authoring_page import write_areas


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("new")
    run(made, "new", "areas")
    return made


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "grader", *arguments]
    return subprocess.run(program, capture_output=True, text=True, check=False, cwd=folder)


def test_its_solution_has_all_points(folder: Path) -> None:
    ended = run(folder, "check", "areas/areas.ipynb", "--assignments", "areas")
    assert "✓ Passed · 10 of 10 points" in ended.stdout


def test_what_students_get_earns_nothing(folder: Path) -> None:
    ended = run(folder, "release", "areas", "--assignments", "areas", "--check")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.endswith("Handed in as it is, it earns 0 of 10 points.\n")


def test_it_audits_clean(folder: Path) -> None:
    ended = run(folder, "audit", "areas", "--assignments", ".")
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    write_areas(folder / "own")
    run(folder, "new", "made", "--from", "own/areas.ipynb")
    return folder


def test_points_of_checks_that_are_still_to_be_filled_in_wait(made: Path) -> None:
    ended = run(made, "check", "made/made.ipynb", "--assignments", "made")
    assert "! Needs review · 10 of 20 points" in ended.stdout
    said = " ".join(ended.stdout.split())
    assert "this check is not written yet (assignment.py, line " in said


def test_a_copy_of_an_authors_notebook_can_be_released(made: Path) -> None:
    ended = run(made, "release", "made", "--assignments", "made")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.endswith("Handed in as it is, it earns 0 of 20 points.\n")
