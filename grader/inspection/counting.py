"""How many images a loader has that does not say so: counted, within bounds."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from grader.inspection.bounded import extent, size
from grader.inspection.loaders import parts
from grader.inspection.plain import integer

MAX_IMAGES = 2_000
MAX_BATCHES = 200
MAX_S = 20.0
# What a loader keeps of the batches that it gave is not released before it is.
MAX_BYTES = 128 * 2**20
# A dataset of tf.data keeps them only if it caches: 1,500 pictures of 256 by 256, say.
MAX_STREAMED = 2**30
# Images of a batch: batch, height, width and channels.
BATCH_AXES = 4
_INFINITE = -1


@dataclass(slots=True)
class Tally:
    """What a loader has given so far.

    Args:
        batches: How many batches.
        images: How many images.
        held: How many bytes those are.
        streamed: Whether batches are not kept by what gave them.
    """

    batches: int = 0
    images: int = 0
    held: int = 0
    streamed: bool = False

    def through(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Yield batches, and count each of them before.

        Args:
            batches: Those of a loader.
        """
        for batch in batches:
            images, _ = parts(batch)
            self.batches += 1
            self.images += _length(images)
            self.held += size(images)
            yield batch

    @property
    def is_over(self) -> bool:
        """Whether no more is to be looked at."""
        many = self.batches > MAX_BATCHES or self.images > MAX_IMAGES
        return many or self.held > (MAX_STREAMED if self.streamed else MAX_BYTES)


def begun(loader: Any) -> Tally:
    """Return the tally of a loader that has given nothing yet.

    Args:
        loader: What gives batches.
    """
    return Tally(streamed=_cardinality(loader) is not None)


def count(tally: Tally, rest: Iterator[Any], loader: Any) -> int | None:
    """Count a loader's images; None where they do not end within bounds.

    Args:
        tally: What was counted so far.
        rest: The other batches, which ``tally`` counts.
        loader: What they come from.
    """
    if isinstance(loader, cycle) or _cardinality(loader) == _INFINITE:
        return None
    end = time.monotonic() + MAX_S
    try:
        for _ in rest:
            if tally.is_over or time.monotonic() > end:
                return None
    except Exception:  # noqa: BLE001 - a broken batch is told to the student by the training
        return None
    return tally.images


def _cardinality(loader: Any) -> int | None:
    known = callable(getattr(type(loader), "cardinality", None))
    return integer(loader.cardinality()) if known else None


def _length(images: Any) -> int:
    shape_ = extent(images) or ()
    return shape_[0] if len(shape_) == BATCH_AXES else 1
