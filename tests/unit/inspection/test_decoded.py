"""What is kept of images that were decoded ahead: within its bound, and until it is forgotten."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFile

from grader.inspection.decoded import DecodedImages

SIDE = 4
OF_ONE = SIDE * SIDE * 3


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    for number in range(3):
        pixels = np.full((SIDE, SIDE, 3), number, np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{number}.png")
    return sorted(tmp_path.iterdir())


def kept(paths: list[Path], most: int) -> DecodedImages:
    images = DecodedImages(most)
    for path in paths:
        images.add(path.name, path)
    return images


def test_all_that_fit_are_kept(paths: list[Path]) -> None:
    assert kept(paths, 3 * OF_ONE).size == 3 * OF_ONE


@pytest.mark.parametrize("most", [OF_ONE - 1, OF_ONE, 2 * OF_ONE + 1])
def test_no_more_is_kept_than_fits(paths: list[Path], most: int) -> None:
    assert kept(paths, most).size == most // OF_ONE * OF_ONE


def test_what_does_not_fit_is_not_even_decoded(
    paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Image.Image) -> None:
        raise AssertionError

    monkeypatch.setattr(ImageFile.ImageFile, "load", refuse)
    assert kept(paths, OF_ONE - 1).size == 0


def test_a_smaller_one_is_kept_behind_one_that_does_not_fit(
    paths: list[Path], tmp_path: Path
) -> None:
    Image.new("RGB", (100, 100)).save(tmp_path / "large.png")
    assert kept([tmp_path / "large.png", *paths], 3 * OF_ONE).size == 3 * OF_ONE


def test_one_that_was_added_before_is_not_kept_twice(paths: list[Path]) -> None:
    assert kept([*paths, *paths], 6 * OF_ONE).size == 3 * OF_ONE


def test_what_is_no_image_is_not_kept(paths: list[Path], tmp_path: Path) -> None:
    (tmp_path / "words.png").write_text("no image")
    assert kept([tmp_path / "words.png", *paths], 9 * OF_ONE).size == 3 * OF_ONE


def test_nothing_is_left_of_them_once_they_are_forgotten(paths: list[Path]) -> None:
    images = kept(paths, 3 * OF_ONE)
    memory = images._memory
    images.forget()
    assert (images.size, memory is not None and memory.closed) == (0, True)
