"""A split of arrays in one file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grader.datasets import pairs
from grader.datasets.array_files import SUFFIXES, arrays, record, write
from grader.datasets.drawing import drawing
from grader.datasets.record import (
    ArrayRecord,
    arrays_digest,
    recorded_arrays,
    written_arrays,
)
from grader.datasets.split import Counts, Split
from grader.errors import DatasetError

if TYPE_CHECKING:
    from grader.datasets.array_files import Array
    from grader.datasets.levels import Levels, Pair

    DrawArrays = Callable[[], Iterator[tuple[str, Array]]]


@dataclass(frozen=True)
class Arrays(Split):
    """Arrays in a file: ``.npz``, ``.npy``, HDF5 (``.h5``, ``.hdf5``) or ``.csv``.

    Args:
        labels: Name of the array, or of the CSV's column, that has the label of each sample; by
            default there are no labels, and the samples are counted by the first axis.
        draw: Yields the name and the items of every array; None where they are not drawn.
    """

    labels: str = field(default="", kw_only=True)
    draw: DrawArrays | None = field(default=None, kw_only=True, repr=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.place.suffix.lower() not in SUFFIXES:
            raise DatasetError(
                f"Arrays are in a file whose name ends with {', '.join(SUFFIXES)}; found "
                f"{self.place.name} for the split {self.name}. Name such a file."
            )
        # What is no record is told where it is declared.
        recorded_arrays(self.record)

    @property
    def arrays(self) -> Mapping[str, ArrayRecord]:
        """The record of every array; empty where none is kept."""
        return recorded_arrays(self.record)

    @property
    def described(self) -> str:
        """What it must have, in a phrase."""
        known = len(self.arrays)
        return f"{known} arrays" if known else "a file with arrays"

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return self.place.name

    @property
    def is_folder(self) -> bool:
        """It is a file."""
        return False

    @property
    def recorded(self) -> bool:
        """Whether it is known what it must contain."""
        return bool(self.arrays)

    @property
    def drawn(self) -> bool:
        """Whether it can be drawn."""
        return self.draw is not None

    def obstacles(self, at: Path) -> Iterator[str]:
        """Say why a file cannot be this split."""
        unreadable = list(self._unreadable(at))
        yield from unreadable
        if self.labels and self.classes and not unreadable:
            yield from pairs.obstacles(dict(arrays(at)), self.labels, len(self.classes))

    def _unreadable(self, at: Path) -> Iterator[str]:
        if not at.is_file():
            yield "expected a file, found none"
            return
        try:
            names = [name for name, _ in arrays(at)]
        except DatasetError as error:
            yield str(error).removeprefix(f"{at}: ").rstrip(".")
            return
        if self.labels and self.labels not in names:
            yield f"expected labels in {self.labels}, found {', '.join(names) or 'no arrays'}"

    def digest(self, at: Path) -> str:
        """Identify a copy by its arrays, whatever they are compressed with."""
        return arrays_digest(_records(at))

    def counts(self, at: Path) -> Counts:
        """Count the samples and the classes, by the labels where there are any."""
        shapes = {}
        for name, array in arrays(at):
            if name == self.labels:
                classes = array.shape[1] if array.ndim > 1 else len({*array.tolist()})
                return len(array), classes
            shapes[name] = array.shape
        grouped = {name.partition("/")[0] for name in shapes}
        if self.classes and grouped == {*self.classes}:
            # An array for each picture, in a group for each class.
            return len(shapes), len(grouped)
        lengths = {shape[0] for shape in shapes.values() if shape}
        return (lengths.pop() if len(lengths) == 1 else 0), 0

    def problems(self, at: Path) -> list[str]:
        """Say what of a copy is missing, changed or surplus."""
        # What is recorded says more of labels than what they cannot be.
        obstacles = list((self._unreadable if self.arrays else self.obstacles)(at))
        if obstacles or not self.arrays:
            return [f"{at.name}: {each}" for each in obstacles]
        return sorted(f"{at.name}: {each}" for each in self._differences(_records(at)))

    def _differences(self, found: Mapping[str, ArrayRecord]) -> Iterator[str]:
        known = self.arrays
        for name in known.keys() | found.keys():
            if name not in found:
                yield f"{name}: expected an array, found none"
            elif name not in known:
                yield f"{name}: expected no such array, found one"
            elif known[name] != found[name]:
                yield f"{name}: {_difference(known[name], found[name])}"

    def copy(self, at: Path, target: Path) -> None:
        """Copy the file."""
        copy_file(at, target)

    def redraw(self, at: Path, target: Path) -> Levels | None:
        """Write a file with the same names, shapes and types, whose samples are drawn."""
        from grader.datasets.redrawing import redraw

        return redraw(at, target, self.labels, self.classes)

    def pairs(self, at: Path) -> dict[str, Pair]:
        """Return ``x_PART`` and ``y_PART``, or else the labels and the only array as long."""
        return pairs.of_arrays(dict(arrays(at)), self.labels)

    def recorded_from(self, at: Path) -> str:
        """Return the text of a record of the arrays."""
        return written_arrays(_records(at))

    def make(self, target: Path) -> None:
        """Draw the arrays into a file, which appears complete or stays as it was.

        Raises:
            DatasetError: They are not drawn, come out others than expected, or cannot be written.
        """
        if self.draw is None:
            super().make(target)
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            # Beside the target, because only within one file system is a move a single step.
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".drawing-") as staging:
                fresh = Path(staging) / target.name
                with drawing(self.id, self.draw, "pairs of a name and an array"):
                    write(fresh, self.draw())
                self._refuse_other(fresh)
                fresh.replace(target)
        except OSError as error:
            raise DatasetError(
                f"Cannot write {self.id} to {target}: {error}. "
                "Make room or choose a folder that you may write to."
            ) from error

    def _refuse_other(self, fresh: Path) -> None:
        problems = self.problems(fresh)
        if problems:
            raise DatasetError(
                f"The arrays drawn here differ from those of {self.id} in {len(problems)} places "
                f"({problems[0]}). Use a copy of them, or record them anew."
            )


def copy_file(at: Path, target: Path) -> None:
    """Copy a file, what a link leads to.

    Raises:
        DatasetError: It cannot be read, or the copy cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(at, target)
    except OSError as error:
        raise DatasetError(
            f"{at} could not be copied to {target}: {error}. "
            "See that it may be read and that there is room on the disk."
        ) from error


def _records(at: Path) -> dict[str, ArrayRecord]:
    return {name: record(array) for name, array in arrays(at)}


def _difference(expected: ArrayRecord, found: ArrayRecord) -> str:
    if (expected.shape, expected.dtype) != (found.shape, found.dtype):
        return f"expected {expected.described}, found {found.described}"
    return f"expected other values in {expected.described}"
