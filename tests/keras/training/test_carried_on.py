"""A fit that begins with a checkpoint is, to the last digit, the one after fits made again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import architectures
import arrayed
import pytest

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
# Dropout and augmentation, an order of the images, batch normalisation; arrays.
EVERY_DAY = ("augmented", "normalised", "dense")


@pytest.fixture(scope="module")
def different(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return in what the two differ, by the name of the training."""
    full = request.config.getoption("--prove")
    names = [*architectures.TRAININGS, *arrayed.TRAININGS] if full else EVERY_DAY
    # The number of threads changes the numbers, and a process with several is not forked.
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    ended = subprocess.run(
        [sys.executable, str(HERE / "carried_on.py"), *names],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | threads | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": str(SHARED)},
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize("name", [*architectures.TRAININGS, *arrayed.TRAININGS])
def test_a_third_fit_is_the_same_from_a_checkpoint(name: str, different: dict[str, Any]) -> None:
    if name not in different:
        pytest.skip("one of many; --prove trains it")
    assert different[name] == []
