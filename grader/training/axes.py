"""Shapes without the axis of the batch: an image of height, width, channels is ``(h, w, c)``."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Shape: TypeAlias = tuple[int, ...]
# Values have passed the tables, so each has the type that its layer's entry says.
Arguments: TypeAlias = Mapping[str, Any]
_IMAGE = 3


class MisfitError(Exception):
    """A layer cannot be called with what it is given; the message says why."""


def axis_of(axis: int, shape: Shape) -> int:
    """Return the place in a shape without batch of an axis that Keras counts with the batch.

    Raises:
        MisfitError: There is no such axis, or it is that of the batch.
    """
    place = axis + len(shape) if axis < 0 else axis - 1
    if not 0 <= place < len(shape):
        raise MisfitError(f"there is no axis {axis} for it in shape {shape}")
    return place


def channels(shape: Shape) -> int:
    """Return the channels of an image's shape.

    Raises:
        MisfitError: It is not that of an image.
    """
    if len(shape) != _IMAGE:
        raise MisfitError(f"it takes images of three axes, found shape {shape}")
    return shape[2]
