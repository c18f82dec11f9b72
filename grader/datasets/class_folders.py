"""A split of images that are sorted into one folder for each class."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.datasets import integrity, making
from grader.datasets.comparing import SHOWN_HEX_DIGITS as SHOWN
from grader.datasets.comparing import record
from grader.datasets.images import copy_images, image_files
from grader.datasets.record import FileRecord, pixels_digest, recorded_files, written_files
from grader.datasets.split import Counts, Split

if TYPE_CHECKING:
    from pathlib import Path

    # numpy takes a noticeable part of a second to import, and the command line needs only names.
    from grader.datasets.pixels import Pixels
    from grader.datasets.reduction import Reduction

    Draw = Callable[[], Iterator[tuple[str, Pixels]]]


@dataclass(frozen=True)
class ImageSplit(Split):
    """What splits of images have in common.

    Args:
        draw: Yields the relative path and the pixels of every image; None where it is not drawn.
        size: Width and height of every image; None where they differ.
        known: The record of every image by its relative POSIX path; by default, what ``record``
            has.
        pixels_digest: Identifies all pictures by their names and pixels, whatever their encoding,
            where there are too many for a record of each: what ``pixels_digest`` makes of them.
    """

    draw: Draw | None = field(default=None, kw_only=True, repr=False)
    size: tuple[int, int] | None = field(default=None, kw_only=True)
    known: Mapping[str, FileRecord] = field(default_factory=dict, kw_only=True, repr=False)
    pixels_digest: str = field(default="", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        # What is no record is told where it is declared.
        recorded_files(self.record)

    @property
    def files(self) -> Mapping[str, FileRecord]:
        """The record of every image by its relative POSIX path; empty where none is kept."""
        return self.known or recorded_files(self.record)

    @property
    def recorded(self) -> bool:
        """Whether it is known what it must contain."""
        return bool(self.files or self.pixels_digest)

    @property
    def drawn(self) -> bool:
        """Whether it can be drawn."""
        return self.draw is not None

    @abstractmethod
    def names(self, at: Path) -> list[str]:
        """Return the relative POSIX paths of a copy's images, sorted."""

    def reduce(self, at: Path, reduction: Reduction) -> None:
        """Take images out of a copy, and scale those down that stay.

        Raises:
            DatasetError: One cannot be scaled.
        """
        reduction.apply(at, self.names(at))

    def make(self, target: Path) -> None:
        """Draw it, which appears complete or stays as it was.

        Raises:
            DatasetError: It is not drawn, or cannot be written.
        """
        making.make(self, target, self.problems)


@dataclass(frozen=True)
class ClassFolders(ImageSplit):
    """Images in one folder for each class, as Keras reads them; the grader can train on them.

    Args:
        hidden: Whether the grader alone has it, to measure on: students do not get it, and
            notebooks do not find it.
    """

    hidden: bool = field(default=False, kw_only=True)

    @property
    def described(self) -> str:
        """What it must have, in a phrase."""
        if self.files:
            return f"{len(self.files)} images"
        return f"images of {len(self.classes)} classes"

    @property
    def labelled(self) -> bool:
        """It is what the grader can train on."""
        return True

    def obstacles(self, at: Path) -> Iterator[str]:
        """Say why a folder cannot be this split."""
        return integrity.obstacles(self, at)

    def check_usable(self, at: Path) -> None:
        """Make sure that a folder can be graded on.

        Raises:
            DatasetError: It cannot; says what was expected, what was found and what to do.
        """
        integrity.check_usable(self, at)

    def names(self, at: Path) -> list[str]:
        """Return the paths of the images in the class folders."""
        return image_files(at)

    def digest(self, at: Path) -> str:
        """Identify a copy by its images' names and bytes."""
        return integrity.digest(at)

    def counts(self, at: Path) -> Counts:
        """Count the images and the classes."""
        return len(image_files(at)), len(self.classes)

    def problems(self, at: Path) -> list[str]:
        """Say what of a copy is missing, changed or surplus."""
        if self.files or not self.pixels_digest:
            return integrity.verify(self, at)
        # What is right is decoded once, what is not again, to say which file.
        found = self._pixels(at)
        if found == self.pixels_digest:
            return []
        told = f"expected pixels {self.pixels_digest[:SHOWN]}…, found {found[:SHOWN]}…"
        return integrity.verify(self, at) or [f"the {len(self.names(at))} images: {told}"]

    def _pixels(self, at: Path) -> str:
        """Return the digest of all pixels; empty of what is no such folder, or damaged."""
        try:
            if integrity.surplus_folders(self, at):
                return ""
            return pixels_digest({name: record(at / name) for name in self.names(at)})
        except Exception:  # noqa: BLE001 - decoders raise anything over a damaged file
            return ""

    def surplus(self, at: Path) -> list[str]:
        """Name the images that a copy has beside all that the record tells."""
        return integrity.surplus(self, at)

    def copy(self, at: Path, target: Path) -> None:
        """Copy the images in the class folders."""
        copy_images(at, target)

    def recorded_from(self, at: Path) -> str:
        """Return the text of a record of the images."""
        return written_files({name: record(at / name) for name in image_files(at)})
