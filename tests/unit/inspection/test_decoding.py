import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from grader import hooks
from grader.inspection import decoding
from grader.inspection.decoding import Decoder

loaded: list[Any] = []


def loading(path: Any, target_size: Any = None) -> Image.Image:
    """Load as Keras does, and keep count."""
    loaded.append(path)
    image = Image.open(path)
    return image.resize(target_size) if target_size else image.copy()


PLAIN = loading.__code__


@pytest.fixture
def decoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Decoder]:
    monkeypatch.setattr(decoding, "_CALLERS", {__name__})
    made = Decoder()
    hooks.attach(loading, made.loading)
    loaded.clear()
    yield made
    loading.__code__ = PLAIN


@pytest.fixture
def path(tmp_path: Path) -> str:
    pixels = np.arange(48, dtype="uint8").reshape(4, 4, 3)
    Image.fromarray(pixels).save(tmp_path / "image.png")
    return str(tmp_path / "image.png")


@pytest.mark.usefixtures("decoder")
def test_an_image_is_decoded_once(path: str) -> None:
    for _ in range(3):
        loading(path, target_size=(2, 2))
    assert len(loaded) == 1


@pytest.mark.usefixtures("decoder")
def test_its_pixels_are_the_same_each_time(path: str) -> None:
    first, second = (np.asarray(loading(path)) for _ in range(2))
    assert (first == second).all()
    assert (first == np.asarray(Image.open(path))).all()


@pytest.mark.usefixtures("decoder")
def test_whoever_closes_an_image_closes_a_copy(path: str) -> None:
    for _ in range(3):
        loading(path).close()
    assert np.asarray(loading(path)).sum() == sum(range(48))


@pytest.mark.usefixtures("decoder")
def test_another_size_is_decoded_anew(path: str) -> None:
    assert [loading(path, target_size=(n, n)).size for n in (2, 3)] == [(2, 2), (3, 3)]


@pytest.mark.usefixtures("decoder")
def test_a_file_that_changed_is_decoded_anew(path: str) -> None:
    loading(path)
    Image.new("RGB", (4, 4), "white").save(path)
    os.utime(path, ns=(1, 1))
    assert np.asarray(loading(path)).min() == 255


@pytest.mark.usefixtures("decoder")
def test_a_file_that_is_not_there_is_left_to_the_loader() -> None:
    with pytest.raises(FileNotFoundError):
        loading("nowhere.png")


@pytest.mark.usefixtures("decoder")
def test_settings_that_cannot_be_compared_are_left_to_the_loader(path: str) -> None:
    for _ in range(2):
        loading(path, target_size=[2, 2])
    assert len(loaded) == 2


@pytest.mark.usefixtures("decoder")
def test_what_is_remembered_is_bounded(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MAX_BYTES", 10)
    for _ in range(2):
        loading(path)
    assert len(loaded) == 2


def test_what_is_forgotten_is_decoded_anew(decoder: Decoder, path: str) -> None:
    loading(path)
    decoder.forget()
    loading(path)
    assert len(loaded) == 2


@pytest.mark.usefixtures("decoder")
def test_others_than_keras_loaders_are_given_what_was_loaded(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "_CALLERS", {"keras"})
    for _ in range(2):
        loading(path)
    assert len(loaded) == 2
