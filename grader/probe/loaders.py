"""What a data loader is set to, how many images it has, and what its first batch holds."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from typing import Any

from grader.probe.channel import attribute, integer, number, shape, text

MAX_IMAGES = 2_000
MAX_BATCHES = 200
MAX_S = 20.0
MAX_SHOWN, MAX_CHANNELS = 50, 4
# So many rows and columns of an image's pixels are told.
_SPREAD = 4
# Factors and addends by which pixel values are usually scaled.
SCALINGS = ((1 / 255, 0.0), (1.0, 0.0), (1 / 127.5, -1.0))
_INFINITE = -1
# Images of a batch: batch, height, width and channels.
_BATCH_AXES = 4
# A number for each image, or one for each image and class.
_LABEL_AXES = 2


def scaled(images: Any, factor: float, addend: float) -> Any:
    """Return images with all values multiplied and shifted, as 32-bit floats."""
    import numpy as np

    return images.astype(np.float32) * np.float32(factor) + np.float32(addend)


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
    mode, directory = attribute(loader, "class_mode"), attribute(loader, "directory")
    subset = attribute(loader, "subset")
    images, samples = attribute(loader, "n"), attribute(loader, "samples")
    return {
        "type": text(type(loader).__name__, 200),
        "images": integer(samples if images is None else images),
        "classes": _classes(loader),
        "batch_size": integer(attribute(loader, "batch_size")),
        "target_size": shape(attribute(loader, "target_size")),
        "class_mode": text(mode, 200) if mode is not None else None,
        "directory": text(directory) if directory is not None else None,
        "subset": text(subset, 200) if subset is not None else None,
    }


def _classes(loader: Any) -> int | None:
    names = attribute(loader, "class_names")
    found = len(names) if isinstance(names, list | tuple) else None
    return integer(attribute(loader, "num_classes")) or found


def class_names(loader: Any) -> list[str]:
    """Return the names of a loader's classes in the order of their labels; none if unknown."""
    labels = attribute(loader, "class_indices")
    if isinstance(labels, dict):
        return [text(name, 200) for name in sorted(labels, key=labels.__getitem__)]
    names = attribute(loader, "class_names")
    return [text(name, 200) for name in names] if isinstance(names, list | tuple) else []


def batches(loader: Any) -> Iterator[Any]:
    """Batches of a loader, by index where it has one: that leaves its own position alone."""
    if isinstance(loader, tuple):  # images and labels, all at once
        yield loader
    elif hasattr(loader, "__getitem__") and hasattr(loader, "__len__"):
        yield from (loader[index] for index in range(len(loader)))
    else:
        yield from loader


def arrays(batch: Any) -> tuple[Any, Any]:
    """Return a batch as NumPy arrays: images, and labels or None."""
    import numpy as np

    images, labels = (batch[0], batch[1]) if isinstance(batch, list | tuple) else (batch, None)
    return np.asarray(images), None if labels is None else np.asarray(labels)


def count(first: Any, rest: Iterator[Any], loader: Any) -> int | None:
    """Count a loader's images; None where they do not end within bounds.

    Args:
        first: Images of the first batch.
        rest: The other batches.
        loader: What they come from.
    """
    if _cardinality(loader) == _INFINITE:
        return None
    found, end = _length(first), time.monotonic() + MAX_S
    try:
        for number_, batch in enumerate(rest, start=2):
            found += _length(arrays(batch)[0])
            if number_ > MAX_BATCHES or found > MAX_IMAGES or time.monotonic() > end:
                return None
    except Exception:  # noqa: BLE001 - a broken batch is told to the student by the training
        return None
    return found


def _cardinality(loader: Any) -> int | None:
    cardinality = attribute(loader, "cardinality")
    return integer(cardinality()) if callable(cardinality) else None


def _length(images: Any) -> int:
    return int(images.shape[0]) if images.ndim == _BATCH_AXES else 1


def contents(images: Any, labels: Any) -> dict[str, Any]:
    """Return shapes and ranges of a batch."""
    import numpy as np

    found: dict[str, Any] = {"batch_shape": shape(images.shape), "dtype": str(images.dtype)}
    if images.size and np.issubdtype(images.dtype, np.number):
        found |= {"minimum": number(images.min()), "maximum": number(images.max())}
    if labels is not None:
        found |= {"label_shape": shape(labels.shape), "labels": _distinct(labels)}
    return found


def shown(images: Any, labels: Any) -> Iterator[dict[str, Any]]:
    """Yield some pixels of each image of a batch, evenly spread over it, and its label."""
    batch = images[None] if images.ndim == _BATCH_AXES - 1 else images
    if batch.ndim != _BATCH_AXES or 0 in batch.shape or batch.shape[-1] > MAX_CHANNELS:
        return
    classes = [] if labels is None else _classes_of(labels)
    rows, columns = (
        [int((place + 0.5) / _SPREAD * length) for place in range(_SPREAD)]
        for length in batch.shape[1:3]
    )
    spread = batch[:MAX_SHOWN, rows][:, :, columns]
    for image, label in zip_longest(spread, classes[: len(spread)]):
        pixels = image.reshape(-1, batch.shape[-1])
        yield {"pixels": [list(map(number, pixel)) for pixel in pixels], "label": label}


def _classes_of(labels: Any) -> list[float | None]:
    """Return the classes that labels tell, each as a number or as one number a class."""
    import numpy as np

    if labels.ndim > _LABEL_AXES or not labels.size or not np.issubdtype(labels.dtype, np.number):
        return []
    one_each = labels.reshape(len(labels), -1) if labels.ndim else labels.reshape(1, 1)
    several = one_each.shape[1] > 1
    return list(map(number, one_each.argmax(axis=1) if several else one_each[:, 0]))


def _distinct(labels: Any) -> list[float]:
    import numpy as np

    if not np.issubdtype(labels.dtype, np.number):
        return []
    return [float(label) for label in np.unique(labels)[:10]]
