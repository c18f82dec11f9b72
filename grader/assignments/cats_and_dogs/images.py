"""The animals: which splits they are in, and how they are drawn."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from grader.authoring import ClassFolders, Dataset, Pixels, data_folder

FOLDER = "cats_dogs"
CLASSES = ("CAT", "DOG")
TRAINING, VALIDATION, TEST = "train", "val", "test"
SIZE = (64, 64)
# What the pictures of each split are known by, whatever their encoding.
DIGESTS = {
    TRAINING: "aa3de14e26263b3f82ff405a72619168a037cf46b1a3c4cac62355edd79bcf13",
    VALIDATION: "0f92e818dbe98e88479c343ec5ddf9ec841e15d62913785b1f82836b41d05edb",
    TEST: "f51b013f019e9ef163d74198269d697d060dce171db65bcc7fe31a8c291fc8ce",
}


def cats_and_dogs_images() -> Dataset:
    """Describe the dataset, which is drawn into ``data/`` when it is first needed."""
    folder = data_folder(FOLDER)
    splits = tuple(_split(name, folder) for name in DIGESTS)
    return Dataset("cats-and-dogs", FOLDER, CLASSES, splits=splits)


def _split(name: str, folder: Path) -> ClassFolders:
    return ClassFolders(
        name, folder / name, draw=partial(draw, name), size=SIZE, pixels_digest=DIGESTS[name]
    )


def draw(split: str) -> Iterator[tuple[str, Pixels]]:
    """Draw the pictures of a split: the path of each below its folder, and its pixels.

    Args:
        split: Its name.
    """
    from grader.assignments.cats_and_dogs.drawing import pictures

    return pictures.draw(split)
