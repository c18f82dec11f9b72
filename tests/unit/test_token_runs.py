"""What finds solutions in the wheel finds them, and nothing else."""

import json
from pathlib import Path

import pytest
import token_runs
from happy_or_sad.submission import ROOT, SOLUTION

TEXT = SOLUTION.read_text("utf-8")
SECRET = token_runs.secret(TEXT)
CALLBACK = """\
def stop( self,logs = None ):   # mine
      accuracy=( logs or {} ).get( "accuracy" )

      if (accuracy) is not None: pass
"""
SUBMISSIONS = ROOT / "data" / "sample_submissions" / "happy_or_sad"


def found(name: str, text: str) -> bool:
    return bool(token_runs.found([(name, text.encode())], SECRET))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("solution.ipynb", TEXT),
        ("module.py", CALLBACK),
        ("module.py", f"CELL = {CALLBACK!r}"),
        ("a/module.py", f"def broken(:\n{CALLBACK}"),
        ("cells.ipynb", json.dumps({"cells": [{"source": CALLBACK.splitlines(keepends=True)}]})),
    ],
)
def test_a_solution_is_found(name: str, text: str) -> None:
    assert found(name, text)


@pytest.mark.parametrize("student", ["ada", "linus", "frances"])
def test_a_sample_submission_is_found(student: str) -> None:
    [path] = (SUBMISSIONS / student).glob("*.ipynb")
    assert found(path.name, path.read_text("utf-8"))


@pytest.mark.parametrize(
    "path", [Path("notebooks") / SOLUTION.name, Path("grader/assignments/happy_or_sad/editions.py")]
)
def test_what_students_get_has_nothing_of_it(path: Path) -> None:
    assert not found(path.name, (ROOT / path).read_text("utf-8"))


def test_what_is_no_code_is_not_searched() -> None:
    assert not found("README.md", CALLBACK)
