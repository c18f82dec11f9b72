"""A split of images that lie in one folder, without labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.datasets import integrity
from grader.datasets.class_folders import ImageSplit
from grader.datasets.comparing import digest_of, file_digest, record, unreadable
from grader.datasets.images import copy_named, images_in
from grader.datasets.record import written_files
from grader.datasets.split import Counts

if TYPE_CHECKING:
    from pathlib import Path

    from grader.datasets.levels import Levels


@dataclass(frozen=True)
class ImageFolder(ImageSplit):
    """Images in one folder, such as those of a test whose labels are elsewhere."""

    @property
    def described(self) -> str:
        """What it must have, in a phrase."""
        return f"{len(self.files)} images" if self.files else "a folder with images"

    def obstacles(self, at: Path) -> Iterator[str]:
        """Say why a folder cannot be this split."""
        if not at.is_dir():
            yield "expected a folder, found none"
            return
        names = images_in(at)
        if not names:
            yield "expected at least one image, found none"
        for name in names:
            reason = unreadable(at / name)
            if reason:
                yield f"expected a readable image in {name}, found a damaged one ({reason})"

    def names(self, at: Path) -> list[str]:
        """Return the names of the images."""
        return images_in(at)

    def digest(self, at: Path) -> str:
        """Identify a copy by its images' names and bytes."""
        return digest_of((name, file_digest(at / name)) for name in images_in(at))

    def counts(self, at: Path) -> Counts:
        """Count the images; they have no classes."""
        return len(images_in(at)), 0

    def problems(self, at: Path) -> list[str]:
        """Say what of a copy is missing, changed or surplus."""
        if not at.is_dir() or not self.files:
            return list(self.obstacles(at))
        return integrity.compared(self, at, images_in(at))

    def copy(self, at: Path, target: Path) -> None:
        """Copy the images."""
        copy_named(at, target, images_in(at))

    def redraw(self, at: Path, target: Path) -> Levels | None:
        """Write images of the same names and sizes, which are drawn."""
        from grader.datasets.redrawn_images import redraw

        return redraw(at, target, images_in(at))

    def recorded_from(self, at: Path) -> str:
        """Return the text of a record of the images."""
        return written_files({name: record(at / name) for name in images_in(at)})
