"""Images that a template has decoded: whoever is forked from it does not do it again."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from keras.src.utils import image_utils
from PIL import Image
from tensorflow.keras.preprocessing.image import ImageDataGenerator

from grader.inspection import decoded as decoded_module
from grader.inspection import decoding
from grader.inspection.decoded import DecodedImages

# Height and width of the images of each split: no two are alike.
SIZES = {"train": (6, 4), "validation": (9, 8), "test": (5, 5)}
SIZE = SIZES["train"]


def written(folder: Path, mode: str) -> Path:
    """Write an image of one of Pillow's modes."""
    pixels = np.random.default_rng(1).integers(0, 256, (*SIZE, 4), np.uint8)
    drawn = Image.fromarray(pixels)
    image = Image.fromarray(pixels[..., 0].astype(np.uint16) * 7) if mode == "I;16" else drawn
    path = folder / ("image.tiff" if mode in {"CMYK", "I;16"} else "image.png")
    image.convert(mode).save(path)
    return path


@pytest.fixture
def splits(tmp_path: Path) -> dict[str, Path]:
    for split, size in SIZES.items():
        for name in ("happy", "sad"):
            (tmp_path / split / name).mkdir(parents=True)
            for number in range(3):
                colour = (40 * number, 0, 255 if name == "happy" else 0)
                image = Image.new("RGB", size[::-1], colour)
                image.save(tmp_path / split / name / f"{number}.png")
    return {split: tmp_path / split for split in SIZES}


@pytest.fixture
def folder(splits: dict[str, Path]) -> Path:
    return splits["train"]


class Counting:
    """Stands in for ``PIL.Image`` where images are decoded."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open(self, file: Any) -> Any:
        self.opened.append(getattr(file, "name", ""))
        return Image.open(file)

    def __getattr__(self, name: str) -> Any:
        return getattr(Image, name)


@pytest.fixture
def by_keras(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counting]:
    """What Keras itself has decoded."""
    decoding.forget()
    counting = Counting()
    monkeypatch.setattr(image_utils, "pil_image", counting)
    yield counting
    decoding.forget()


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """What was decoded before anybody asked for it."""
    counting = Counting()
    monkeypatch.setattr(decoded_module, "Image", counting)
    return counting


def shown(folder: Path, size: tuple[int, int] = SIZE, **settings: Any) -> Any:
    loader = ImageDataGenerator().flow_from_directory(str(folder), size, shuffle=False, **settings)
    return loader[0][0]


def test_nothing_of_several_splits_is_decoded_twice(
    splits: dict[str, Path], by_keras: Counting, ahead: Counting
) -> None:
    for folder in splits.values():
        decoding.prepare(str(folder))
    for _ in range(2):
        for split, folder in splits.items():
            shown(folder, SIZES[split])
            shown(folder, (7, 7))
    assert (len(ahead.opened), by_keras.opened) == (18, [])


def test_they_are_the_images_of_the_folder(folder: Path, by_keras: Counting) -> None:
    decoding.prepare(str(folder))
    assert [int(image[0, 0, 2]) for image in shown(folder)] == [255, 255, 255, 0, 0, 0]
    assert by_keras.opened == []


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize("colours", ["grayscale", "rgb", "rgba"])
@pytest.mark.filterwarnings("ignore:Palette images with Transparency")
def test_what_is_made_of_them_is_what_keras_makes_of_the_file(
    tmp_path: Path, mode: str, colours: str
) -> None:
    path = written(tmp_path, mode)
    images = DecodedImages()
    images.add("key", path)
    for way, size in product(image_utils.PIL_INTERPOLATION_METHODS, (None, SIZE, (9, 7), (3, 2))):
        settings = {"color_mode": colours, "target_size": size, "interpolation": way}
        found = images.loaded("key", {**settings, "keep_aspect_ratio": False})
        plain = image_utils.load_img(str(path), **settings)
        # What is shown in colours, as nearly all is, never needs its file.
        assert found is not None or colours != "rgb"
        image = plain if found is None else found[0]
        assert (image.mode, np.asarray(image).tolist()) == (plain.mode, np.asarray(plain).tolist())


def test_who_keeps_the_aspect_ratio_has_them_decoded(tmp_path: Path) -> None:
    images = DecodedImages()
    images.add("key", written(tmp_path, "RGB"))
    settings = {"color_mode": "rgb", "target_size": (3, 3), "interpolation": "nearest"}
    assert images.loaded("key", {**settings, "keep_aspect_ratio": True}) is None


def test_what_does_not_fit_is_decoded_where_it_is_used(
    folder: Path, by_keras: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = shown(folder)
    decoding.forget()
    by_keras.opened.clear()
    monkeypatch.setattr(decoding._decoder, "_decoded", DecodedImages(4 * 6 * 4 * 3))
    decoding.prepare(str(folder))
    assert np.array_equal(shown(folder), plain)
    assert len(by_keras.opened) == 2


def test_kernels_have_forgotten_them(folder: Path, by_keras: Counting) -> None:
    decoding.prepare(str(folder))
    decoding.forget()
    shown(folder)
    assert len(by_keras.opened) == 6


def test_what_is_no_image_does_no_harm(folder: Path, by_keras: Counting) -> None:
    (folder / "happy" / "0.png").write_bytes(b"no image")
    decoding.prepare(str(folder))
    (folder / "happy" / "0.png").unlink()
    shown(folder)
    assert by_keras.opened == []


def test_who_loads_an_image_is_given_what_keras_has_loaded(
    folder: Path, by_keras: Counting
) -> None:
    decoding.prepare(str(folder))
    path = str(folder / "sad" / "1.png")
    formats = {image_utils.load_img(path, target_size=SIZE).format for _ in range(2)}
    assert (formats, len(by_keras.opened)) == ({"PNG"}, 2)


def test_it_is_installed_once(by_keras: Counting) -> None:
    decoding.install()
    first = image_utils.load_img.__code__
    decoding.install()
    assert image_utils.load_img.__code__ is first
    assert by_keras.opened == []
