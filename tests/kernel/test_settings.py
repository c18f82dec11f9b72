"""What doctor says, and grade does, on systems that offer less; grade imports TensorFlow there."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import settings
from settings import WITH_FLOOR, WITHOUT, Setting

pytestmark = pytest.mark.skipif(not settings.KNOWN, reason="this system lacks it all anyway")
LACKING = [(setting, layer) for setting, layers in WITHOUT.items() for layer in layers]


def grader(setting: Setting, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "grader", *arguments]
    return subprocess.run(
        command, preexec_fn=setting, capture_output=True, text=True, check=False, timeout=60
    )


@cache
def doctor(setting: Setting) -> "subprocess.CompletedProcess[str]":
    return grader(setting, "doctor")


def named(setting: Setting) -> str:
    return setting.__name__


def marked(said: str, layer: str) -> str:
    [line] = [line for line in said.splitlines() if f"isolation: {layer} " in line]
    return line.split()[0]


@pytest.mark.parametrize("setting", WITH_FLOOR, ids=named)
def test_doctor_finds_the_floor_where_it_is(setting: Setting) -> None:
    assert "MISSING isolation" not in doctor(setting).stdout


@pytest.mark.parametrize(("setting", "layer"), LACKING)
def test_doctor_names_what_is_missing(setting: Setting, layer: str) -> None:
    assert marked(doctor(setting).stdout, layer) == "MISSING"


@pytest.mark.parametrize("setting", WITHOUT, ids=named)
def test_doctor_says_no_where_something_is_missing(setting: Setting) -> None:
    assert doctor(setting).returncode == 1


@pytest.mark.parametrize("setting", WITHOUT, ids=named)
def test_grade_refuses_there(setting: Setting, tmp_path: Path) -> None:
    (tmp_path / "her.ipynb").write_text("{}")
    ended = grader(setting, "grade", str(tmp_path), "--out", str(tmp_path / "out"))
    expected = f"for lack of {' and '.join(WITHOUT[setting])}"
    assert (ended.returncode, expected in ended.stderr, "Traceback" in ended.stderr) == (
        2, True, False,
    )  # fmt: skip
