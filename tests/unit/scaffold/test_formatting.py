"""What is made is formatted as ruff formats it, whatever the id is and however long lines are."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.scaffold.example_files import example_files
from grader.scaffold.folder import write

IDS = ["a", "areas", "learning-curves", "a-name-of-an-assignment-that-fills-more-than-one-line"]


@pytest.mark.parametrize("width", ["88", "100"])
@pytest.mark.parametrize("name", IDS)
def test_ruff_would_change_nothing(tmp_path: Path, name: str, width: str) -> None:
    write(tmp_path / name, example_files(name))
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", "--line-length"]
    ended = subprocess.run(
        [*command, width, *(tmp_path / name).glob("*.py")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (0, "")
