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
    FACES: "4f273c165880453afb9d9b4004c10017ed10ffcf4cda06150adabdf57e02427c",
    TEST: "d92d13f1d0e1b1e1e4eb78ed65ad2d301162c5eccc230674326665edee87b0f1",
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
