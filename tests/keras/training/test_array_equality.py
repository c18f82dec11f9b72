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


def run(epochs: str, *names: str) -> dict[str, Any]:
    """Return the curves of plain Keras and of the trainer, by the name of the training."""
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


@pytest.fixture(scope="module")
def curves(request: pytest.FixtureRequest) -> dict[str, Any]:
    return run("5", *TRAININGS) if request.config.getoption("--prove") else run("2", *EVERY_DAY)


@pytest.mark.parametrize("name", TRAININGS)
def test_the_curve_is_that_of_plain_keras(name: str, curves: dict[str, Any]) -> None:
    if name not in curves:
        pytest.skip("one of many; --prove trains it")
    plain, described = curves[name]
    assert described == plain


def test_a_second_fit_goes_on_as_with_plain_keras(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--prove"):
        pytest.skip("a process more; --prove starts it")
    plain, described = run("1+1", "validation_split")["validation_split"]
    assert described == plain
