"""Runs shared by tests: a kernel with TensorFlow in it takes seconds to start."""

import socket
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from grader.kernel import fitting
from grader.kernel.fitting import Fitting
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.kernel.limits import Limits
from grader.records import PlannedCell, ProbeRequest, Role

SEED = 7
Go = Callable[..., Run]


@pytest.fixture(scope="session")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("images")
    for name, colour in (("happy", "white"), ("sad", "black")):
        (folder / name).mkdir()
        for number in range(3):
            Image.new("RGB", (8, 8), colour).save(folder / name / f"{number}.png")
    return folder


@pytest.fixture(scope="session")
def go(images: Path, kernels: Kernels) -> Go:
    def start(*cells: str | PlannedCell, using: Kernels = kernels, **limits: float) -> Run:
        planned = [
            PlannedCell(cell, Role.REQUIRED) if isinstance(cell, str) else cell for cell in cells
        ]
        named = {cell.name for cell in planned}
        probes = {probe.name: probe for probe in PROBES if probe.name in named}
        chosen = Limits(**{"grace_s": 2.0, **limits})  # type: ignore[arg-type]
        with warnings.catch_warnings():
            # pytest looks for warnings in tests alone, and most runs are made by fixtures.
            warnings.simplefilter("error")
            return using.run(Job(planned, probes, images, "faces", SEED, chosen))

    return start


@pytest.fixture
def kernel(serving: Fitting, tmp_path: Path) -> Iterator[socket.socket]:
    """Stand in for a kernel that ``serving`` listens to."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(tmp_path / fitting.NAME))
        connection.settimeout(10)
        yield connection
    serving.close()


PROBES = (
    ProbeRequest("callback", "Callback", after_call=False),
    ProbeRequest("loader", "load", variable="gen"),
    ProbeRequest("training", "train", variable="hist"),
)
