"""Finds how labels were made of those of a dataset."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from grader.preparation import values
from grader.preparation.exact import makes
from grader.preparation.rebuild import select
from grader.preparation.records import Rows, Step
from grader.preparation.shapes import reshapings
from grader.preparation.steps import applied, changes, references

if TYPE_CHECKING:
    from grader.preparation.records import Array

_CLASSES = range(2, 1001)


def find(
    labels: Mapping[str, "Array"], name: str, rows: Rows, given: "Array"
) -> tuple[Step, ...] | None:
    """Return the steps that make an array of labels; None if none are known to.

    Args:
        labels: The dataset's, by the name of their split.
        name: Of the split that they are of.
        rows: Which of them.
        given: The array (samples, ...).
    """
    source = select(labels[name], rows)
    for steps in reshapings(source.shape[1:], given.shape[1:]):
        made = changes(steps, {})
        shaped = {key: applied(made, array) for key, array in labels.items()}
        found = values.find(references(applied(made, source), shaped), given)
        if found is not None:
            return (*steps, *found)
    return _one_hot(source, given)


def _one_hot(source: "Array", given: "Array") -> tuple[Step, ...] | None:
    # A column of one class would be zeros for it and ones for all others.
    if given.ndim != 2 or given.shape[1] not in _CLASSES or source.size != len(source):  # noqa: PLR2004
        return None
    flat = () if source.ndim == 1 else (Step("Reshape", {"shape": ()}),)
    hot = Step("OneHot", {"classes": given.shape[1]})
    steps = (*flat, hot, Step("Cast", {"dtype": given.dtype.name}))
    return steps if makes(steps, {None: source}, given, {}) else None


def codes(labels: "Array") -> "Array | None":
    """Return the label of each sample as a whole number (samples,); None if they are no labels.

    Args:
        labels: Numbers in a row or a column, or one-hot.
    """
    if labels.ndim == 2 and labels.shape[1] > 1:  # noqa: PLR2004
        hot = (labels == 1).sum(axis=1) + (labels == 0).sum(axis=1) == labels.shape[1]
        return labels.argmax(axis=1) if hot.all() else None
    flat = labels.reshape(-1)
    if len(flat) != len(labels) or not (np.abs(flat) < 2**31).all():
        return None
    whole = flat.astype(np.int64)
    return whole if (whole == flat).all() else None
