from collections.abc import Callable
from pathlib import Path

import pytest

Make = Callable[..., Path]


@pytest.fixture
def klass(tmp_path: Path) -> Path:
    folder = tmp_path / "class"
    folder.mkdir()
    return folder


@pytest.fixture
def make(klass: Path) -> Make:
    def make(*names: str) -> Path:
        for name in names:
            path = klass / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)
        return klass

    return make
