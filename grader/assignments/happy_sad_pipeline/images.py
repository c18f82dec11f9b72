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
    FACES: "04ad55558a1b02dc4b838c9f2976328e5c851cc1d1b512f1fce4896a940f76a1",
    TEST: "7337e497c140d00b40a7b401c0549da342ba1383a1591ae0d3bb4bf2cea8d79e",
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
