"""The memory that is counted of a training, against what a trainer takes for it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("memory_peaks.py")
EVERY_DAY = ("relu", "gelu", "BatchNormalization", "SeparableConv2D")
OTHERS = (
    "linear", "relu6", "leaky_relu", "elu", "selu", "celu", "silu", "mish", "sigmoid",
    "hard_sigmoid", "log_sigmoid", "hard_silu", "tanh", "hard_tanh", "softmax", "log_softmax",
    "softplus", "softsign", "exponential",
    "LayerNormalization", "GroupNormalization", "UnitNormalization", "Dropout",
    "SpatialDropout2D", "AlphaDropout", "GaussianDropout", "GaussianNoise", "ReLU", "LeakyReLU",
    "PReLU", "ELU", "Softmax", "Activation", "MaxPooling2D", "AveragePooling2D", "Conv2D",
    "DepthwiseConv2D", "Dense", "RandomContrast", "RandomBrightness", "activity_regularizer",
    "RandomShear", "RandomPerspective", "RandomErasing", "RandomGaussianBlur",
    "RandomInvert", "Solarization", "AutoContrast",
    # Large arrays, and how they are made.
    "as_they_are", "single", "double", "double_and_single", "standardised", "in_another_order",
    # Datasets of tf.data.
    "as_loaded", "cached", "cached_twice", "shuffled", "made_ready",
)  # fmt: skip
Peaks = dict[str, tuple[int, int]]

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="only Linux tells the highest since then"
)


@pytest.fixture(scope="module")
def peaks(request: pytest.FixtureRequest) -> Peaks:
    names = (*EVERY_DAY, *OTHERS) if request.config.getoption("--prove") else EVERY_DAY
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    shared = {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": str(SCRIPT.parents[2] / "shared")}
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), *names],
        capture_output=True, text=True, check=False, env=os.environ | threads | shared,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    found: Peaks = json.loads(ended.stdout)
    return found


def counted_and_taken(name: str, peaks: Peaks) -> tuple[int, int]:
    if name not in peaks:
        pytest.skip("one of many; --prove trains it")
    return peaks[name]


@pytest.mark.parametrize("name", [*EVERY_DAY, *OTHERS])
def test_a_trainer_takes_little_more_memory_than_is_counted(name: str, peaks: Peaks) -> None:
    counted, taken = counted_and_taken(name, peaks)
    assert taken * 0.8 <= counted


@pytest.mark.parametrize("name", [*EVERY_DAY, *OTHERS])
def test_no_more_memory_is_counted_than_several_times_what_is_taken(
    name: str, peaks: Peaks
) -> None:
    counted, taken = counted_and_taken(name, peaks)
    assert counted <= taken * 2.5
