"""What counts as an image of a dataset is what Keras loads."""

import shutil
from pathlib import Path

import pytest
import strays
from happy_or_sad.submission import ROOT
from tensorflow.keras.preprocessing.image import ImageDataGenerator

from grader.datasets import copy_images, image_files

# Keras loads them as well, and nobody means that.
HIDDEN = {
    "a Mac's resource fork", "a copy by Jupyter", "copies by Jupyter beside the classes",
    "what a Mac packs", "thumbnails of a shared drive",
}  # fmt: skip


def folder(tmp_path: Path, *names: str) -> Path:
    made = Path(shutil.copytree(ROOT / "data" / "happy_or_sad", tmp_path / "images"))
    for name in names:
        strays.HARMLESS[name](made)
    return made


def loaded(folder: Path) -> list[str]:
    return sorted(ImageDataGenerator().flow_from_directory(str(folder)).filenames)


@pytest.mark.parametrize("name", sorted(strays.HARMLESS.keys() - HIDDEN))
def test_images_are_those_that_keras_loads(tmp_path: Path, name: str) -> None:
    found = folder(tmp_path, name)
    assert image_files(found) == loaded(found)


@pytest.mark.parametrize("name", sorted(HIDDEN))
def test_of_a_copy_keras_loads_nothing_that_is_hidden(tmp_path: Path, name: str) -> None:
    copy_images(folder(tmp_path, name), tmp_path / "copy")
    assert loaded(tmp_path / "copy") == loaded(ROOT / "data" / "happy_or_sad")
