"""Draws a dataset into a folder: all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from grader.datasets.comparing import record
from grader.datasets.drawing import drawing
from grader.datasets.images import image_files
from grader.datasets.integrity import Expected, foreign_entries, verify
from grader.datasets.mark import read_mark
from grader.datasets.record import written_files
from grader.errors import DatasetError

if TYPE_CHECKING:
    from grader.datasets.pixels import Pixels

# Values of a picture that is committed, and may be written as small as can be. The larger ones are
# drawn when they are needed: a sixth more of the disk saves nine tenths of the time.
_SMALL, _QUICK = 150 * 150 * 4, 4


class Drawn(Expected, Protocol):
    """Images that may be drawn."""

    @property
    def draw(self) -> Callable[[], Iterator[tuple[str, Pixels]]] | None:
        """Yields the relative path and the pixels of every image; None where it is not drawn."""


def make(dataset: Drawn, target: Path, problems: Callable[[Path], list[str]] | None = None) -> None:
    """Draws the dataset into a folder, which appears complete or stays as it was.

    Args:
        dataset: What to draw.
        target: The folder to create. If it exists, it may hold only files of the dataset.
        problems: Says what is wrong with what was drawn; None to compare class folders.

    Raises:
        DatasetError: The dataset is not drawn, the folder holds something else or cannot be
            written, or the pictures come out different from those that are expected.
    """
    if dataset.draw is None:
        raise DatasetError(
            f"The dataset {dataset.id} is not drawn: its images come with its assignment. "
            "Install the assignment again, or copy its folder of images."
        )
    target = target.resolve()
    _refuse_foreign(dataset, target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, because only within one file system is a move a single step.
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            fresh = staging / "new"
            with drawing(dataset.id, dataset.draw, "pairs of a path and its pixels"):
                write_images(dataset.draw(), fresh)
            _refuse_other(dataset, problems(fresh) if problems else verify(dataset, fresh))
            _replace(target, fresh, staging / "old")
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise DatasetError(
            f"Cannot write the dataset to {target}: {error}. "
            "Make room or choose a folder that you may write to."
        ) from error


def write_images(images: Iterable[tuple[str, Pixels]], folder: Path) -> None:
    """Writes each image below the folder as a PNG file without metadata."""
    from PIL import Image

    for name, pixels in images:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        best = pixels.size <= _SMALL
        how = {"optimize": True} if best else {"compress_level": _QUICK}
        Image.fromarray(pixels).save(path, format="PNG", **how)


def write_manifest(folder: Path, manifest: Path) -> None:
    """Records what a folder contains as what is expected from now on."""
    files = {name: record(folder / name) for name in image_files(folder)}
    manifest.write_text(written_files(files), encoding="utf-8")


def _refuse_foreign(dataset: Drawn, target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise DatasetError(f"Expected a folder at {target}, found a file. Choose another place.")
    foreign = foreign_entries(dataset, target)
    mark = read_mark(target)
    if foreign and mark and mark.is_of(target):
        raise DatasetError(
            f"{target} holds what was drawn for {dataset.id} by an earlier draw; nothing was "
            "changed. Delete the folder, and draw again."
        )
    if foreign:
        raise DatasetError(
            f"{target} holds {len(foreign)} things that are not part of the dataset {dataset.id} "
            f"({foreign[0]}); nothing was changed. If an earlier draw has drawn them, delete the "
            "folder; else move them away or choose another one."
        )


def _refuse_other(dataset: Drawn, problems: list[str]) -> None:
    if problems:
        raise DatasetError(
            f"The pictures drawn here differ from those of the dataset {dataset.id} in "
            f"{len(problems)} places ({problems[0]}). Use the copy that comes with the kit."
        )


def _replace(target: Path, fresh: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
