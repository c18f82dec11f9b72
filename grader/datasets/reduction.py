"""Less of a split of images: fewer of each class, and smaller ones, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from grader.errors import DatasetError

if TYPE_CHECKING:
    from pathlib import Path

    # Pillow takes a noticeable part of a second to import, and most commands need none of it.
    from PIL.Image import Image as Picture

# What Pillow averages over areas; it rounds whole numbers alike on all processors.
_SCALED = frozenset({"L", "RGB", "RGBA"})
# Of palettes and the like, the colours that they stand for are averaged.
_IN_COLOURS = frozenset({"1", "P", "LA", "PA", "CMYK", "YCbCr"})
# Of a photograph that was compressed before, nobody sees the difference.
_QUALITY = 95


@dataclass(frozen=True, slots=True)
class Reduction:
    """How much of a split of images is taken.

    Args:
        images: How many of each class at most, or of all where there are no classes; None for all.
        size: Width and height in pixels that images fit into: larger ones are scaled down, and
            keep their proportions; None to leave them.
    """

    images: int | None = None
    size: tuple[int, int] | None = None

    def digest(self, whole: str) -> str:
        """Identify what is taken of a split; another encoder of images changes nothing.

        Args:
            whole: Digest of all of it.
        """
        return sha256(f"{whole} {self.images} {self.size}".encode()).hexdigest()

    def apply(self, folder: Path, names: Iterable[str]) -> None:
        """Take images out of a copy, and scale those down that stay.

        Args:
            folder: Where the copy is.
            names: Relative POSIX paths of its images; those of a class are in a folder of its own.

        Raises:
            DatasetError: An image cannot be scaled or written.
        """
        taken = [*names]
        if self.images is not None:
            taken = chosen(taken, self.images)
            for name in {*names} - {*taken}:
                (folder / name).unlink()
        for name in taken if self.size else ():
            _scale(folder / name, self.size or (0, 0))


def chosen(names: Iterable[str], count: int) -> list[str]:
    """Choose images of each class by the SHA-256 of their names.

    So it does not matter in which order they are listed, and neither neighbours nor every second
    one are preferred. One that is added takes the place of another one, if any; whoever takes fewer
    takes some of the same.

    Args:
        names: Relative POSIX paths; those of a class are in a folder of its own.
        count: How many of each class.
    """
    return sorted(name for each in _by_class(names) for name in sorted(each, key=_order)[:count])


def _by_class(names: Iterable[str]) -> Iterator[list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.rpartition("/")[0], []).append(name)
    yield from found.values()


def _order(name: str) -> bytes:
    return sha256(name.encode("utf-8", "surrogateescape")).digest()


def _scale(path: Path, size: tuple[int, int]) -> None:
    from PIL import Image

    try:
        with Image.open(path) as image:
            kind, within = image.format, _within(image.size, size)
            if within == image.size or image.mode not in _SCALED | _IN_COLOURS:
                return
            plain = image if image.mode in _SCALED else image.convert(_colours(image))
            scaled = plain.resize(within, Image.Resampling.BOX)
        scaled.save(path, kind, **({"quality": _QUALITY} if kind == "JPEG" else {}))
    except Exception as error:  # encoders raise anything over what a format cannot have
        raise DatasetError(
            f"{path.name} cannot be scaled down for the grading profile "
            f"({type(error).__name__}: {error}). Save it as PNG, or leave out size."
        ) from error


def _colours(image: Picture) -> str:
    return "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"


def _within(size: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """Return the largest size of the same proportions that fits, at most as large as it is."""
    width, height = size
    share = min(1.0, most[0] / width, most[1] / height)
    if share == 1.0:
        return size
    return max(1, round(width * share)), max(1, round(height * share))
