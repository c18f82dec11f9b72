"""Makes samples and labels again, as a preparation says, of a split's own."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from grader.preparation.records import LabelledArrays, Preparation, RowRange, Rows, Step
from grader.preparation.steps import applied, changes, references

if TYPE_CHECKING:
    from grader.preparation.records import Array


def rebuild(preparation: Preparation, splits: Mapping[str, LabelledArrays]) -> LabelledArrays:
    """Make the arrays that ``fit`` was given.

    Args:
        preparation: As it was recognised; of an untrusted one, as it was accepted.
        splits: The dataset's own arrays, by the name of their split.
    """
    rows, name = preparation.rows, preparation.split
    samples = {split: each.x for split, each in splits.items()}
    labels = {split: each.y for split, each in splits.items()}
    return LabelledArrays(
        _made(preparation.x, samples, name, rows), _made(preparation.y, labels, name, rows)
    )


def _made(steps: Sequence[Step], arrays: Mapping[str, "Array"], name: str, rows: Rows) -> "Array":
    chosen = select(arrays[name], rows)
    return applied(changes(steps, references(chosen, arrays)), chosen)


def select(array: "Array", rows: Rows) -> "Array":
    """Return rows of an array; a range is a view of it."""
    if isinstance(rows, RowRange):
        return array[rows.start : rows.stop : rows.step]
    return array[np.array(rows.numbers, dtype=np.intp)]
