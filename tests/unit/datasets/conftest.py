import shutil
from pathlib import Path

import pytest

from grader.assignments.happy_or_sad.images import happy_or_sad
from grader.datasets import Dataset

COMMITTED = Path(__file__).parents[3] / "data" / "happy_or_sad"


@pytest.fixture
def dataset() -> Dataset:
    return happy_or_sad()


@pytest.fixture
def committed() -> Path:
    return COMMITTED


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    target = tmp_path / "copy"
    shutil.copytree(COMMITTED, target)
    return target
