"""Draws the clothes: grey shapes of 28 by 28 pixels, each of another size, place and shade."""

from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageDraw

from grader.authoring import Pixels

CLASSES = (
    "bag", "boot", "coat", "dress", "pullover", "sandal", "shirt", "sneaker", "top", "trousers",
)  # fmt: skip
EACH = 20
SIDE = 28
# Corners of each shape, in a square of 10 by 10.
OUTLINES: dict[str, list[list[tuple[float, float]]]] = {
    "bag": [[(1, 4), (9, 4), (9, 9), (1, 9)], [(3, 1), (7, 1), (7, 2), (3, 2)]],
    "boot": [[(3, 1), (6, 1), (6, 6), (9, 7), (9, 9), (3, 9)]],
    "coat": [[(0, 1), (4, 1), (4, 9), (0, 9)], [(6, 1), (10, 1), (10, 9), (6, 9)]],
    "dress": [[(4, 1), (6, 1), (6, 4), (9, 9), (1, 9), (4, 4)]],
    "pullover": [[(0, 1), (10, 1), (10, 9), (8, 9), (8, 4), (2, 4), (2, 9), (0, 9)]],
    "sandal": [[(1, 8), (9, 8), (9, 9), (1, 9)], [(3, 5), (4, 5), (7, 8), (6, 8)]],
    "shirt": [[(3, 1), (7, 1), (7, 9), (3, 9)], [(0, 4), (10, 4), (10, 5), (0, 5)]],
    "sneaker": [[(1, 6), (5, 6), (9, 7), (9, 9), (1, 9)]],
    "top": [[(1, 1), (3, 1), (5, 3), (7, 1), (9, 1), (7, 6), (3, 6)]],
    "trousers": [[(2, 1), (4, 1), (4, 9), (2, 9)], [(6, 1), (8, 1), (8, 9), (6, 9)]],
}


def draw() -> Iterator[tuple[str, Pixels]]:
    """Draw each image: its path below the folder, and its pixels (height, width)."""
    for place, name in enumerate(CLASSES):
        generator = np.random.default_rng(place)
        for number in range(EACH):
            yield f"{name}/{number:02}.png", piece(name, generator)


def piece(name: str, generator: np.random.Generator) -> Pixels:
    """Draw one piece of clothing."""
    size, shade = generator.uniform(1.9, 2.4), int(generator.integers(150, 256))
    left, top = generator.uniform(2, 4, 2)
    image = Image.new("L", (SIDE, SIDE))
    for outline in OUTLINES[name]:
        corners = [(left + size * x, top + size * y) for x, y in outline]
        ImageDraw.Draw(image).polygon(corners, fill=shade)
    noise = generator.integers(0, 30, (SIDE, SIDE))
    pixels: Pixels = np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8)
    return pixels
