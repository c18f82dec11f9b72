"""``grader new`` makes an assignment that works as it is."""

import subprocess
import sys
from pathlib import Path

import pytest


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
