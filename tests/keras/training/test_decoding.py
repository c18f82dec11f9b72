"""Images that a template has decoded: whoever is forked from it does not do it again."""

from pathlib import Path
from typing import Any

import pytest
from keras.src.utils import image_utils
from PIL import Image
from tensorflow.keras.preprocessing.image import ImageDataGenerator

from grader.inspection import decoding

SIZE = (6, 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, colour in (("happy", "white"), ("sad", "black")):
        (tmp_path / name).mkdir()
        Image.new("RGB", SIZE[::-1], colour).save(tmp_path / name / "1.png")
    return tmp_path


class Counting:
    """Stands in for ``PIL.Image`` where Keras decodes."""

    def __init__(self) -> None:
        self.opened = 0

    def open(self, file: Any) -> Any:
        self.opened += 1
        return Image.open(file)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """What Keras itself has decoded."""
    decoding.forget()
    counting = Counting()
    monkeypatch.setattr(image_utils, "pil_image", counting)
    return counting


def shown(folder: Path, size: tuple[int, int] = SIZE) -> Any:
    loader = ImageDataGenerator().flow_from_directory(str(folder), size, shuffle=False)
    return loader[0][0]


def test_images_that_are_taken_as_they_are_are_not_decoded_again(
    folder: Path, decoded: Counting
) -> None:
    decoding.prepare(str(folder))
    before = decoded.opened
    shown(folder)
    assert (before, decoded.opened) == (2, 2)


def test_they_are_the_images_of_the_folder(folder: Path, decoded: Counting) -> None:
    decoding.prepare(str(folder))
    assert [int(image.max()) for image in shown(folder)] == [255, 0]
    assert decoded.opened


def test_images_of_another_size_are_decoded(folder: Path, decoded: Counting) -> None:
    decoding.prepare(str(folder))
    shown(folder, (3, 3))
    assert decoded.opened == 4


def test_kernels_have_forgotten_them(folder: Path, decoded: Counting) -> None:
    decoding.prepare(str(folder))
    decoding.forget()
    shown(folder)
    assert decoded.opened == 4


def test_what_is_no_image_does_no_harm(tmp_path: Path, decoded: Counting) -> None:
    (tmp_path / "happy").mkdir()
    (tmp_path / "happy" / "1.png").write_bytes(b"no image")
    decoding.prepare(str(tmp_path))
    assert decoded.opened == 0


def test_who_loads_an_image_is_given_what_keras_has_loaded(folder: Path, decoded: Counting) -> None:
    decoding.prepare(str(folder))
    path = str(folder / "sad" / "1.png")
    formats = {image_utils.load_img(path, target_size=SIZE).format for _ in range(2)}
    assert (formats, decoded.opened) == ({"PNG"}, 4)


def test_it_is_installed_once(decoded: Counting) -> None:
    decoding.install()
    first = image_utils.load_img.__code__
    decoding.install()
    assert image_utils.load_img.__code__ is first
    assert decoded.opened == 0
