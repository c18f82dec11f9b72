"""Where a dataset is: in a copy that was named, where its author keeps it, or in the kit."""

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
    if dataset.splits and given is None and not split.place.exists():
        if split.fetched is not None:
            split.fetch(split.place)
        elif split.drawn:
            split.make(split.place)
    return found_at(dataset, split, given)


def found_at(dataset: Dataset, split: Split, given: Path | None = None) -> Path:
    """Return where a split is.

    Args:
        dataset: The dataset.
        split: One of its splits.
        given: The folder of another copy of the whole dataset.

    Raises:
        DatasetError: It is not there.
    """
    if not dataset.splits:
        return resources.dataset(dataset.folder, given or dataset.place)
    place = split.at(given)
    if not place.exists():
        raise DatasetError(
            f"{place}: expected {split.described} for the split {split.id}, found nothing. "
            f"{remedy(split, given)}"
        )
    return place.resolve()


def remedy(split: Split, given: Path | None = None) -> str:
    """Say how a split that is missing can be had."""
    if given is not None:
        return f"In the folder that --data names, it is called {split.file_name}."
    if split.drawn:
        return f"Draw it: grader data make {split.dataset}"
    if split.fetched is not None:
        return f"Fetch it: grader data fetch {split.dataset}"
    return "It comes with its assignment: install that again, or copy it there."


def again(split: Split) -> str:
    """Say how a split that is damaged can be had again."""
    if split.drawn:
        return f"Draw it again: grader data make {split.dataset}"
    if split.fetched is not None:
        return f"Delete it and fetch it again: grader data fetch {split.dataset}"
    return "Install its assignment again."
