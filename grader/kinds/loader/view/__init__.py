"""Expectations on data loaders."""

import math
from collections.abc import Collection, Mapping

from grader.checks.declaration import Expectation, expect, missed
from grader.checks.shortfall import SPLIT
from grader.checks.trusted import Observed, run_of
from grader.kinds.batches import Loader, has_one_hot_labels

LABEL_MODES = ("binary", "sparse")
CLASS_MODES = ("sparse", "categorical")
# A batch holds white pixels: scaled by 1/255 its maximum is 1. A rounded or doubled factor shows.
LEAST_MAXIMUM = 0.5
TOLERANCE = 1e-3
UNCHANGED = "images that are not changed at random"
# Height, width and channels.
_IMAGE_AXES, _SIZE_AXES, _MOST_CHANNELS = 3, 2, 4


def one_hot(seen: Observed, name: str) -> bool:
    """Whether labels of the loader are vectors of one number a class."""
    run = run_of(seen)
    trained_on = next((loader for _, loader in run.trained_on(name)), None)
    return has_one_hot_labels(trained_on or run.evidence.find(Loader, name))


def finds(loader: Loader, images: int, classes: int) -> Expectation:
    """All images of all classes are found; a loader need not say how many classes there are."""
    expected = images_of(images, classes)
    if loader.images is None:
        return missed(expected, "images that could not be counted")
    unknown = classes if loader.images else 0
    found = (loader.images, unknown if loader.classes is None else loader.classes)
    hint = "" if found[1] < classes else _left_out(loader, classes)
    return expect(found == (images, classes), expected, images_of(*found), hint)


def _left_out(loader: Loader, classes: int) -> str:
    if loader.subset is not None:
        return SPLIT
    if loader.classes is not None and loader.classes > classes:
        return "The directory, or the argument classes, names folders that are no class."
    return "Each class has its folder: is every image still there, and shown once?"


def images_of(images: int, classes: int) -> str:
    """Say how many images there are, of how many classes."""
    return f"{images} images of {classes} class{'' if classes == 1 else 'es'}"


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
    both = "A size is two numbers, height and width: the colours do not belong to it."
    hint = both if len(found) > _SIZE_AXES else ""
    return expect(found == (height, width), f"{height} x {width}", shown or "no size", hint)


def _alone(loader: Loader) -> bool:
    """Whether the first thing that it gives is an image in colour, not a batch."""
    shape = loader.batch_shape or ()
    return len(shape) == _IMAGE_AXES and (shape[-1] or 0) <= _MOST_CHANNELS


def binary_labels(loader: Loader) -> Expectation:
    """Labels are one number an image: 0 or 1."""
    if loader.class_mode is not None:
        met = loader.class_mode in LABEL_MODES
        return expect(met, "class_mode binary", f"class_mode {loader.class_mode}")
    known = bool(loader.labels) and not has_one_hot_labels(loader)
    met = known and set(loader.labels) <= {0.0, 1.0}
    return expect(met, "labels 0 and 1", _labels(loader))


def class_labels(loader: Loader, classes: int) -> Expectation:
    """Labels tell more than two classes apart: whole numbers from 0 on, or one-hot vectors."""
    expected = f"labels of {classes} classes, as numbers or one-hot vectors"
    if loader.class_mode is not None:
        met = loader.class_mode in CLASS_MODES
        return expect(met, expected, f"class_mode {loader.class_mode}")
    if has_one_hot_labels(loader):
        vectors = (loader.label_shape or ())[-1] == classes and set(loader.labels) <= {0.0, 1.0}
        return expect(vectors, expected, _labels(loader))
    known = [label for label in loader.labels if label is not None]
    met = bool(known) and all(label in range(classes) for label in known)
    return expect(met, expected, _labels(loader))


def _labels(loader: Loader) -> str:
    if loader.label_shape is None:
        return "no labels"
    each = math.prod(axis or 1 for axis in loader.label_shape[1:])
    numbers = ", ".join(f"{label:g}" for label in loader.labels if label is not None)
    if not numbers:
        return "labels that are no numbers"
    return f"labels of {each} numbers each: {numbers}" if each > 1 else f"labels {numbers}"


def unit_range(minimum: float, maximum: float) -> Expectation:
    """Values lie between 0 and 1, and use that range."""
    met = minimum >= -TOLERANCE and LEAST_MAXIMUM <= maximum <= 1 + TOLERANCE
    return expect(met, "values from 0 to 1", f"values from {minimum:.4g} to {maximum:.4g}")


def augments(loader: Loader, ways: Collection[str] | Mapping[str, float]) -> Expectation:
    """Images are changed at random in these ways, each an argument of ``ImageDataGenerator``.

    Others are free, and so is by how much, unless the least is named.

    Args:
        loader: The loader.
        ways: Arguments, such as ``rotation_range``; or by how much at least, by argument, as
            ``ImageDataGenerator`` takes it.
    """
    least = ways if isinstance(ways, Mapping) else dict.fromkeys(ways, 0.0)
    each = [f"{name} of at least {bound:g}" if bound else name for name, bound in least.items()]
    wanted = f"images that are changed at random: {', '.join(each)}"
    if loader.augmentation is None:
        return missed(wanted, "nothing is known of how images are changed")
    found = {name: loader.augmentation.get(name, 0.0) for name in least}
    lacking = [name for name, value in found.items() if not value]
    little = [f"{name} of {value:g}" for name, value in found.items() if 0 < value < least[name]]
    without = [f"without {', '.join(lacking)}"] if lacking else []
    told = "; ".join([*without, *little]) or ", ".join(least)
    met = not (lacking or little)
    return expect(met, wanted, told if loader.augmentation else UNCHANGED)


def as_they_are(loader: Loader) -> Expectation:
    """Images are not changed at random: each is the same whenever it is shown."""
    if loader.augmentation is None:
        return missed(UNCHANGED, "nothing is known of how images are changed")
    found = ", ".join(sorted(loader.augmentation))
    return expect(not found, UNCHANGED, f"changed at random: {found}" if found else UNCHANGED)
