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
    TRAINING: "9effa221800624634a12c1f2374125f9e6511047dbfbc3c05ab2f74463bcf96b",
    VALIDATION: "39bbac478d0d9439a120b64a2631e3e46b31ea90d34eea813ffea2612569bb12",
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
