"""Writes a file of arrays that is like another one, with drawn samples in the place of its own."""

import csv
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.datasets.array_files import HDF5, arrays
from grader.datasets.levels import LEAST_VALUES, Array, Levels, draw_levels, samples, span, steps_of
from grader.errors import DatasetError

# A larger file is left as it is: drawn for each run, it would take seconds, and as much memory.
MOST_BYTES, MOST_TEXT = 128 * 2**20, 8 * 2**20
_MOST_CLASSES = 100
_IMAGE_AXES = 3
_BOM = b"\xef\xbb\xbf"
Named = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The arrays of a file that are to be others than they are, and their levels."""

    arrays: Named
    levels: Levels


def redraw(at: Path, target: Path, labels: str, classes: Sequence[str]) -> Levels | None:
    """Write a file with the same names, shapes and types, whose samples are drawn.

    Labels are put into another order.

    Args:
        at: A file of arrays.
        target: The file to write.
        labels: Name of the array or column with the labels; empty where there are none.
        classes: Names of the classes: where groups are called so, each has an array a sample.

    Returns:
        The levels of the samples; None where nothing is written, as the file is too large or has
        nothing that can be drawn so.
    """
    kind = at.suffix.lower()
    if at.stat().st_size > (MOST_TEXT if kind == ".csv" else MOST_BYTES):
        return None
    try:
        found = dict(arrays(at))
        if sum(each.nbytes for each in found.values()) > MOST_BYTES * (8 if kind == ".csv" else 1):
            return None
        drawn = _drawn(kind, found, labels, classes)
    except (DatasetError, MemoryError):
        return None
    if drawn is None:
        return None
    _WRITERS[kind](at, target, found, drawn.arrays)
    return drawn.levels


def _drawn(kind: str, found: Named, labels: str, classes: Sequence[str]) -> _Drawn | None:
    if kind == ".csv":
        return _table(found, labels)
    if classes and {name.partition("/")[0] for name in found} == {*classes}:
        return _grouped(found, classes)
    return redrawn(_with_samples(found, labels), found.get(labels), labels)


def _with_samples(found: Named, labels: str) -> Named:
    """Return the arrays that have samples: images if there are any, else tables."""
    others = {name: each for name, each in found.items() if name != labels}
    images = {name: each for name, each in others.items() if each.ndim >= _IMAGE_AXES}
    return images or {n: e for n, e in others.items() if e.ndim > 1 and not _one_hot(e)}


def _one_hot(array: Array) -> bool:
    return array.dtype.kind in "biuf" and bool(
        np.isin(array, (0, 1)).all() and (array.sum(axis=1) == 1).all()
    )


def redrawn(found: Named, labels: Array | None, name: str = "") -> _Drawn | None:
    """Draw samples in the place of others; labels are put into another order.

    Args:
        found: Arrays whose first axis is that of the samples.
        labels: Of each sample; None where there are none.
        name: What the labels are called.

    Returns:
        The arrays, labels included; None where they cannot be drawn.
    """
    if not found or any(span(e) is None or _values(e) < LEAST_VALUES for e in found.values()):
        return None
    order, numbers = _reordered(labels, {len(each) for each in found.values()})
    count = 0 if numbers is None else int(numbers.max()) + 1
    levels = draw_levels(count, steps_of([*found.values()]))
    if levels is None:
        return None
    made = {each: samples(array, levels, numbers) for each, array in found.items()}
    if labels is not None and order is not None:
        made[name] = labels[order]
    return _Drawn(made, levels)


def _values(array: Array) -> int:
    return array[:1].size


def _reordered(labels: Array | None, lengths: set[int]) -> tuple[Array | None, Array | None]:
    """Return another order of labels, and each sample's class in it; None where it has none."""
    if labels is None or not labels.ndim or lengths != {len(labels)} or not labels.size:
        return None, None
    rows = labels.reshape(len(labels), -1)
    several = rows.shape[1] > 1 and rows.dtype.kind in "biuf"
    told = rows.argmax(axis=1) if several else rows[:, 0]
    known, numbers = np.unique(told, return_inverse=True)
    if len(known) > _MOST_CLASSES:
        return None, None
    order = np.random.default_rng().permutation(len(labels))
    return order, numbers[order]


def _grouped(found: Named, classes: Sequence[str]) -> _Drawn | None:
    """Draw an array for each sample, in a group for each class."""
    if any(span(each) is None or each.size < LEAST_VALUES for each in found.values()):
        return None
    levels = draw_levels(len(classes), steps_of([*found.values()]))
    if levels is None:
        return None
    numbers = {name: np.array([[*classes].index(name.partition("/")[0])]) for name in found}
    made = {name: samples(each[None], levels, numbers[name])[0] for name, each in found.items()}
    return _Drawn(made, levels)


def _table(found: Named, labels: str) -> _Drawn | None:
    """Draw a table whose lines are samples; columns of texts or of numbers of lines stay."""
    columns = {n: e for n, e in found.items() if n != labels and _is_numeric(e)}
    if not columns:
        return None
    whole = all(_is_whole(each) for each in columns.values())
    table = np.stack([*columns.values()], axis=1).astype(np.float64)
    drawn = redrawn({"": table.astype(np.int64) if whole else table}, found.get(labels), labels)
    if drawn is None:
        return None
    made = dict(drawn.arrays)
    texts = made.pop("").astype(str).T
    return _Drawn({**made, **dict(zip(columns, texts, strict=True))}, drawn.levels)


def _is_numeric(column: Array) -> bool:
    try:
        numbers = column.astype(np.float64)
    except ValueError:
        return False
    return not (numbers == np.arange(len(numbers)) + numbers[:1]).all()


def _is_whole(column: Array) -> bool:
    return all(text.strip().lstrip("+-").isdecimal() for text in column.tolist())


def _write_npz(_: Path, target: Path, found: Named, made: Named) -> None:
    np.savez(target, **{**found, **made})  # type: ignore[arg-type]


def _write_npy(_: Path, target: Path, __: Named, made: Named) -> None:
    (array,) = made.values()
    np.save(target, array)


def _write_hdf5(at: Path, target: Path, _: Named, made: Named) -> None:
    import h5py

    # Attributes, chunks and whatever else stay as they are.
    shutil.copyfile(at, target)
    with h5py.File(target, "r+") as file:
        for name, array in made.items():
            file[name][...] = array.astype(object) if array.dtype.kind == "U" else array


def _write_csv(at: Path, target: Path, found: Named, made: Named) -> None:
    with at.open("rb") as original:
        encoding = "utf-8-sig" if original.read(len(_BOM)) == _BOM else "utf-8"
    columns = {**found, **made}
    with target.open("w", encoding=encoding, newline="") as file:
        rows = zip(*(each.tolist() for each in columns.values()), strict=True)
        csv.writer(file, lineterminator="\n").writerows([[*columns], *rows])


_WRITERS: Mapping[str, Callable[[Path, Path, Named, Named], None]] = {
    ".csv": _write_csv,
    ".npy": _write_npy,
    ".npz": _write_npz,
    **dict.fromkeys(HDF5, _write_hdf5),
}
