"""Roughly how one array was made of another: what it is worth to try exactly."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from grader.preparation.records import Array

_NEAR = 1e-3
_LIKE = 0.1


@dataclass(frozen=True, slots=True)
class AffineEstimate:
    """What every number was multiplied by, and what was added then.

    Args:
        slope: The factor.
        offset: What was added.
    """

    slope: float
    offset: float

    @classmethod
    def of(cls, source: "Array", given: "Array") -> Self | None:
        """Return the line on which the numbers of two arrays lie; None if they lie on none.

        Args:
            source: Numbers.
            given: As many others, each made of one of them.
        """
        before, after = (array.reshape(-1).astype(np.float64) for array in (source, given))
        low, high = before.argmin(), before.argmax()
        width, height = before[high] - before[low], after[high] - after[low]
        if not width or not height or not np.isfinite(width):
            return None
        slope = height / width
        offset = after[low] - slope * before[low]
        extent = np.abs(height)
        if np.abs(after - (slope * before + offset)).max() > _NEAR * extent:
            return None
        return cls(float(slope), float(offset))


def resembles(one: "Array", other: "Array") -> bool:
    """Whether the numbers of two arrays are the same within a tenth of what they usually are."""
    first, second = (array.astype(np.float64) for array in (one, other))
    known = np.isfinite(first)
    if not known.any():
        return False
    difference = np.abs(first[known] - second[known]).mean()
    return bool(difference <= _LIKE * np.abs(second[known]).mean())
