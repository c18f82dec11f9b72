"""Keeps some of many numbers; outside, what is compared with them is thinned alike."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_POINTS, MOST_PIXELS = 1_000, 32


def some_points(values: object) -> NDArray[Any]:
    """Return at most ``MOST_POINTS`` of a row of numbers, evenly spread over it.

    Args:
        values: Of shape (n,), or what makes such an array.
    """
    row = np.asarray(values, dtype=float).reshape(-1)
    return row[_spread(len(row), MOST_POINTS)]


def some_pixels(values: object) -> NDArray[Any]:
    """Return at most ``MOST_PIXELS`` rows and columns of an image.

    Args:
        values: Of shape (rows, columns) or (rows, columns, channels).
    """
    image = np.asarray(values, dtype=float)
    rows, columns = (_spread(length, MOST_PIXELS) for length in image.shape[:2])
    return image[rows][:, columns]


def _spread(length: int, most: int) -> NDArray[np.intp]:
    return np.linspace(0, length - 1, min(length, most)).round().astype(np.intp)
