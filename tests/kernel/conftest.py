"""Runs shared by tests: a kernel with TensorFlow in it takes seconds to start."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import running

from grader.fits import server
from grader.fits.server import FitServer
from grader.kernel.job import Run
from grader.kernel.kernels import Kernels
from grader.records import PlannedCell

Go = Callable[..., Run]


@pytest.fixture(scope="session")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return running.draw(tmp_path_factory.mktemp("images"))


@pytest.fixture(scope="session")
def go(images: Path, kernels: Kernels) -> Go:
    def start(*cells: str | PlannedCell, using: Kernels = kernels, **limits: float) -> Run:
        return running.start(using, images, *cells, **limits)

    return start


@pytest.fixture
def kernel(serving: FitServer, tmp_path: Path) -> Iterator[socket.socket]:
    """Stand in for a kernel that ``serving`` listens to."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(tmp_path / server.NAME))
        connection.settimeout(10)
        yield connection
    serving.close()
