"""What the common errors say is what Keras, NumPy and Python say, all in one process."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from common_errors import ERRORS, recorded
from common_errors.common_error import CommonError
from happy_or_sad.submission import ROOT

SCRIPT = Path(__file__).with_name("raising.py")
SET = re.compile(r"(?<={)[^{}:]+(?=})")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("run")
    # With a folder beside the notebook, None as a directory is told otherwise than without one.
    for name in ("home", "notebooks", "notebooks/logs"):
        (folder / name).mkdir()
    shutil.copytree(ROOT / "data" / "happy_or_sad", folder / "data" / "happy_or_sad")
    environment = os.environ | {
        "PYTHONPATH": str(SCRIPT.parents[1] / "shared"),
        "PYTHONHASHSEED": "0",
        "CUDA_VISIBLE_DEVICES": "-1",
        "HOME": str(folder / "home"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    ended = subprocess.run(
        [sys.executable, str(SCRIPT)],
        capture_output=True, text=True, check=False, env=environment, cwd=folder / "notebooks",
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    if pytestconfig.getoption("--record-errors"):
        recorded.save(found["raised"])
    return found


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.id)
def test_an_error_says_what_was_recorded(said: dict[str, Any], error: CommonError) -> None:
    assert _in_order(said["raised"][error.id]) == _in_order(recorded.raised(error))


def _in_order(raised: dict[str, Any]) -> dict[str, Any]:
    """Put the members of sets in order: with None among them, Python has any."""
    message = SET.sub(lambda found: ", ".join(sorted(found[0].split(", "))), raised["message"])
    return raised | {"message": message}


def test_every_name_that_advice_speaks_of_is_there(said: dict[str, Any]) -> None:
    assert said["missing"] == []
