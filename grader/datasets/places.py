"""Where a dataset is: in a copy that was named, where its author keeps it, or in the kit."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from grader import resources
from grader.datasets.dataset import Dataset
from grader.datasets.split import Split
from grader.errors import DatasetError


def expected_at(dataset: Dataset, split: Split, given: Path | None = None) -> Path:
    """Return where a split is to be, be it there or not.

    Args:
        dataset: The dataset.
        split: One of its splits.
        given: The folder of another copy of the whole dataset.
    """
    if dataset.splits:
        return split.at(given)
    return given or dataset.place or resources.data_folder(dataset.folder)


def obtained_at(dataset: Dataset, split: Split, given: Path | None = None) -> Path:
    """Return where a split is; one that is fetched or drawn is so when it is first needed.

    Args:
        dataset: The dataset.
        split: One of its splits.
        given: The folder of another copy of the whole dataset.

    Raises:
        DatasetError: It is not there, and could not be had.
    """
    place = expected_at(dataset, split)
    if given is None and not place.exists():
        if split.fetched is not None:
            split.fetch(place)
        elif split.drawn:
            split.make(place)
    return found_at(dataset, split, given)


def found_at(
    dataset: Dataset, split: Split, given: Path | None = None, folders: Sequence[Path] = ()
) -> Path:
    """Return where a split is.

    Args:
        dataset: The dataset.
        split: One of its splits.
        given: The folder of another copy of the whole dataset.
        folders: Folders of assignments that were named, as commands need them.

    Raises:
        DatasetError: It is not there.
    """
    if not dataset.splits:
        otherwise = remedy(split, given, folders)
        return resources.dataset(dataset.folder, given or dataset.place, otherwise)
    place = split.at(given)
    if not place.exists():
        raise DatasetError(
            f"{place}: expected {split.described} for the split {split.id}, found nothing. "
            f"{remedy(split, given, folders)}"
        )
    return place.resolve()


def command(verb: str, split: Split, folders: Sequence[Path] = ()) -> str:
    """Return the ``grader data`` command that does something with the dataset of a split.

    Args:
        verb: Such as ``make``.
        split: Of the dataset.
        folders: Folders of assignments, as they were named.
    """
    named = (part for folder in folders for part in ("--assignments", str(folder)))
    return shlex.join(("grader", "data", verb, split.dataset, *named))


def remedy(split: Split, given: Path | None = None, folders: Sequence[Path] = ()) -> str:
    """Say how a split that is missing can be had."""
    if given is not None and split.name:
        return f"In the folder that --data names, it is called {split.file_name}."
    if given is not None:
        return "Name a folder that has its images."
    if split.drawn:
        return f"Draw it: {command('make', split, folders)}"
    if split.fetched is not None:
        return f"Fetch it: {command('fetch', split, folders)}"
    return "Copy it there, or install its assignment again if it came with that."


def again(split: Split, folders: Sequence[Path] = ()) -> str:
    """Say how a split that is damaged can be had again."""
    if split.drawn:
        return f"Draw it again: {command('make', split, folders)}"
    if split.fetched is not None:
        return f"Delete it and fetch it again: {command('fetch', split, folders)}"
    return "Copy it there again, or install its assignment again if it came with that."
