"""What a dataset is: where its images are, how they are drawn, what every file must contain."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # numpy takes a noticeable part of a second to import, and the command line needs only names.
    from grader.datasets.pixels import Pixels

    Draw = Callable[[], Iterator[tuple[str, Pixels]]]


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
        folder: The name of the folder that holds it; notebooks find it below ``../data/``.
        classes: The sub-folders, in the order of their numeric labels.
        place: The folder itself; None for one of the kit's own, in its ``data/``.
        draw: Yields the relative path and the pixels of every image; None where it is not drawn.
        size: Width and height of every image; None where they differ.
        files: The record of every image by its relative POSIX path; empty where none is kept.
        pixels_digest: Identifies the pictures of the whole dataset, whatever their encoding: the
            SHA-256 of all lines "name pixels_sha256", sorted by name.
    """

    id: str
    folder: str
    classes: tuple[str, ...]
    place: Path | None = None
    draw: Draw | None = field(default=None, repr=False)
    size: tuple[int, int] | None = None
    files: Mapping[str, FileRecord] = field(default_factory=dict, repr=False)
    pixels_digest: str = ""

    @property
    def described(self) -> str:
        """Say what it has, in a phrase."""
        if self.files:
            return f"{len(self.files)} images"
        return f"images of {len(self.classes)} classes"


def recorded(manifest: Path) -> tuple[Mapping[str, FileRecord], str]:
    """Read the records of a dataset's files, and its pixels' digest.

    Args:
        manifest: As ``write_manifest`` wrote it.
    """
    content = json.loads(manifest.read_text(encoding="utf-8"))
    files = {name: FileRecord(**record) for name, record in content["files"].items()}
    return MappingProxyType(files), content["pixels_digest"]
