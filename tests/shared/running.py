"""Runs cells in kernels, as tests do: with six small images, and probes for graded names."""

import warnings
from pathlib import Path

from made_parts import trained
from PIL import Image

from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.kinds.callback.part import StoppingCallback
from grader.kinds.loader.part import ImageLoader
from grader.processes.limits import Limits
from grader.records import PlannedCell, Role

SEED = 7
PROBES = (
    StoppingCallback("Callback", threshold=0.5, accuracies=(0.0, 1.0)),
    ImageLoader("load", variable="gen"),
    trained(),
)


def draw(folder: Path) -> Path:
    """Draw images of two classes in a folder, and return it."""
    for name, colour in (("happy", "white"), ("sad", "black")):
        (folder / name).mkdir()
        for number in range(3):
            Image.new("RGB", (8, 8), colour).save(folder / name / f"{number}.png")
    return folder


def start(kernels: Kernels, images: Path, *cells: str | PlannedCell, **limits: float) -> Run:
    """Run cells; those that are graded are probed when they are named as a probe is.

    Args:
        kernels: That run them.
        images: As ``draw`` made them.
        cells: Source of a cell, or a cell that is planned.
        limits: Those that are not the usual ones.
    """
    planned = [
        PlannedCell(cell, Role.REQUIRED) if isinstance(cell, str) else cell for cell in cells
    ]
    named = {cell.name for cell in planned}
    probes = {probe.name: probe for probe in PROBES if probe.name in named}
    chosen = Limits(**{"grace_s": 2.0, **limits})  # type: ignore[arg-type]
    with warnings.catch_warnings():
        # pytest looks for warnings in tests alone, and most runs are made by fixtures.
        warnings.simplefilter("error")
        return kernels.run(Job(planned, probes, images, "faces", SEED, chosen))
