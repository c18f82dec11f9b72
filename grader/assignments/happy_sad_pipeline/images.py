"""The faces: which parts they are in, and how they are drawn."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from grader.authoring import ClassFolders, Dataset, Pixels, data_folder

FOLDER = "happy_sad_pipeline"
CLASSES = ("happy", "sad")
# Pictures that students train, validate and test with, and those that the grader has for itself.
FACES, TEST = "faces", "test"
# What the pictures of each part are known by, whatever their encoding.
DIGESTS = {
    FACES: "35136d653cd430137f4663941b979c48316d49e8efa6e102bc974adecee2c3e6",
    TEST: "fd3564366932f23c5ce699669a2a07b11d6e902ba1436b29db313f2ac0e2b256",
}


def happy_sad_pipeline_images() -> Dataset:
    """Describe the dataset, which is drawn into ``data/`` when it is first needed."""
    folder = data_folder(FOLDER)
    splits = tuple(_split(name, folder) for name in DIGESTS)
    return Dataset("happy-sad-pipeline", FOLDER, CLASSES, splits=splits)


def _split(name: str, folder: Path) -> ClassFolders:
    return ClassFolders(
        name,
        folder / name,
        draw=partial(draw, name),
        pixels_digest=DIGESTS[name],
        hidden=name == TEST,
    )


def draw(split: str) -> Iterator[tuple[str, Pixels]]:
    """Draw the pictures of a part: the path of each below its folder, and its pixels.

    Args:
        split: Its name.
    """
    from grader.assignments.happy_sad_pipeline.drawing import pictures

    return pictures.draw(split)
