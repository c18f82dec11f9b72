"""Drawn images in the place of a dataset of Keras' own."""

from pathlib import Path

import keras
import pytest
from splitting import npz

from grader.probe.downloads import taken_as_they_are


@pytest.fixture
def mnist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a file where Keras looks for its own, and forbid it to fetch that."""

    def fetch(*_: object, **__: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", fetch)
    monkeypatch.setattr("keras.src.utils.file_utils.config.keras_home", lambda: str(tmp_path))
    (tmp_path / "datasets").mkdir()
    return npz(tmp_path / "datasets" / "mnist.npz", 3)


def load(path: Path) -> str:
    return str(keras.utils.get_file(path.name, "https://example.org/m.npz", file_hash="0" * 64))


def test_keras_takes_them_while_a_loader_is_looked_at(mnist: Path) -> None:
    with taken_as_they_are():
        assert load(mnist) == str(mnist)


def test_keras_compares_hashes_afterwards(mnist: Path) -> None:
    with taken_as_they_are():
        pass
    with pytest.raises(ConnectionError):
        load(mnist)
