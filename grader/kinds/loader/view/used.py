"""The loader that a graded function returns, if it is the one that the model was trained on.

Where the grader trained, it knows what it trained on. Points are for the loader that is returned,
so the two are compared in what earns points: which images come, how many at a time, how large, with
which labels and in which range. Augmentation, order and seeds may differ.
"""

import math
from collections.abc import Iterator

from grader.checks.declaration import Absent
from grader.checks.observed import Observation
from grader.checks.trusted import Observed, run_of
from grader.kinds.batches import Loader, has_one_hot_labels
from grader.kinds.loader.view import binary_labels, images_of, unit_range

FIRST_BATCH = "Take the first batch of {}() in a cell of your own: what does it hold?"
GIVEN = "{} is given the loader that {} returned: is that the one that fit gets?"
# Whether a factor is written as 1/255 or as 0.0039 does not matter.
_ALIKE = 0.01
# First batches hold different images, of which none may be very bright.
_BRIGHT = 0.25


def used(seen: Observed, name: str) -> Loader:
    """Return the loader that a function returned; where the grader trained on it, as it did so.

    Args:
        seen: A run.
        name: Graded name of the function.

    Raises:
        Absent: There is none to be seen, or the model was trained on another one.
    """
    run = run_of(seen)
    loader, trained_on = run.loader(name), dict(run.trained_on(name))
    if not trained_on:
        return loader
    if not loader.batch_shape and name in run.evidence.unprobed:
        # What it says of itself need not be so: its images could not be read.
        raise run.absent(name)
    for trainer, made in trained_on.items():
        other = another_loader(name, trainer, loader, made)
        if other is not None:
            raise other
    return next(iter(trained_on.values()))


def scale(seen: Observed, loader: str) -> tuple[float, float]:
    """Range of the values at the first convolution, else of the loader's own.

    Images that nobody trains on get to it as those do that are trained on, where both come in the
    same size and range: a model that scales does so with either.

    Raises:
        Absent: The loader yields no images that could be looked at, is none, or was not used.
    """
    found, run = used(seen, loader), run_of(seen)
    trainers = run.trainers_on(loader) or _trained_alike(run, found)
    told = (
        run.at_convolution(run.graded_fit(trainer), run.model_key(trainer) or "", loader)
        for trainer in trainers
    )
    ranges = [each for each in told if each is not None]
    if ranges:
        return min(least for least, _ in ranges), max(most for _, most in ranges)
    if found.minimum is not None and found.maximum is not None:
        return found.minimum, found.maximum
    if loader in run.evidence.unprobed:
        raise run.absent(loader)
    raise Absent(loader, f"{loader}() {_unlike_images(found)}.", FIRST_BATCH.format(loader))


def _trained_alike(run: Observation, loader: Loader) -> list[str]:
    """Return what trains on images of a loader's size and range."""
    return [
        name
        for name, other in run.made_on(run.trainers)
        if _sizes(loader, other) == _sizes(other, loader) and _ranged_alike(loader, other)
    ]


def _ranged_alike(one: Loader, other: Loader) -> bool:
    """Whether the brightest pixels are about as large, which are of different images."""
    if one.maximum is None or other.maximum is None:
        return False
    return _scaled_alike(one, other) and math.isclose(one.maximum, other.maximum, rel_tol=_BRIGHT)


def _unlike_images(loader: Loader) -> str:
    if loader.batch_shape and 0 not in loader.batch_shape:
        return "gives images that hold no numbers that could be compared"
    if loader.images:
        return "gives no batch whose values could be looked at"
    return "finds no images, so there are no values to look at"


def another_loader(name: str, trainer: str, returned: Loader, trained_on: Loader) -> Absent | None:
    """Say that training used another loader than the one returned; None if it used that one.

    Args:
        name: Graded name of the function that makes the loader.
        trainer: Graded name of the function that trains.
        returned: What was seen of what the first one returned.
        trained_on: What the grader was asked to train on.
    """
    found = next(_differences(returned, trained_on), None)
    if found is None:
        return None
    here, there = found
    reason = f"{trainer} trained on another loader than the one that {name} returns"
    return Absent(name, f"{reason}: {there} instead of {here}.", GIVEN.format(trainer, name))


def _differences(one: Loader, other: Loader) -> Iterator[tuple[str, str]]:
    """Yield in words what differs between two loaders."""
    if one.images != other.images or _unlike(one.classes, other.classes):
        yield _images(one), _images(other)
    if one.batch_size != other.batch_size or _unlike(_batch(one), _batch(other)):
        yield _batches(one), _batches(other)
    if _sizes(one, other) != _sizes(other, one):
        yield _size(one), _size(other)
    if _labels(one) != _labels(other):
        yield binary_labels(one).actual, binary_labels(other).actual
    if not _scaled_alike(one, other):
        yield _values(one), _values(other)


def _unlike(one: int | None, other: int | None) -> bool:
    """Whether two numbers differ, if both are known."""
    return None not in (one, other) and one != other


def _batch(loader: Loader) -> int | None:
    return loader.batch_shape[0] if loader.batch_shape else None


def _sizes(one: Loader, other: Loader) -> object:
    """Return the size of one's images, with channels if they are known of both."""
    if one.batch_shape and other.batch_shape:
        return one.batch_shape[1:]
    return one.batch_shape[1:3] if one.batch_shape else one.target_size


def _labels(loader: Loader) -> object:
    return binary_labels(loader).met, has_one_hot_labels(loader)


def _scaled_alike(one: Loader, other: Loader) -> bool:
    if one.preprocessing is None or other.preprocessing is None:
        return _in_unit_range(one) == _in_unit_range(other)
    names = one.preprocessing.keys() | other.preprocessing.keys()
    pairs = ((one.preprocessing.get(n, 0.0), other.preprocessing.get(n, 0.0)) for n in names)
    return all(math.isclose(*pair, rel_tol=_ALIKE) for pair in pairs)


def _in_unit_range(loader: Loader) -> bool | None:
    if loader.minimum is None or loader.maximum is None:
        return None
    return unit_range(loader.minimum, loader.maximum).met


def _images(loader: Loader) -> str:
    if loader.images is None:
        return "images that could not be counted"
    if loader.classes is None:
        return f"{loader.images} images"
    return images_of(loader.images, loader.classes)


def _batches(loader: Loader) -> str:
    found = loader.batch_size if _batch(loader) is None else _batch(loader)
    return "images that do not come in batches" if found is None else f"batches of {found}"


def _size(loader: Loader) -> str:
    axes = loader.batch_shape[1:] if loader.batch_shape else loader.target_size or ()
    return f"images of {' x '.join('any' if axis is None else str(axis) for axis in axes)}"


def _values(loader: Loader) -> str:
    if loader.preprocessing:
        settings = sorted(loader.preprocessing.items())
        return f"pixel values with {', '.join(f'{name} {value:.4g}' for name, value in settings)}"
    if loader.preprocessing is not None:
        return "pixel values as they are in the files"
    if loader.minimum is None or loader.maximum is None:
        return "no pixel values"
    return f"pixel values from {loader.minimum:.4g} to {loader.maximum:.4g}"
