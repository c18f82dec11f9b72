"""Expectations on data loaders."""

import math

from grader.checks.declaration import Absent, Expectation, expect, missed
from grader.checks.observed import Observed
from grader.checks.returned import other_than_loader
from grader.evidence import Loader

LABEL_MODES = ("binary", "sparse")
# A batch holds white pixels: scaled by 1/255 its maximum is 1. A rounded or doubled factor shows.
LEAST_MAXIMUM = 0.5
TOLERANCE = 1e-3
# Height, width and channels.
_IMAGE_AXES, _MOST_CHANNELS = 3, 4


def one_hot(seen: Observed, name: str) -> bool:
    """Whether labels of the loader are vectors of one number a class."""
    return _one_hot(seen.trained_on() or seen.evidence.loaders.get(name))


def _one_hot(loader: Loader | None) -> bool:
    if loader is None or loader.label_shape is None:
        return False
    return len(loader.label_shape) > 1 and (loader.label_shape[-1] or 0) > 1


def finds(loader: Loader, images: int, classes: int) -> Expectation:
    """All images of all classes are found; a loader need not say how many classes there are."""
    expected = f"{images} images of {classes} classes"
    if loader.images is None:
        return missed(expected, "images that could not be counted")
    unknown = classes if loader.images else 0
    found = (loader.images, unknown if loader.classes is None else loader.classes)
    return expect(found == (images, classes), expected, f"{found[0]} images of {found[1]} classes")


def batches_of(loader: Loader, size: int) -> Expectation:
    """Images come so many at a time."""
    alone = None if _alone(loader) else next(iter(loader.batch_shape or ()), None)
    found = alone if loader.batch_size is None else loader.batch_size
    shown = "images that do not come in batches" if found is None else f"batches of {found}"
    return expect(found == size, f"batches of {size}", shown)


def sized(loader: Loader, height: int, width: int) -> Expectation:
    """Images have that height and width, in pixels."""
    shape = loader.batch_shape or ()
    found = loader.target_size or (shape[:2] if _alone(loader) else shape[1:3])
    shown = " x ".join("any" if axis is None else str(axis) for axis in found)
    return expect(found == (height, width), f"{height} x {width}", shown or "no size")


def _alone(loader: Loader) -> bool:
    """Whether the first thing that it gives is an image in colour, not a batch."""
    shape = loader.batch_shape or ()
    return len(shape) == _IMAGE_AXES and (shape[-1] or 0) <= _MOST_CHANNELS


def binary_labels(loader: Loader) -> Expectation:
    """Labels are one number an image: 0 or 1."""
    if loader.class_mode is not None:
        met = loader.class_mode in LABEL_MODES
        return expect(met, "class_mode binary", f"class_mode {loader.class_mode}")
    met = not _one_hot(loader) and set(loader.labels) <= {0.0, 1.0} and bool(loader.labels)
    return expect(met, "labels 0 and 1", _labels(loader))


def _labels(loader: Loader) -> str:
    if loader.label_shape is None:
        return "no labels"
    each = math.prod(axis or 1 for axis in loader.label_shape[1:])
    numbers = ", ".join(f"{label:g}" for label in loader.labels if label is not None)
    if not numbers:
        return "labels that are no numbers"
    return f"labels of {each} numbers each: {numbers}" if each > 1 else f"labels {numbers}"


def scale(seen: Observed, loader: str, trainer: str) -> tuple[float, float]:
    """Range of the values at the first convolution, else of the loader's own.

    Raises:
        Absent: The loader yields no images, or is none.
    """
    other = other_than_loader(loader, seen.evidence.loaders.get(loader))
    if other is not None:
        raise other
    measured = seen.evidence.convolution_inputs.get(seen.model_key(trainer) or "")
    if measured is not None:
        return measured.minimum, measured.maximum
    found = seen.loader(loader)
    if found.minimum is not None and found.maximum is not None:
        return found.minimum, found.maximum
    if loader in seen.evidence.unprobed:
        raise seen.absent(loader)
    if found.batch_shape and 0 not in found.batch_shape:
        raise Absent(loader, f"The images of {loader}() hold no numbers that could be compared.")
    raise Absent(loader, f"{loader}() finds no images, so there are no values to look at.")


def unit_range(minimum: float, maximum: float) -> Expectation:
    """Values lie between 0 and 1, and use that range."""
    met = minimum >= -TOLERANCE and LEAST_MAXIMUM <= maximum <= 1 + TOLERANCE
    return expect(met, "values from 0 to 1", f"values from {minimum:.4g} to {maximum:.4g}")
