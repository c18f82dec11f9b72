"""The arrays of ``prepared`` as the only file of a dataset, and runs of notebooks that load it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import prepared

from grader.datasets import Arrays, Dataset
from grader.images import Images
from grader.kernel.job import Aims, Job, Run
from grader.kernel.kernels import Kernels
from grader.kinds.training.part import TrainedModel
from grader.records import PlannedCell, Role

TRAIN, EPOCHS = "digits/train", 20


def images(folder: Path) -> Images:
    """Write the file, and return the grader's copy of it.

    Args:
        folder: Where the file is to be.
    """
    arrays = {
        f"{axis}_{name}": getattr(each, axis)
        for name, each in prepared.SPLITS.items()
        for axis in "xy"
    }
    np.savez(folder / "digits.npz", **arrays)
    split = Arrays("digits", folder / "digits.npz")
    return Images.of(Dataset("digits", "digits", splits=(split,)), None)


def run(kernels: Kernels, copy: Images, cells: Sequence[PlannedCell]) -> Run:
    """Run a notebook whose function ``train`` is to train on these arrays.

    Args:
        kernels: That run it.
        copy: Of the arrays.
        cells: Of the notebook; those that train say that they call ``train``.
    """
    part = TrainedModel("train", variable="history", data=TRAIN, most_epochs=EPOCHS)
    job = Job(
        cells, {part.name: part}, None, "digits", 1, epochs=EPOCHS, splits=copy.splits,
        arrays=copy.arrays, aims={part.name: Aims(EPOCHS, data=TRAIN)},
    )  # fmt: skip
    return kernels.run(job)


def trains(source: str) -> PlannedCell:
    """Return a cell that trains."""
    return PlannedCell(source, Role.REQUIRED, calls=frozenset({"train"}))
