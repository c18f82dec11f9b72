"""The pictures of the front door: two files as the course had them, and how they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from grader.authoring import Arrays, Dataset
from grader.resources import data_folder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Named = tuple[str, NDArray[np.generic]]

HERE = Path(__file__).parent
FOLDER = "happy_house"
TRAIN, TEST = 600, 150


def happy_house() -> Dataset:
    """Describe the dataset."""
    return Dataset(
        id="happy-house",
        folder=FOLDER,
        classes=("unhappy", "happy"),
        splits=(_split("train", partial(draw, "train")), _split("test", partial(draw, "test"))),
    )


def _split(name: str, drawn: Callable[[], Iterator[Named]]) -> Arrays:
    return Arrays(
        name,
        data_folder(FOLDER) / f"{name}_happy.h5",
        labels=f"{name}_set_y",
        record=HERE / f"{name}.json",
        draw=drawn,
    )


def draw(split: str) -> Iterator[Named]:
    """Draw the arrays of a split: pictures, labels, and the labels that there are.

    Args:
        split: ``train`` or ``test``.
    """
    import numpy as np

    from grader.assignments.happy_house.drawing import door

    pictures, labels = door.draw_all()
    rows = slice(0, TRAIN) if split == "train" else slice(TRAIN, TRAIN + TEST)
    yield f"{split}_set_x", pictures[rows]
    yield f"{split}_set_y", labels[rows]
    yield "list_classes", np.arange(2)
