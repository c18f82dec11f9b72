"""Says whether a folder holds a dataset, and if not, what exactly is wrong with it."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from grader.datasets.comparing import compare, file_digest, unreadable
from grader.datasets.images import class_folders, image_files
from grader.datasets.record import FileRecord, pixels_digest
from grader.errors import DatasetError
from grader.litter import is_litter

__all__ = [
    "Expected",
    "check_usable",
    "digest",
    "foreign_entries",
    "pixels_digest",
    "surplus",
    "verify",
]

# Says of a folder which code has drawn it.
MARK = ".drawn.json"


class Expected(Protocol):
    """What is expected of a folder of images: a dataset that is not divided, or a split."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def classes(self) -> tuple[str, ...]:
        """The sub-folders."""

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height of every image; None where they differ."""

    @property
    def files(self) -> Mapping[str, FileRecord]:
        """The record of every image; empty where none is kept."""

    @property
    def described(self) -> str:
        """What it must have, in a phrase."""


def list_files(folder: Path) -> list[str]:
    """The relative POSIX paths of all files below a folder, images or not, sorted.

    The mark of what was drawn is left out.
    """
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not is_litter(path.name) and path != folder / MARK
    )


def digest(folder: Path) -> str:
    """Identifies any copy of a dataset by its images' relative names and bytes.

    Args:
        folder: Any folder; its own name and all modification times are irrelevant, and so is what
            is no image.

    Returns:
        A SHA-256 as 64 hexadecimal digits.

    Raises:
        DatasetError: There is no such folder.
    """
    if not folder.is_dir():
        raise DatasetError(f"Expected a folder with a dataset at {folder}, found none.")
    whole = hashlib.sha256()
    for name in image_files(folder):
        # No name can contain the zero byte, so no two listings look alike.
        whole.update(f"{name}\0{file_digest(folder / name)}\n".encode())
    return whole.hexdigest()


def verify(dataset: Expected, folder: Path, *, mention_reencoded: bool = False) -> list[str]:
    """Compares a folder with what the dataset must contain.

    Args:
        dataset: What is expected.
        folder: What is to be checked.
        mention_reencoded: Whether to list files whose bytes differ although their pixels are
            right, which does no harm.

    Returns:
        One line for each problem, empty when all is right: what is no image is none.
    """
    if not folder.is_dir():
        return [f"{folder}: expected a folder with {dataset.described}, found none"]
    if not dataset.files:
        # Nobody has recorded what they must be.
        return list(obstacles(dataset, folder))
    found = set(image_files(folder))
    problems = compared(dataset, folder, found, mention_reencoded=mention_reencoded)
    return sorted([*problems, *map(_unexpected, surplus_folders(dataset, folder))])


def compared(
    dataset: Expected, folder: Path, found: Collection[str], *, mention_reencoded: bool = False
) -> list[str]:
    """Say which images are missing, surplus or others than they must be.

    Args:
        dataset: What is expected.
        folder: What is to be checked.
        found: The images in it.
        mention_reencoded: As for ``verify``.
    """
    known, names = dataset.files, set(found)
    problems = [f"{name}: expected an image, found no file" for name in known.keys() - names]
    problems += [_unexpected(name) for name in names - known.keys()]
    for name in known.keys() & names:
        problems += compare(
            name, known[name], folder / name, dataset.size, mention_reencoded=mention_reencoded
        )
    return sorted(problems)


def foreign_entries(dataset: Expected, folder: Path) -> list[str]:
    """Lists all files and sub-folders that do not belong to the dataset, images or not."""
    names = [name for name in list_files(folder) if name not in dataset.files]
    return [_unexpected(name) for name in (*names, *surplus_folders(dataset, folder))]


def surplus(dataset: Expected, folder: Path) -> list[str]:
    """Lists the images that a folder has beside all those of the dataset.

    Returns:
        Relative POSIX paths; none when an image of the dataset is missing, as in a folder of
        altogether other images, or when nobody knows which there are.
    """
    found = set(image_files(folder))
    whole = dataset.files and found >= dataset.files.keys()
    return sorted(found - dataset.files.keys()) if whole else []


def check_usable(dataset: Expected, folder: Path) -> None:
    """Makes sure that another copy of the images can take the place of the dataset.

    Keras makes a class of every sub-folder and reads every image in it, so neither another
    sub-folder nor a damaged image is tolerable.

    Raises:
        DatasetError: It cannot; says what was expected, what was found and what to do.
    """
    obstacle = next(obstacles(dataset, folder), None)
    if obstacle:
        *others, last = (f"{name}/" for name in dataset.classes)
        wanted = f"{', '.join(others)} and {last}" if others else last
        raise DatasetError(
            f"{folder} cannot serve as the dataset {dataset.id}: {obstacle}. Choose a folder that "
            f"has exactly the sub-folders {wanted}, each with at least one image."
        )


def obstacles(dataset: Expected, folder: Path) -> Iterator[str]:
    """Say why a folder cannot take the place of a dataset; nothing where it can."""
    if not folder.is_dir():
        yield "expected a folder, found none"
        return
    classes = {label.casefold(): label for label in dataset.classes}
    for name in surplus_folders(dataset, folder):
        label = classes.get(name.rstrip("/").casefold())
        if label and not (folder / label).is_dir():
            yield f"expected a sub-folder {label}/, found {name}: rename it"
        else:
            yield f"expected no other sub-folder, found {name}: move it away"
    images = image_files(folder)
    for label in dataset.classes:
        yield from _class_obstacles(folder, label, [n for n in images if n.startswith(f"{label}/")])


def _class_obstacles(folder: Path, label: str, images: list[str]) -> Iterator[str]:
    if not (folder / label).is_dir():
        yield f"expected a sub-folder {label}/, found none"
        return
    if not images:
        yield f"expected at least one image in {label}/, found none"
    for name in images:
        if name.count("/") > 1:
            yield f"expected all images of {label}/ directly in it, found {name}: move it away"
        reason = unreadable(folder / name)
        if reason:
            yield f"expected a readable image in {name}, found a damaged one ({reason})"


def surplus_folders(dataset: Expected, folder: Path) -> list[str]:
    """List the sub-folders that are no class of a dataset."""
    return [f"{name}/" for name in class_folders(folder) if name not in dataset.classes]


def _unexpected(name: str) -> str:
    return f"{name}: expected no such {'folder' if name.endswith('/') else 'file'}, found one"
