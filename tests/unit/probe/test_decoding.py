import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from grader.probe import decoding
from grader.probe.decoding import Decoder


class Loader:
    """Loads as Keras does, and counts."""

    def __init__(self) -> None:
        self.loaded = 0

    def __call__(self, path: Any, target_size: Any = None, **_: Any) -> Image.Image:
        self.loaded += 1
        image = Image.open(path)
        return image.resize(target_size) if target_size else image.copy()


@pytest.fixture
def load() -> Loader:
    return Loader()


@pytest.fixture
def path(tmp_path: Path) -> str:
    pixels = np.arange(48, dtype="uint8").reshape(4, 4, 3)
    Image.fromarray(pixels).save(tmp_path / "image.png")
    return str(tmp_path / "image.png")


def test_an_image_is_decoded_once(load: Loader, path: str) -> None:
    decoder = Decoder(load)
    for _ in range(3):
        decoder(path, target_size=(2, 2))
    assert load.loaded == 1


def test_its_pixels_are_the_same_each_time(load: Loader, path: str) -> None:
    decoder = Decoder(load)
    first, second = (np.asarray(decoder(path)) for _ in range(2))
    assert (first == second).all()
    assert (first == np.asarray(Image.open(path))).all()


def test_whoever_closes_an_image_closes_a_copy(load: Loader, path: str) -> None:
    decoder = Decoder(load)
    for _ in range(3):
        decoder(path).close()
    assert np.asarray(decoder(path)).sum() == sum(range(48))


def test_another_size_is_decoded_anew(load: Loader, path: str) -> None:
    decoder = Decoder(load)
    assert [decoder(path, target_size=(n, n)).size for n in (2, 3)] == [(2, 2), (3, 3)]


def test_a_file_that_changed_is_decoded_anew(load: Loader, path: str) -> None:
    decoder = Decoder(load)
    decoder(path)
    Image.new("RGB", (4, 4), "white").save(path)
    os.utime(path, ns=(1, 1))
    assert np.asarray(decoder(path)).min() == 255


def test_a_file_that_is_not_there_is_left_to_the_loader(load: Loader) -> None:
    with pytest.raises(FileNotFoundError):
        Decoder(load)("nowhere.png")


def test_settings_that_cannot_be_compared_are_left_to_the_loader(load: Loader, path: str) -> None:
    decoder = Decoder(load)
    for _ in range(2):
        decoder(path, target_size=[2, 2])
    assert load.loaded == 2


def test_what_is_remembered_is_bounded(
    load: Loader, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "MAX_BYTES", 10)
    decoder = Decoder(load)
    for _ in range(2):
        decoder(path)
    assert load.loaded == 2


def test_what_is_forgotten_is_decoded_anew(load: Loader, path: str) -> None:
    decoder = Decoder(load)
    decoder(path)
    decoder.forget()
    decoder(path)
    assert load.loaded == 2
