"""How much memory is counted for trainings on ``tf.data`` datasets, made in one way or another."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
from descriptions import architecture, description, layer, part
from PIL import Image

from grader.training import trainer
from grader.training.accept import accept_decoded
from grader.training.amounts import batch_size
from grader.training.description import digest
from grader.training.results import TrainingPlan
from grader.training.size import measure
from grader.training.sources import memory_bytes

IMAGES, SIDE, BATCH, CLASSES = 600, 150, 32, ("cat", "dog")
SCALED: dict[str, Any] = {"x": [part("Divide", by=255.0)], "y": []}
UNBATCHED = part("unbatch")
BATCHED = part("batch", batch_size=BATCH)
WAYS: dict[str, list[dict[str, Any]]] = {
    "as_loaded": [],
    "cached": [SCALED, part("cache", filled=False)],
    "cached_twice": [part("cache", filled=False), SCALED, part("cache", filled=False)],
    "shuffled": [UNBATCHED, part("shuffle", buffer_size=IMAGES), BATCHED, SCALED],
    "made_ready": [SCALED, part("prefetch", buffer_size=-1)],
}


def counted(way: str, folder: Path) -> tuple[int, Callable[[], object]]:
    """Return the memory that is counted for a training, and what makes it.

    Args:
        way: In which the dataset is made.
        folder: For its images.
    """
    nodes: list[dict[str, Any]] = [{"number": 0, "made": _drawn(folder), "inputs": []}]
    for number, made in enumerate(WAYS[way], 1):
        nodes.append({"number": number, "made": made, "inputs": [number - 1]})
    dense = layer("Dense", units=1, activation="sigmoid")
    told = description(
        loader={"nodes": nodes},
        fit={"epochs": 1},
        architecture=architecture(layer("Flatten"), dense, shape=[SIDE, SIDE, 3]),
    )
    found = accept_decoded(told)
    held = memory_bytes(found.loader, {})
    held += measure(found.architecture).memory_bytes(batch_size(found))
    _warm_up()
    return held, lambda: trainer.train(found, folder, TrainingPlan(1))


def _drawn(folder: Path) -> dict[str, Any]:
    """Draw images, and return what is told of the folder."""
    chance, names = np.random.default_rng(1), []
    for number in range(IMAGES):
        name = f"{CLASSES[number % 2]}/{number}.png"
        (folder / name).parent.mkdir(exist_ok=True)
        # What is resized is held as numbers of four bytes, all else as bytes.
        pixels = chance.integers(0, 256, (SIDE + 10, SIDE, 3), dtype="uint8")
        Image.fromarray(pixels).save(folder / name, compress_level=0)
        names.append((name, number % 2))
    settings = {
        "label_mode": "binary", "color_mode": "rgb", "image_size": [SIDE, SIDE],
        "batch_size": BATCH,
    }  # fmt: skip
    told = {"classes": list(CLASSES), "files": digest(names), "images": IMAGES}
    return {"settings": settings, **told}


def _warm_up() -> None:
    """Train something small, so that what TensorFlow takes for itself is not counted."""
    model = keras.Sequential([keras.Input((SIDE, SIDE, 3)), keras.layers.Flatten()])
    model.compile("sgd", "mse")
    model.fit(np.zeros((4, SIDE, SIDE, 3)), np.zeros((4, SIDE * SIDE * 3)), verbose=0)
