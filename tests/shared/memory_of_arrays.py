"""How much memory is counted for trainings on arrays, which are made in one way or another."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
from descriptions import architecture, description, layer, part

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


def counted(way: str, folder: Path) -> tuple[int, Callable[[], object]]:
    """Return the memory that is counted for a training, and what makes it.

    Args:
        way: In which the arrays are made.
        folder: For those of the dataset.
    """
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
    held = memory_bytes(found.loader, all_shapes(arrays))
    held += measure(found.architecture).memory_bytes(batch_size(found))
    _warm_up()
    plan = TrainingPlan(1, arrays=arrays, data="digits")
    return held, lambda: trainer.train(found, None, plan)


def _warm_up() -> None:
    """Train something small, so that what TensorFlow takes for itself is not counted."""
    model = keras.Sequential([keras.Input((SIDE, SIDE)), keras.layers.Flatten()])
    model.compile("sgd", "mse")
    model.fit(np.zeros((4, SIDE, SIDE)), np.zeros((4, SIDE * SIDE)), verbose=0)
