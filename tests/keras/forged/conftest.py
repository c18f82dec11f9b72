"""Forged submissions are graded as one class, whose trainings are remembered."""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from at_hand import CHOICE
from forged.submission import Forged, Grade, Worth

from grader.fits.options import TrainingOptions
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Entry, Pipeline
from grader.processes.backend import Backend
from grader.training.memo import Memo


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    options = TrainingOptions(Memo(tmp_path_factory.mktemp("memo")))
    with Kernels(Backend.best(), Isolation.AVAILABLE, training=options) as kernels:
        yield Pipeline(kernels, CHOICE)


@pytest.fixture
def grade(pipeline: Pipeline, tmp_path: Path, request: pytest.FixtureRequest) -> Grade:
    """Return what a submission is worth; those that are seldom graded only with ``--prove``."""

    def graded(forged: Forged) -> Worth:
        if forged.seldom and not request.config.getoption("--prove"):
            pytest.skip("one of many; --prove grades all of them")
        path = tmp_path / f"{forged.id}.ipynb"
        nbformat.write(forged.notebook(), path)
        return Worth.of(pipeline.grade(Entry(path, forged.id, path.name)).report)

    return graded
