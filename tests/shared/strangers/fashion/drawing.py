"""Draws the clothes as Keras keeps them: four files, in the format of MNIST's."""

import gzip
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Array = NDArray[np.uint8]
CLASSES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
)  # fmt: skip
SIDE = 28
# Samples of each kind: more are trained on than validated with.
FILES = {"train": 300, "t10k": 50}
# Corners of each shape, in a square of 10 by 10.
OUTLINES: dict[str, list[list[tuple[float, float]]]] = {
    "T-shirt/top": [[(3, 1), (7, 1), (7, 9), (3, 9)], [(0, 1), (10, 1), (10, 3), (0, 3)]],
    "Trouser": [[(3, 1), (7, 1), (7, 3), (3, 3)], [(3, 3), (4.6, 3), (4.6, 9), (3, 9)],
                [(5.4, 3), (7, 3), (7, 9), (5.4, 9)]],
    "Pullover": [[(3, 1), (7, 1), (7, 9), (3, 9)], [(0, 1), (2, 1), (2, 9), (0, 9)],
                 [(8, 1), (10, 1), (10, 9), (8, 9)], [(0, 1), (10, 1), (10, 3), (0, 3)]],
    "Dress": [[(4, 1), (6, 1), (6, 4), (8, 9), (2, 9), (4, 4)]],
    "Coat": [[(2, 1), (4.6, 1), (4.6, 10), (2, 10)], [(5.4, 1), (8, 1), (8, 10), (5.4, 10)],
             [(0, 1), (1.4, 1), (1.4, 8), (0, 8)], [(8.6, 1), (10, 1), (10, 8), (8.6, 8)]],
    "Sandal": [[(0, 8), (10, 8), (10, 9), (0, 9)], [(2, 5), (3, 5), (5, 8), (4, 8)],
               [(8, 5), (9, 5), (9, 8), (8, 8)]],
    "Shirt": [[(3, 1), (4.7, 1), (4.7, 9), (3, 9)], [(5.3, 1), (7, 1), (7, 9), (5.3, 9)],
              [(0, 1), (3, 1), (3, 6), (0, 6)], [(7, 1), (10, 1), (10, 6), (7, 6)]],
    "Sneaker": [[(0, 6), (4, 5), (10, 7), (10, 9), (0, 9)]],
    "Bag": [[(1, 4), (9, 4), (9, 9), (1, 9)], [(3, 1), (7, 1), (7, 2), (3, 2)],
            [(3, 2), (4, 2), (4, 4), (3, 4)], [(6, 2), (7, 2), (7, 4), (6, 4)]],
    "Ankle boot": [[(1, 1), (5, 1), (5, 6), (10, 7), (10, 9), (1, 9)]],
}  # fmt: skip


def write(folder: Path) -> Path:
    """Write the files that ``keras.datasets.fashion_mnist`` looks for; return their folder."""
    folder.mkdir(parents=True)
    for name, each in FILES.items():
        images, labels = drawn(each, len(name))
        _write(folder / f"{name}-images-idx3-ubyte.gz", images)
        _write(folder / f"{name}-labels-idx1-ubyte.gz", labels)
    return folder


def drawn(each: int, seed: int) -> tuple[Array, Array]:
    """Draw images (samples, 28, 28) of each kind in mixed order, and their labels (samples,)."""
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.repeat(np.arange(len(CLASSES)), each)).astype(np.uint8)
    return np.stack([piece(CLASSES[label], generator) for label in labels]), labels


def piece(name: str, generator: np.random.Generator) -> Array:
    """Draw one piece of clothing: grey, of some size, at some place, before some background."""
    width, height = generator.uniform(1.5, 2.3, 2)
    left, top = generator.uniform(0.12, 0.88, 2) * (SIDE - 10 * width, SIDE - 10 * height)
    image = Image.new("L", (SIDE, SIDE))
    for outline in OUTLINES[name]:
        corners = [(left + width * x, top + height * y) for x, y in outline]
        ImageDraw.Draw(image).polygon(corners, fill=int(generator.integers(90, 220)))
    noise = generator.integers(0, 40, (SIDE, SIDE))
    return np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8)


def _write(path: Path, array: Array) -> None:
    """Write an array of bytes in the format IDX, which says its shape before its items."""
    head = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">i4").tobytes()
    path.write_bytes(gzip.compress(head + array.tobytes(), mtime=0))
