"""The horses and humans: which splits they are in, and how they are drawn."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from grader.authoring import ClassFolders, Dataset, Pixels, data_folder

FOLDER = "horses_or_humans"
CLASSES = ("horses", "humans")
TRAINING, VALIDATION = "train", "validation"
SIZE = (300, 300)
# What the pictures of each split are known by, whatever their encoding.
DIGESTS = {
    TRAINING: "a153dc8129d221ced1faf47053afac41e76a799b8bb1dd8cbd3281a5a863bc0e",
    VALIDATION: "6c103e7212ecb35f3f0b922e09db2f4711504e8ec8223fb2fc6264fb8cf2daa7",
}


def horses_or_humans_images() -> Dataset:
    """Describe the dataset, which is drawn into ``data/`` when it is first needed."""
    folder = data_folder(FOLDER)
    splits = tuple(_split(name, folder) for name in DIGESTS)
    return Dataset("horses-or-humans", FOLDER, CLASSES, splits=splits)


def _split(name: str, folder: Path) -> ClassFolders:
    return ClassFolders(
        name, folder / name, draw=partial(draw, name), size=SIZE, pixels_digest=DIGESTS[name]
    )


def draw(split: str) -> Iterator[tuple[str, Pixels]]:
    """Draw the pictures of a split: the path of each below its folder, and its pixels.

    Args:
        split: Its name.
    """
    from grader.assignments.horses_or_humans.drawing import pictures

    return pictures.draw(split)
