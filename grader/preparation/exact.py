"""Whether steps make one array of another, to the last bit."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from grader.preparation.records import Step
from grader.preparation.steps import Known, References, applied, changes

if TYPE_CHECKING:
    from grader.preparation.records import Array

_SHOWN = 32
_CHUNK = 1024


def same(one: "Array", other: "Array") -> bool:
    """Whether two arrays have the same type, shape and bits."""
    if (one.dtype, one.shape) != (other.dtype, other.shape):
        return False
    return bool(np.array_equal(_bits(one), _bits(other)))


def _bits(array: "Array") -> "Array":
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8)


def some(array: "Array", most: int = _SHOWN) -> "Array":
    """Return a few samples from all over an array, always those of the same places."""
    count = len(array)
    return array[np.linspace(0, count - 1, min(count, most)).astype(np.intp)]


def makes(steps: Sequence[Step], references: References, given: "Array", known: Known) -> bool:
    """Whether steps make an array of the rows it may be made of.

    Args:
        steps: In their order.
        references: What statistics may be of; what the array is made of is that for None.
        given: The array.
        known: Statistics of these references that were taken already.
    """
    made = changes(steps, references, known)
    pairs = _pairs(references[None], given)
    return all(same(applied(made, source), target) for source, target in pairs)


def _pairs(source: "Array", given: "Array") -> Iterator[tuple["Array", "Array"]]:
    # Most guesses are wrong, and a few samples show it.
    yield some(source), some(given)
    for start in range(0, len(given), _CHUNK):
        yield source[start : start + _CHUNK], given[start : start + _CHUNK]
