"""Trained exactly, a description gives the curve of the same code run plainly, digit for digit."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from architectures import TRAININGS

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
SEED = 3
EVERY_DAY = ("normalised", "augmented", "scheduled")


def run(script: str, name: str, epochs: str) -> Any:
    # The number of threads changes the numbers, and a process with several is not forked.
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    ended = subprocess.run(
        [sys.executable, str(HERE / script), name, epochs, str(SEED)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | threads | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": str(SHARED)},
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize("name", TRAININGS)
def test_the_curve_is_that_of_plain_keras(name: str, request: pytest.FixtureRequest) -> None:
    full = request.config.getoption("--prove")
    if not full and name not in EVERY_DAY:
        pytest.skip("one of many; --prove trains it")
    epochs = "5" if full else "2"
    assert run("train.py", name, epochs) == run("plainly.py", name, epochs)


def test_a_second_fit_goes_on_as_with_plain_keras() -> None:
    assert run("train.py", "augmented", "1+1") == run("plainly.py", "augmented", "1+1")


def test_a_second_model_is_trained_as_with_plain_keras(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--prove"):
        pytest.skip("it trains three times; --prove does it")
    assert run("train.py", "held_back", "1") == run("plainly.py", "global,held_back", "1")
