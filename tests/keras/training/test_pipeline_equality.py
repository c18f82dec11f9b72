"""Trained exactly, a described dataset gives the curves of the same code run plainly."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pipelines import draw

SCRIPT = Path(__file__).with_name("pipeline_fits.py")
SHARED = SCRIPT.parents[2] / "shared"
TRAININGS = (
    "cached_shuffled_prefetched", "taken_and_skipped", "divided", "both_parts", "parts_by_images",
    "parts_of_a_cache", "parts_of_a_cache_that_was_filled", "shuffled_without_a_seed",
    "batched_later", "repeated", "one_hot", "of_whole_labels", "augmented", "grey",
)  # fmt: skip
EVERY_DAY = TRAININGS[:2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("images")
    draw(made)
    return made


def run(how: str, name: str, folder: Path) -> Any:
    # The number of threads changes the numbers, and a process with several is not forked.
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), how, name, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | threads | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": str(SHARED)},
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def test_a_dozen_are_compared() -> None:
    assert len(TRAININGS) >= 12


@pytest.mark.parametrize("name", TRAININGS)
def test_the_curves_are_those_of_plain_keras(
    name: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    if name not in EVERY_DAY and not request.config.getoption("--prove"):
        pytest.skip("one of many; --prove trains it")
    assert run("described", name, folder) == run("plainly", name, folder)
