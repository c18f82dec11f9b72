"""Levels of images: where the median of one lies between its least and its greatest value."""

import math
from typing import Any

from grader.inspection.counting import BATCH_AXES

MAX_SHOWN, MAX_CHANNELS = 50, 4
_MOST_VALUES = 1_024
# Of a sample's values, so many hundredths may lie beyond what counts as the least or the greatest.
_LEAST, _GREATEST = 5, 95


def levels(images: Any, labels: Any) -> list[float | None]:
    """Return the level of each image of a batch, at most ``MAX_SHOWN``.

    It is the same in whatever order the values of an image are, and however they are scaled.

    Args:
        images: A batch, or one image alone.
        labels: Theirs, or its own; None where there are none.

    Returns:
        From 0 to 1; None of an image that has only one value, or none that are numbers.
    """
    import numpy as np

    if not images.size or images.dtype.kind not in "biuf":
        return []
    alone = _is_alone(images, labels)
    found = _of_batch(images[None] if alone else images[:MAX_SHOWN])
    nothing = not alone and labels is None and all(each is None for each in found)
    # Without labels, a batch of rows and one grey image look alike.
    return _of_batch(np.asarray(images)[None]) if nothing else found


def _is_alone(images: Any, labels: Any) -> bool:
    if labels is not None and labels.ndim and len(labels) == len(images):
        return False
    coloured = images.ndim == BATCH_AXES - 1 and images.shape[-1] <= MAX_CHANNELS
    return coloured or (labels is not None and images.ndim < BATCH_AXES)


def _of_batch(batch: Any) -> list[float | None]:
    import numpy as np

    coloured = batch.ndim == BATCH_AXES and batch.shape[-1] <= MAX_CHANNELS
    channels = batch.shape[-1] if coloured else 1
    values = batch.reshape(len(batch), -1, channels)
    values = values[:, :: max(1, values.shape[1] // _MOST_VALUES)].astype(np.float64)
    with np.errstate(all="ignore"):
        least, middle, greatest = np.percentile(values, [_LEAST, 50, _GREATEST], axis=1)
        found = (middle - least) / (greatest - least)
        # Scaled channel by channel, each one has the level.
        known = [sorted(each for each in row if math.isfinite(each)) for row in found.tolist()]
    return [row[len(row) // 2] if row else None for row in known]
