"""The memory that is counted of a training on arrays, against what a trainer takes for it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("array_peaks.py")
WAYS = (
    "as_they_are", "single", "double", "double_and_single", "standardised", "in_another_order",
)  # fmt: skip
Peaks = dict[str, tuple[int, int]]

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="only Linux tells the highest since then"
)


@pytest.fixture(scope="module")
def peaks(request: pytest.FixtureRequest) -> Peaks:
    if not request.config.getoption("--prove"):
        pytest.skip("large arrays; --prove makes them")
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    shared = {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": str(SCRIPT.parents[2] / "shared")}
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), *WAYS],
        capture_output=True, text=True, check=False, env=os.environ | threads | shared,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    found: Peaks = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize("way", WAYS)
def test_a_trainer_takes_little_more_memory_than_is_counted(way: str, peaks: Peaks) -> None:
    counted, taken = peaks[way]
    assert taken * 0.8 <= counted


@pytest.mark.parametrize("way", WAYS)
def test_no_more_memory_is_counted_than_several_times_what_is_taken(way: str, peaks: Peaks) -> None:
    counted, taken = peaks[way]
    assert counted <= taken * 2.5
