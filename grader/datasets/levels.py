"""Levels: by one of them, a drawn sample is known in whatever form it is shown.

Half of a sample's values are at its level, a quarter at the least value and a quarter at the
greatest. So its median, between its least and greatest value, is its level also where it was
scaled, shifted, cast, reshaped, transposed, turned, resized or put into another order.
"""

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
# Samples, and the label of each.
Pair = tuple[Array, Array]
# Fewer values show no level.
LEAST_VALUES = 8
# Twentieths, none near the middle, at which the median of noise is.
_STEPS = 20
_NEAR_MIDDLE = 0.12
_JITTER = 0.008
# From so many values on, a level may lie between two twentieths.
_FINE = 200
# Samples of no class are drawn with so many levels.
_UNCLASSIFIED = 4
# So that not every sample has the same values in the same places.
_TURNS = 4
_IMAGE_AXES, _MOST_CHANNELS = 3, 4


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels that samples were drawn with, from 0, the least value, to 1, the greatest.

    Args:
        values: Of each class one, as long as there are enough; of no classes, all.
        labelled: Whether samples of one class, and no others, have the same level.
    """

    values: tuple[float, ...]
    labelled: bool = False


def draw_levels(classes: int, steps: int | None) -> Levels | None:
    """Draw levels.

    Args:
        classes: How many classes samples have; 0 of none.
        steps: How far the greatest whole number is from the least; None of other numbers.

    Returns:
        The levels; None where there are too few numbers for two of them.
    """
    random = secrets.SystemRandom()
    fine = steps is None or steps >= _FINE
    twentieths = [n / _STEPS for n in range(1, _STEPS)]
    known = twentieths if fine else _whole(twentieths, steps or 0)
    usable = [each for each in known if abs(each - 0.5) > _NEAR_MIDDLE]
    if len(usable) <= 1:
        return None
    chosen = random.sample(usable, min(classes or _UNCLASSIFIED, len(usable)))
    jitter = _JITTER if fine else 0.0
    values = tuple(each + random.uniform(-jitter, jitter) for each in chosen)
    return Levels(values, labelled=len(values) >= classes > 1)


def _whole(levels: Sequence[float], steps: int) -> list[float]:
    """Return levels that whole numbers have, each once."""
    return sorted({n / steps for n in (round(each * steps) for each in levels) if 0 < n < steps})


def span(array: Array) -> tuple[float, float] | None:
    """Return the least and the greatest value of numbers; None of others, or of one number."""
    if array.dtype.kind not in "iuf" or not array.size:
        return None
    least, greatest = float(np.nanmin(array)), float(np.nanmax(array))
    wide = math.isfinite(least) and math.isfinite(greatest) and least < greatest
    return (least, greatest) if wide else None


def steps_of(arrays: Sequence[Array]) -> int | None:
    """Return over how many whole numbers the narrowest of arrays of whole numbers goes.

    Args:
        arrays: Of numbers, each with more than one value.

    Returns:
        None where none has whole numbers.
    """
    spans = [span(each) for each in arrays if each.dtype.kind in "iu"]
    return min((int(each[1] - each[0]) for each in spans if each), default=None)


def samples(like: Array, levels: Levels, classes: NDArray[np.intp] | None) -> Array:
    """Draw samples.

    Args:
        like: So many, of this shape and type, with its least and greatest value; samples are
            along the first axis.
        levels: Of the samples.
        classes: The class of each sample, from 0; None where their levels are drawn.
    """
    generator = np.random.default_rng(secrets.randbits(128))
    found = _patterns(like, levels, generator)
    count = len(levels.values)
    which = generator.integers(count, size=len(like)) if classes is None else classes % count
    drawn: Array = found[which, generator.integers(_TURNS, size=len(like))]
    return drawn


def _patterns(like: Array, levels: Levels, generator: np.random.Generator) -> Array:
    """Draw for each level some samples, in the shape (levels, turns, *shape of a sample)."""
    shape, (least, greatest) = like.shape[1:], span(like) or (0.0, 1.0)
    channels = shape[-1] if len(shape) == _IMAGE_AXES and shape[-1] <= _MOST_CHANNELS else 1
    count = math.prod(shape) // channels
    made = []
    for level in levels.values:
        value = least + level * (greatest - least)
        row = np.full(count, round(value) if like.dtype.kind in "iu" else value)
        row[: count // 4], row[count // 4 : count // 2] = least, greatest
        turned = [np.roll(row, generator.integers(count)) for _ in range(_TURNS)]
        made.append([np.repeat(each, channels).reshape(shape) for each in turned])
    return np.asarray(made).astype(like.dtype)
