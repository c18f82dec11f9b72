"""The data that students get, and what they fetch instead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.datasets import Dataset, KerasData, Split
from grader.datasets.places import obtained_at

# Where a run has what Keras looks for, and where the bundle has it.
_IN_RUN, KERAS = "home/.keras/", "keras/"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Data that students fetch.

    Args:
        url: Where from; empty of what Keras fetches by itself.
        sha256: The hash of that file.
        inside: Of an archive, the folder or file in it that is wanted; empty for all of it.
        at: Where it must lie, as names in the bundle are.
        name: What Keras calls it.
    """

    url: str = ""
    sha256: str = ""
    inside: str = ""
    at: str = ""
    name: str = ""


def elsewhere(dataset: Dataset) -> Sequence[Elsewhere]:
    """Return what of a dataset is not in the bundle."""
    return [_elsewhere(dataset, split) for split in _given(dataset) if not _is_inside(split)]


def copied(dataset: Dataset, folder: Path) -> Iterator[tuple[str, Path]]:
    """Copy what belongs to a dataset; yield its files, with their names in the bundle.

    Args:
        dataset: The dataset.
        folder: Where to copy to; it is empty.

    Raises:
        DatasetError: Some is not there, or cannot be copied.
    """
    for split in filter(_is_inside, _given(dataset)):
        place = obtained_at(dataset, split)
        split.check_usable(place)
        split.copy(place, folder / _at(dataset, split))
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.relative_to(folder).as_posix(), path


def _given(dataset: Dataset) -> Sequence[Split]:
    """Return the splits that students have: not what is hidden from them."""
    return [split for split in dataset.all_splits if not split.hidden]


def _is_inside(split: Split) -> bool:
    """Whether it is in the bundle: not what is fetched, be it by Keras.

    Of all that Keras fetches, it looks at no hash of the files of ``fashion_mnist`` alone: those,
    which are a folder, may be the author's own.
    """
    return split.fetched is None and (split.is_folder or not isinstance(split, KerasData))


def _elsewhere(dataset: Dataset, split: Split) -> Elsewhere:
    if split.fetched is None:
        return Elsewhere(name=split.name)
    found = split.fetched
    return Elsewhere(found.url, found.sha256, found.inside, _at(dataset, split))


def _at(dataset: Dataset, split: Split) -> str:
    """Return where it lies in the bundle: as in a run, or in a folder that is for Keras."""
    if not dataset.splits:
        return f"data/{dataset.folder}"
    place = split.in_run
    return KERAS + place.removeprefix(_IN_RUN) if place.startswith(_IN_RUN) else place
