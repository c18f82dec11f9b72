"""Draws a dataset into a folder: all of it or nothing."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from grader.datasets.dataset import Dataset
from grader.datasets.images import image_files
from grader.datasets.integrity import foreign_entries, pixels_digest, record, verify
from grader.errors import DatasetError

if TYPE_CHECKING:
    from grader.datasets.pixels import Pixels


def make(dataset: Dataset, target: Path) -> None:
    """Draws the dataset into a folder, which appears complete or stays as it was.

    Args:
        dataset: What to draw.
        target: The folder to create. If it exists, it may hold only files of the dataset.

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
            _make_in(staging, dataset, dataset.draw(), target)
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
        Image.fromarray(pixels).save(path, format="PNG", optimize=True)


def write_manifest(folder: Path, manifest: Path) -> None:
    """Records what a folder contains as what is expected from now on."""
    files = {name: record(folder / name) for name in image_files(folder)}
    content = {
        "pixels_digest": pixels_digest(files),
        "files": {name: asdict(entry) for name, entry in files.items()},
    }
    manifest.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _refuse_foreign(dataset: Dataset, target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise DatasetError(f"Expected a folder at {target}, found a file. Choose another place.")
    foreign = foreign_entries(dataset, target)
    if foreign:
        raise DatasetError(
            f"{target} holds {len(foreign)} things that are not part of the dataset {dataset.id} "
            f"({foreign[0]}). Move them away or choose another folder; nothing was changed."
        )


def _make_in(
    staging: Path, dataset: Dataset, drawn: Iterable[tuple[str, Pixels]], target: Path
) -> None:
    fresh = staging / "new"
    write_images(drawn, fresh)
    problems = verify(dataset, fresh)
    if problems:
        raise DatasetError(
            f"The pictures drawn here differ from those of the dataset {dataset.id} in "
            f"{len(problems)} places ({problems[0]}). Use the copy that comes with the kit."
        )
    _replace(target, fresh, staging / "old")


def _replace(target: Path, fresh: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
