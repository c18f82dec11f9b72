"""What a data loader is set to, and what its first batch holds.

It may be anything that a student's function returned, so that nothing of it is gone through or
converted but what is bounded in items, bytes and time.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from grader.inspection import preprocessing
from grader.inspection.bounded import MAX_SCALARS, extent, items
from grader.inspection.plain import MAX_AXES, MAX_TEXT, attribute, integer, number, shape, text
from grader.inspection.returned import type_name, words

# Factors and addends by which pixel values are usually scaled.
SCALINGS = ((1 / 255, 0.0), (1.0, 0.0), (1 / 127.5, -1.0))
# A number, or a row of them, is no image.
_LEAST_AXES = 2


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


def settings(loader: Any, generator: Any = None) -> dict[str, Any]:
    """Return what a loader is set to; for a Keras DirectoryIterator that is everything graded.

    Args:
        loader: The loader.
        generator: The ``ImageDataGenerator`` that it is known to have.
    """
    images, samples = attribute(loader, "n"), attribute(loader, "samples")
    return {
        "type": type_name(loader),
        "images": integer(samples if images is None else images),
        "classes": _classes(loader),
        "batch_size": integer(attribute(loader, "batch_size")),
        "target_size": shape(attribute(loader, "target_size")),
        "class_mode": _said(loader, "class_mode", 200),
        "directory": _said(loader, "directory"),
        "subset": _said(loader, "subset", 200),
        "preprocessing": preprocessing.describe(generator),
        "augmentation": preprocessing.augmentation(generator),
    }


def _said(loader: Any, name: str, limit: int = MAX_TEXT) -> str | None:
    """Return an attribute that is a text or a path; of all others, what they are."""
    found = attribute(loader, name)
    if found is None:
        return None
    return text(found if isinstance(found, str | PurePath) else type_name(found), limit)


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
    elif hasattr(type(loader), "__getitem__") and hasattr(type(loader), "__len__"):
        yield from (loader[index] for index in range(len(loader)))
    else:
        yield from loader


def parts(batch: Any) -> tuple[Any, Any]:
    """Return the images of a batch, and its labels or None, as they are."""
    if not isinstance(batch, list | tuple):
        return batch, None
    return (batch[0] if batch else None), (batch[1] if len(batch) > 1 else None)


def arrays(batch: Any) -> tuple[Any, Any]:
    """Return images and labels of a batch as NumPy arrays of bounded size, None for what is none.

    What stands for images is none where it is a number or a row of them.
    """
    images, labels = parts(batch)
    axes = len(extent(images) or ())
    return (items(images) if _LEAST_AXES <= axes <= MAX_AXES else None), items(labels)


def other(first: Any, loader: Any) -> str:
    """Say in a phrase what a loader gives first, where that is no batch of images."""
    images, _ = parts(first)
    shown = words(images if extent(images) else first)
    return f" {'with' if isinstance(loader, tuple) else 'that gives'} {shown}"


def contents(images: Any, labels: Any) -> dict[str, Any]:
    """Return shapes and ranges of the arrays of a batch."""
    import numpy as np

    found: dict[str, Any] = {"batch_shape": shape(images.shape), "dtype": text(images.dtype, 200)}
    if images.size and np.issubdtype(images.dtype, np.number):
        found |= {"minimum": number(images.min()), "maximum": number(images.max())}
    if labels is not None:
        found |= {"label_shape": shape(labels.shape), "labels": _distinct(labels)}
    return found


def lengths(batch: Any) -> dict[str, Any]:
    """Return the shapes of a batch as it is: of a large one, arrays have the first images only."""
    images, labels = map(extent, parts(batch))
    known = {"batch_shape": images, "label_shape": labels}
    return {name: shape(axes) for name, axes in known.items() if axes is not None}


def _distinct(labels: Any) -> list[float]:
    import numpy as np

    if not np.issubdtype(labels.dtype, np.number):
        return []
    return [float(label) for label in np.unique(labels.flat[:MAX_SCALARS])[:10]]
