"""Some pixels of the first images that a loader gives, their levels and their labels."""

import time
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Any

from grader.inspection.counting import BATCH_AXES, MAX_S, Tally
from grader.inspection.levels import MAX_CHANNELS, MAX_SHOWN, levels
from grader.inspection.loaders import arrays
from grader.inspection.plain import number

# So many images are looked at, in as many batches as it takes: fewer are alike by chance.
ENOUGH = 16
# So many rows and columns of an image's pixels are told.
_SPREAD = 4
# A number for each image, or one for each image and class.
_LABEL_AXES = 2


def first_images(first: tuple[Any, Any], rest: Iterator[Any], tally: Tally) -> list[dict[str, Any]]:
    """Return what ``shown`` does of a first batch, and of so many others that it is enough.

    Args:
        first: Images and labels of the first batch, as arrays.
        rest: The other batches, which ``tally`` counts.
        tally: What was counted so far; where it is over, that is all.

    Raises:
        TimeoutError: It takes too long.
    """
    found, end = list(shown(*first)), time.monotonic() + MAX_S
    while found and len(found) < ENOUGH and not tally.is_over:
        images, labels = arrays(next(rest, None))
        if images is None:
            break
        found += shown(images, labels)
        if time.monotonic() > end:
            message = f"it gave {len(found)} images in {MAX_S:.0f} seconds; {ENOUGH} are looked at"
            raise TimeoutError(message)
    return found[:MAX_SHOWN]


def shown(images: Any, labels: Any) -> Iterator[dict[str, Any]]:
    """Yield of each image of a batch its label, its level, and some pixels spread over it.

    Of what has no rows, columns and channels, there are no pixels.
    """
    classes = [] if labels is None else _classes_of(labels)
    spread, found = _pixels(images), levels(images, labels)
    each = zip_longest(spread, classes, found)
    for pixels, label, level in islice(each, max(len(spread), len(found))):
        yield {"pixels": pixels or [], "label": label, "level": level}


def _pixels(images: Any) -> list[list[list[float | None]]]:
    batch = images[None] if images.ndim == BATCH_AXES - 1 else images
    if batch.ndim != BATCH_AXES or 0 in batch.shape or batch.shape[-1] > MAX_CHANNELS:
        return []
    rows, columns = (
        [int((place + 0.5) / _SPREAD * length) for place in range(_SPREAD)]
        for length in batch.shape[1:3]
    )
    spread = batch[:MAX_SHOWN, rows][:, :, columns]
    flat = [image.reshape(-1, batch.shape[-1]) for image in spread]
    return [[list(map(number, pixel)) for pixel in pixels] for pixels in flat]


def _classes_of(labels: Any) -> list[float | None]:
    """Return the classes that labels tell, each as a number or as one number a class."""
    import numpy as np

    if labels.ndim > _LABEL_AXES or not labels.size or not np.issubdtype(labels.dtype, np.number):
        return []
    first = labels[:MAX_SHOWN] if labels.ndim else labels.reshape(1)
    one_each = first.reshape(len(first), -1)
    several = one_each.shape[1] > 1
    return list(map(number, one_each.argmax(axis=1) if several else one_each[:, 0]))
