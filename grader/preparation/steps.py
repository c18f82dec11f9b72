"""What may be done to an array, by the names that a description uses."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from grader.preparation.records import Step

if TYPE_CHECKING:
    from grader.preparation.records import Array

Change: TypeAlias = Callable[["Array"], "Array"]
# Arrays of which statistics may be taken, by the name of their split; None for the rows themselves.
References: TypeAlias = Mapping[str | None, "Array"]
# Statistics that are known already, by what they are of.
Known: TypeAlias = dict[str, tuple["Array", "Array"]]

AXES = ("all", "samples", "channels")


def references(rows: "Array", splits: Mapping[str, "Array"]) -> References:
    """Return what statistics may be taken of.

    Args:
        rows: The rows themselves.
        splits: Whole splits, by their name.
    """
    pairs: list[tuple[str | None, Array]] = [(None, rows), *splits.items()]
    return dict(pairs)


def cast(array: "Array", dtype: str) -> "Array":
    """Change the type, as ``astype`` does."""
    return array.astype(dtype, copy=False)


def add(array: "Array", by: float) -> "Array":
    """Add a number."""
    return array + by


def multiply(array: "Array", by: float) -> "Array":
    """Multiply by a number."""
    return array * by


def divide(array: "Array", by: float) -> "Array":
    """Divide by a number, which is not the same as multiplying by its inverse."""
    return array / by


def transpose(array: "Array", axes: Sequence[int]) -> "Array":
    """Exchange axes of each sample, which are counted from 1: axis 0 has the samples."""
    return np.ascontiguousarray(array.transpose(0, *axes))


def reshape(array: "Array", shape: Sequence[int]) -> "Array":
    """Give each sample another shape."""
    return array.reshape(len(array), *shape)


def one_hot(array: "Array", classes: int) -> "Array":
    """Write each label as a row of zeros and a one, as ``keras.utils.to_categorical`` does."""
    return np.equal.outer(array, np.arange(classes)).astype("float64")


_PLAIN: Mapping[str, Callable[..., "Array"]] = {
    "Cast": cast,
    "Add": add,
    "Multiply": multiply,
    "Divide": divide,
    "Transpose": transpose,
    "Reshape": reshape,
    "OneHot": one_hot,
}


def over(axes: str, dimensions: int) -> int | tuple[int, ...] | None:
    """Return the axes that statistics are taken over, as NumPy's ``axis``.

    Args:
        axes: ``all``, ``samples`` (each feature has its own) or ``channels`` (each channel has).
        dimensions: How many the array has.
    """
    return {"all": None, "samples": 0, "channels": tuple(range(dimensions - 1))}[axes]


def _means(array: "Array", axes: str) -> tuple["Array", "Array"]:
    mean = array.mean(axis=over(axes, array.ndim))
    return mean, np.ones_like(mean)


def _deviations(array: "Array", axes: str, *, centred: bool = False) -> tuple["Array", "Array"]:
    axis = over(axes, array.ndim)
    mean = array.mean(axis=axis)
    # Whoever subtracts first takes the deviation of what is left: its last digits differ.
    return mean, (array - mean if centred else array).std(axis=axis)


def _extents(array: "Array", axes: str) -> tuple["Array", "Array"]:
    axis = over(axes, array.ndim)
    least = array.min(axis=axis)
    return least, array.max(axis=axis) - least


# What is subtracted, and what is divided by then.
_STATISTICS: Mapping[str, Callable[..., tuple["Array", "Array"]]] = {
    "Center": _means,
    "Standardize": _deviations,
    "MinMax": _extents,
}


def _scale(array: "Array", first: "Array", second: "Array") -> "Array":
    return (array - first) / second


def changes(
    steps: Sequence[Step], references: References, known: Known | None = None
) -> list[Change]:
    """Return what is to be done for each step, its statistics taken.

    Each of the changes can then be applied to some of the samples alone.

    Args:
        steps: In their order.
        references: What statistics are of, before the first step.
        known: Remembers statistics from one call to the next with the same references.
    """
    known = {} if known is None else known
    made: list[Change] = []
    for position, step in enumerate(steps):
        if step.part in _PLAIN:
            made.append(partial(_PLAIN[step.part], **step.arguments))
            continue
        given = dict(step.arguments)
        epsilon = given.pop("epsilon", 0.0)
        of = given.pop("of")
        key = repr((steps[:position], step.part, of, given))
        if key not in known:
            known[key] = _statistics(step.part, given, applied(made, references[of]))
        first, second = known[key]
        made.append(partial(_scale, first=first, second=second + epsilon if epsilon else second))
    return made


def _statistics(part: str, given: Mapping[str, Any], reference: "Array") -> tuple["Array", "Array"]:
    with np.errstate(all="ignore"):
        return _STATISTICS[part](reference, **given)


def applied(made: Sequence[Change], array: "Array") -> "Array":
    """Return an array after changes; numbers that overflow become infinite, as NumPy has it."""
    with np.errstate(all="ignore"):
        for change in made:
            array = change(array)
    return array
