"""Trained exactly on arrays, a description gives the curve of the same code run plainly."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from arrayed import TRAININGS

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
EVERY_DAY = ("dense", "convolutional")


@pytest.fixture(scope="module")
def curves(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The curves of plain Keras and of the trainer, by the name of the training."""
    full = request.config.getoption("--prove")
    names, epochs = (TRAININGS, "5") if full else (EVERY_DAY, "2")
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    ended = subprocess.run(
        [sys.executable, str(HERE / "arrayed_run.py"), epochs, *names],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | threads | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": str(SHARED)},
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize("name", TRAININGS)
def test_the_curve_is_that_of_plain_keras(name: str, curves: dict[str, Any]) -> None:
    if name not in curves:
        pytest.skip("one of many; --prove trains it")
    plain, described = curves[name]
    assert described == plain
