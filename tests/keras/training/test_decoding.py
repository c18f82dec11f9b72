"""Images that a template has decoded: whoever is forked from it does not do it again."""

from pathlib import Path
from typing import Any

import pytest
from keras.src.utils import image_utils
from PIL import Image
from tensorflow.keras.preprocessing.image import ImageDataGenerator

from grader.probe import decoding
from grader.probe.decoding import Decoder

SIZE = (6, 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, colour in (("happy", "white"), ("sad", "black")):
        (tmp_path / name).mkdir()
        Image.new("RGB", SIZE[::-1], colour).save(tmp_path / name / "1.png")
    return tmp_path


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Paths that Keras itself has decoded."""
    paths: list[Any] = []
    load = getattr(image_utils.load_img, "_load", image_utils.load_img)

    def loading(path: Any, *args: Any, **kwargs: Any) -> Any:
        paths.append(path)
        return load(path, *args, **kwargs)

    monkeypatch.setattr(image_utils, "load_img", Decoder(loading))
    return paths


def shown(folder: Path, size: tuple[int, int] = SIZE) -> Any:
    loader = ImageDataGenerator().flow_from_directory(str(folder), size, shuffle=False)
    return loader[0][0]


def test_images_that_are_taken_as_they_are_are_not_decoded_again(
    folder: Path, decoded: list[Any]
) -> None:
    decoding.prepare(str(folder))
    before = len(decoded)
    shown(folder)
    assert (before, len(decoded)) == (2, 2)


def test_they_are_the_images_of_the_folder(folder: Path, decoded: list[Any]) -> None:
    decoding.prepare(str(folder))
    assert [int(image.max()) for image in shown(folder)] == [255, 0]
    assert decoded


def test_images_of_another_size_are_decoded(folder: Path, decoded: list[Any]) -> None:
    decoding.prepare(str(folder))
    shown(folder, (3, 3))
    assert len(decoded) == 4


def test_kernels_have_forgotten_them(folder: Path, decoded: list[Any]) -> None:
    decoding.prepare(str(folder))
    decoding.forget()
    shown(folder)
    assert len(decoded) == 4


def test_what_is_no_image_does_no_harm(tmp_path: Path, decoded: list[Any]) -> None:
    (tmp_path / "happy").mkdir()
    (tmp_path / "happy" / "1.png").write_bytes(b"no image")
    decoding.prepare(str(tmp_path))
    assert decoded == []


def test_it_is_installed_once(decoded: list[Any]) -> None:
    first = image_utils.load_img
    decoding.install()
    assert image_utils.load_img is first
    assert not decoded
