"""Samples and their labels among the arrays of a split: what ``fit(x, y)`` may be given of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.datasets.array_files import Array
    from grader.datasets.levels import Pair
    from grader.datasets.split import Counts, Split

    # By the name of the part: ``train`` of ``x_train`` and ``y_train``, empty without one.
    Pairs = Mapping[str, Pair]

SAMPLES, LABELS, ORDER = "x.npy", "y.npy", "order.json"
_MOST_CLASSES = 1000
_NUMBERS, _WIDEST = "biuf", 8
_COLUMNS = 2
_PART = re.compile(r"[A-Za-z0-9_-]+")


def of_arrays(found: Mapping[str, Array], labels: str = "") -> dict[str, Pair]:
    """Return the pairs among arrays.

    Args:
        found: Arrays by their names, as ``x_train`` and ``y_train``, or any with one of labels.
        labels: Name of the array of labels, where samples are in the only other one as long.
    """
    parts = [name.removeprefix("x_") for name in sorted(found) if name.startswith("x_")]
    pairs = {
        part: (found[f"x_{part}"], found[f"y_{part}"])
        for part in parts
        if f"y_{part}" in found and _PART.fullmatch(part)
    }
    if not pairs and labels in found and found[labels].ndim:
        as_long = [each for name, each in found.items() if name != labels and each.ndim]
        as_long = [each for each in as_long if len(each) == len(found[labels])]
        pairs = {"": (as_long[0], found[labels])} if len(as_long) == 1 else {}
    return {part: pair for part, pair in pairs.items() if classes_of(pair)}


def of_idx(at: Path, names: Sequence[str]) -> dict[str, Pair]:
    """Return the pairs of ``keras.datasets.fashion_mnist``.

    Args:
        at: The folder of its files.
        names: Images and labels of the test, then those of training.
    """
    parts = zip(("test", "train"), names[::2], names[1::2], strict=True)
    return {part: _idx(at / images, at / labels) for part, images, labels in parts}


def _idx(images: Path, labels: Path) -> Pair:
    from grader.datasets.redrawn_images import IMAGES_HEAD, LABELS_HEAD, SIDE, idx_bytes

    told = idx_bytes(labels, LABELS_HEAD)
    return idx_bytes(images, IMAGES_HEAD).reshape(len(told), SIDE, SIDE), told


def classes_of(pair: Pair) -> int:
    """Count the classes, from label 0 on; 0 of what are no samples with a class each.

    Args:
        pair: Samples (samples, ...) and labels, in a row, in a column or one-hot.
    """
    x, y = pair
    numbers = all(each.dtype.kind in _NUMBERS and each.dtype.itemsize <= _WIDEST for each in pair)
    if not numbers or x.ndim < _COLUMNS or not x.size or not y.ndim or len(x) != len(y):
        return 0
    if y.ndim == _COLUMNS and y.shape[1] > 1:
        hot = ((y == 0) | (y == 1)).all() and (y.astype(bool).sum(axis=1) == 1).all()
        return y.shape[1] if hot and y.shape[1] <= _MOST_CLASSES else 0
    flat = y.reshape(-1).astype("float64")
    whole = len(flat) == len(y) and ((flat >= 0) & (flat < _MOST_CLASSES) & (flat % 1 == 0)).all()
    return int(flat.max()) + 1 if whole else 0


def obstacles(found: Mapping[str, Array], labels: str, classes: int) -> Iterator[str]:
    """Say why numbers cannot be the labels of so many classes; of texts, nothing is said.

    Args:
        found: Arrays by their names.
        labels: Name of that of the labels.
        classes: How many classes there are.
    """
    y = found[labels]
    if y.dtype.kind not in _NUMBERS:
        return
    lengths = {name: len(each) for name, each in found.items() if name != labels and each.ndim}
    if not y.ndim or (lengths and len(y) not in lengths.values()):
        others = ", ".join(f"{count} in {name}" for name, count in lengths.items())
        there = f"{len(y)}" if y.ndim else "one number"
        yield f"expected a label in {labels} for each sample, found {there}, and {others}"
    elif y.ndim == _COLUMNS and y.shape[1] > 1:
        if y.shape[1] != classes:
            yield f"expected {classes} columns in {labels}, one a class; found {y.shape[1]}"
    else:
        flat = y.reshape(-1).astype("float64")
        wrong = flat[~((flat >= 0) & (flat < classes) & (flat % 1 == 0))]
        if len(wrong):
            yield f"expected whole numbers from 0 to {classes - 1} in {labels}, found {wrong[0]:g}"


def named(split: Split, pairs: Pairs) -> dict[str, Pair]:
    """Return pairs by what they are called elsewhere: their split's name, with a part if need be.

    Args:
        split: The split.
        pairs: All of its pairs, by the name of the part.
    """
    one = len(pairs) == 1
    return {split.name if one else f"{split.name}/{part}": pair for part, pair in pairs.items()}


def write(pair: Pair, folder: Path) -> Counts:
    """Write a pair in one form, whatever the file was that it is of; return what it counts.

    Args:
        pair: Samples and labels.
        folder: Where to; it is made.
    """
    import numpy as np

    folder.mkdir(parents=True)
    # The last digits of what is computed depend on how samples lie in memory.
    order = [
        int(axis) for axis in np.argsort([-abs(step) for step in pair[0].strides], kind="stable")
    ]
    if order != sorted(order):
        (folder / ORDER).write_text(json.dumps(order), "ascii")
    for name, array in ((SAMPLES, pair[0].transpose(order)), (LABELS, pair[1])):
        native = array.astype(array.dtype.newbyteorder("="), order="C", copy=False)
        np.save(folder / name, native, allow_pickle=False)
    return len(pair[0]), classes_of(pair)
