"""Whether a loader shows the same images whenever it is gone through, found by doing so twice."""

import hashlib
import time
from collections import Counter
from typing import Any

from grader.inspection.counting import BATCH_AXES, MAX_S, begun
from grader.inspection.loaders import arrays, batches, undisturbed

_TWICE = 2


def never_changed(loader: Any) -> bool:
    """Whether two passes over a loader have the same images, in whatever order.

    Args:
        loader: What gives batches; what does not end, or not within the bounds of counting, is
            not known to, and neither is what breaks.
    """
    end = time.monotonic() + MAX_S
    try:
        with undisturbed():
            passes = [_images(loader, end) for _ in range(_TWICE)]
    except Exception:  # noqa: BLE001 - a broken batch is told to the student by the training
        return False
    first, again = passes
    return bool(first) and first == again


def _images(loader: Any, end: float) -> Counter[bytes] | None:
    """Return how often each image comes in a pass; None where that is not known."""
    found: Counter[bytes] = Counter()
    tally = begun(loader)
    for batch in tally.through(batches(loader)):
        images, _ = arrays(batch)
        if images is None or tally.is_over or time.monotonic() > end:
            return None
        each = images if images.ndim == BATCH_AXES else images[None]
        found.update(hashlib.sha256(image.tobytes()).digest() for image in each)
    return found
