"""Which files of a folder are images of a dataset: the one rule for all who count or load them.

It is that of Keras' ``ImageDataGenerator.flow_from_directory``, but for what no assignment means:
hidden files and folders, and those that systems make for themselves. Whoever trains or is trained
gets a copy that has nothing else in it.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.errors import DatasetError
from grader.litter import is_overlooked

# The formats that Keras reads from a folder; it overlooks all other files.
# keras/src/legacy/preprocessing/image.py, Iterator.white_list_formats
_SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".ppm", ".tif", ".tiff"})


def class_folders(folder: Path) -> list[str]:
    """The names of the sub-folders that Keras would make classes of, sorted."""
    return sorted(
        path.name for path in folder.iterdir() if path.is_dir() and not is_overlooked(path.name)
    )


def image_files(folder: Path) -> list[str]:
    """The relative POSIX paths of all images below the class folders, sorted.

    Args:
        folder: Has one sub-folder for each class; images that lie beside these are in no class.
    """
    paths = (path for label in class_folders(folder) for path in _below(folder / label))
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def images_in(folder: Path) -> list[str]:
    """The names of all images that lie in a folder itself, sorted."""
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.suffix.lower() in _SUFFIXES and not is_overlooked(path.name) and not path.is_dir()
    )


def copy_images(folder: Path, target: Path) -> None:
    """Copy the images of a dataset, what links lead to included, and nothing else.

    Args:
        folder: The dataset.
        target: The folder to make.

    Raises:
        DatasetError: An image cannot be read, or the copy cannot be written.
    """
    copy_named(folder, target, image_files(folder))


def copy_named(folder: Path, target: Path, names: Iterable[str]) -> None:
    """Copy some files of a folder.

    Args:
        folder: Where they are.
        target: The folder to make.
        names: Their relative POSIX paths.

    Raises:
        DatasetError: One cannot be read, or the copy cannot be written.
    """
    try:
        for name in names:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, target / name)
    except OSError as error:
        raise DatasetError(
            f"The images in {folder} could not be copied to {target}: {error}. "
            "See that they may be read and that there is room on the disk."
        ) from error


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = (name for name in folders if not is_overlooked(name))
        paths = (Path(place, name) for name in files if not is_overlooked(name))
        yield from (path for path in paths if path.suffix.lower() in _SUFFIXES)
