"""Augmented images: those of the dataset, moved about by chance, which no kernel has seen."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageEnhance, ImageOps

# Enough that no pixel stays what it was, little enough that a face stays a face.
DEGREES, SHIFT, BRIGHTNESS = 5.0, 0.03, 0.1


def augmented_images(
    dataset: Path, size: tuple[int, int], turned: int, order: Sequence[str] = ()
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Make an image of each image of a dataset, in an order that nobody knows.

    Args:
        dataset: A folder with one sub-folder for each class.
        size: Height and width in pixels.
        turned: By how many classes the class folders are shifted.
        order: Names of all class folders in the order of their labels, if it is not the alphabet's.

    Returns:
        Images (images, height, width, 3), and the numbers of their classes.
    """
    chance = secrets.SystemRandom()
    classes = sorted(folder.name for folder in dataset.iterdir() if folder.is_dir())
    labels = order if sorted(order) == classes else classes
    made = [
        (_moved(path, size, chance), labels.index(classes[(place + turned) % len(classes)]))
        for place, name in enumerate(classes)
        for path in (dataset / name).iterdir()
    ]
    chance.shuffle(made)
    return np.stack([image for image, _ in made]), np.array([label for _, label in made])


def _moved(path: Path, size: tuple[int, int], chance: Random) -> NDArray[np.uint8]:
    height, width = size
    with Image.open(path) as file:
        image = ImageOps.mirror(file.convert("RGB").resize((width, height)))
    corner = image.getpixel((0, 0))
    image = image.rotate(
        chance.uniform(-DEGREES, DEGREES),
        translate=(
            round(chance.uniform(-SHIFT, SHIFT) * width),
            round(chance.uniform(-SHIFT, SHIFT) * height),
        ),
        fillcolor=corner,
    )
    brighter = ImageEnhance.Brightness(image).enhance(
        chance.uniform(1 - BRIGHTNESS, 1 + BRIGHTNESS)
    )
    return np.asarray(brighter, dtype=np.uint8)
