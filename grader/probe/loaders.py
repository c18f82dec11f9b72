"""What a data loader is set to and what its first batch holds, without disturbing training."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from grader.probe.channel import integer, shape, text


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put the random states of Python and NumPy back afterwards."""
    import numpy as np

    python_state, numpy_state = random.getstate(), np.random.get_state()  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(python_state)
        np.random.set_state(numpy_state)  # noqa: NPY002


def settings(loader: Any) -> dict[str, Any]:
    """Return what a loader is set to; for a Keras DirectoryIterator that is everything graded."""
    mode = getattr(loader, "class_mode", None)
    directory = getattr(loader, "directory", None)
    return {
        "type": text(type(loader).__name__, 200),
        "images": integer(getattr(loader, "n", getattr(loader, "samples", None))),
        "classes": integer(getattr(loader, "num_classes", None)),
        "batch_size": integer(getattr(loader, "batch_size", None)),
        "target_size": shape(getattr(loader, "target_size", None)),
        "class_mode": text(mode, 200) if mode is not None else None,
        "directory": text(directory) if directory is not None else None,
    }


def first_batch(loader: Any) -> tuple[Any, Any]:
    """Return the first batch as NumPy arrays: images, and labels or None."""
    import numpy as np

    indexed = hasattr(loader, "__getitem__") and hasattr(loader, "__len__")
    batch = loader[0] if indexed else next(iter(loader))
    images, labels = (batch[0], batch[1]) if isinstance(batch, list | tuple) else (batch, None)
    return np.asarray(images), None if labels is None else np.asarray(labels)


def contents(images: Any, labels: Any) -> dict[str, Any]:
    """Return shapes and ranges of a batch."""
    import numpy as np

    found: dict[str, Any] = {"batch_shape": list(images.shape)}
    if images.size and np.issubdtype(images.dtype, np.number):
        found |= {"minimum": float(images.min()), "maximum": float(images.max())}
    if labels is not None:
        found |= {"label_shape": list(labels.shape), "labels": _distinct(labels)}
    return found


def _distinct(labels: Any) -> list[float]:
    import numpy as np

    if not np.issubdtype(labels.dtype, np.number):
        return []
    return [float(label) for label in np.unique(labels)[:10]]
