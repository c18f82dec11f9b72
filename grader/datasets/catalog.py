"""The datasets that the assignments train on, and what every file of them must contain."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.errors import DatasetError

if TYPE_CHECKING:
    # numpy takes a noticeable part of a second to import, and the command line needs only names.
    from grader.datasets.canvas import Pixels

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class FileRecord:
    """What is known about one file.

    Args:
        sha256: The hash of its bytes.
        pixels_sha256: The hash of its decoded RGBA pixels, row by row. It outlives another
            encoding: compression libraries write different bytes for the same picture.
    """

    sha256: str
    pixels_sha256: str


@dataclass(frozen=True)
class Dataset:
    """A set of labelled images, sorted into one sub-folder per class.

    Args:
        id: The name by which assignments and the command line refer to it.
        folder: The name of the folder that holds it.
        classes: The sub-folders, in the order of their numeric labels.
        size: Width and height of every image.
        files: The record of every image by its relative POSIX path.
        pixels_digest: Identifies the pictures of the whole dataset, whatever their encoding: the
            SHA-256 of all lines "name pixels_sha256", sorted by name.
        draw: Yields the relative path and the pixels of every image.
    """

    id: str
    folder: str
    classes: tuple[str, ...]
    size: tuple[int, int]
    files: Mapping[str, FileRecord] = field(repr=False)
    pixels_digest: str
    draw: Callable[[], Iterator[tuple[str, Pixels]]] = field(repr=False)


def manifest_path(folder: str) -> Path:
    """Where the committed hashes of a dataset are, by the name of its folder."""
    return _HERE / f"{folder}.json"


def happy_or_sad() -> Dataset:
    """Loads the description of the happy-or-sad dataset."""
    manifest = json.loads(manifest_path("happy_or_sad").read_text(encoding="utf-8"))
    return Dataset(
        id="happy-or-sad",
        folder="happy_or_sad",
        classes=("happy", "sad"),
        size=(150, 150),
        files=MappingProxyType({n: FileRecord(**r) for n, r in manifest["files"].items()}),
        pixels_digest=manifest["pixels_digest"],
        draw=_draw_faces,
    )


def _draw_faces() -> Iterator[tuple[str, Pixels]]:
    from grader.datasets import faces

    return faces.draw_all()


DATASETS: Mapping[str, Dataset] = MappingProxyType({d.id: d for d in (happy_or_sad(),)})


def get(dataset_id: str) -> Dataset:
    """Looks up a dataset.

    Raises:
        DatasetError: There is no dataset of that name.
    """
    try:
        return DATASETS[dataset_id]
    except KeyError:
        known = ", ".join(sorted(DATASETS))
        raise DatasetError(
            f"There is no dataset {dataset_id!r}. Known datasets: {known}."
        ) from None
