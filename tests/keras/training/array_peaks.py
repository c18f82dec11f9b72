"""``array_peaks.py WAY...``: how much memory a trainer takes for arrays that are made so; JSON."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import keras
import numpy as np
from descriptions import architecture, description, layer, part
from memory import resident

from grader.datasets import pairs
from grader.training import trainer
from grader.training.accept import accept_decoded
from grader.training.amounts import batch_size
from grader.training.arrays import all_shapes
from grader.training.results import TrainingPlan
from grader.training.size import measure
from grader.training.sources import memory_bytes

SAMPLES, SIDE = 40_000, 28
SINGLE, DOUBLE = part("Cast", dtype="float32"), part("Cast", dtype="float64")
SCALED = part("Divide", by=255.0)
BY_PIXEL = part("Standardize", axes="samples", of=None, epsilon=1e-7)
WAYS: dict[str, list[dict[str, Any]]] = {
    "as_they_are": [],
    "single": [SINGLE, SCALED],
    "double": [DOUBLE, SCALED],
    "double_and_single": [DOUBLE, SCALED, SINGLE],
    "standardised": [DOUBLE, BY_PIXEL],
    "in_another_order": [DOUBLE, BY_PIXEL],
}


def counted_and_taken(way: str, folder: Path) -> tuple[int, int]:
    """Return the memory that is counted for a training, and what it takes."""
    chance = np.random.default_rng(1)
    images = chance.integers(0, 256, (SAMPLES, SIDE, SIDE), dtype="uint8")
    pairs.write((images, np.arange(SAMPLES) % 10), folder / "digits")
    del images
    rows: dict[str, Any] = {"start": 0, "stop": SAMPLES, "step": 1}
    if way == "in_another_order":
        rows = {"numbers": chance.permutation(SAMPLES).tolist()}
    dense = layer("Dense", units=10, activation="softmax")
    told = description(
        loader={"split": "digits", "rows": rows, "x": WAYS[way], "y": []},
        fit={"epochs": 1, "batch_size": 256, "validation_split": 0.1},
        architecture=architecture(layer("Flatten"), dense, shape=[SIDE, SIDE]),
    )
    told["compile"]["loss"] = part("SparseCategoricalCrossentropy")
    arrays = {"digits": str(folder / "digits")}
    found = accept_decoded(told, arrays)
    counted = memory_bytes(found.loader, all_shapes(arrays))
    counted += measure(found.architecture).memory_bytes(batch_size(found))
    _warm_up()
    Path("/proc/self/clear_refs").write_text("5")  # the highest so far is forgotten
    before = resident("VmRSS")
    trainer.train(found, None, TrainingPlan(1, arrays=arrays, data="digits"))
    return counted, resident("VmHWM") - before


def _warm_up() -> None:
    """Train something small, so that what TensorFlow takes for itself is not counted."""
    model = keras.Sequential([keras.Input((SIDE, SIDE)), keras.layers.Flatten()])
    model.compile("sgd", "mse")
    model.fit(np.zeros((4, SIDE, SIDE)), np.zeros((4, SIDE * SIDE)), verbose=0)


def forked(way: str) -> tuple[int, int]:
    """Do so in a process of its own: memory that was freed is used again."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        trainer.prepare(1)
        with tempfile.TemporaryDirectory() as folder:
            os.write(writing, json.dumps(counted_and_taken(way, Path(folder))).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        counted, taken = json.loads(told.read())
    os.waitpid(child, 0)
    return counted, taken


if __name__ == "__main__":
    sys.stdout.write(json.dumps({way: forked(way) for way in sys.argv[1:]}))
