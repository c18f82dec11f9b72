"""Expectations on data loaders."""

from grader.checks.declaration import Absent, Expectation, expect
from grader.checks.observed import Observed
from grader.checks.shortfall import SPLIT
from grader.evidence import Loader

LABEL_MODES = ("binary", "sparse")
# A batch holds white pixels: scaled by 1/255 its maximum is 1. A rounded or doubled factor shows.
LEAST_MAXIMUM = 0.5
TOLERANCE = 1e-3
FIRST_BATCH = "Take the first batch of {}() in a cell of your own: what does it hold?"


def finds(loader: Loader, images: int, classes: int) -> Expectation:
    """So many images of so many classes are found."""
    unknown = classes if loader.images else 0
    found = (loader.images, unknown if loader.classes is None else loader.classes)
    hint = "" if found[1] < classes else _left_out(loader, classes)
    return expect(found == (images, classes), _images(images, classes), _images(*found), hint)


def _left_out(loader: Loader, classes: int) -> str:
    if loader.subset is not None:
        return SPLIT
    if loader.classes is not None and loader.classes > classes:
        return "The directory, or the argument classes, names folders that are no class."
    return "Each class has its folder: is every image still there, and shown once?"


def _images(images: int | None, classes: int) -> str:
    return f"{images} images of {classes} class{'' if classes == 1 else 'es'}"


def sized(loader: Loader, size: tuple[int, int]) -> Expectation:
    """Images have that height and width."""
    found = loader.target_size or (loader.batch_shape or ())[1:3]
    both = "A size is two numbers, height and width: the colours do not belong to it."
    shown = " x ".join(map(str, found)) or "no size"
    hint = both if len(found) > len(size) else ""
    return expect(found == size, " x ".join(map(str, size)), shown, hint)


def one_hot(seen: Observed, name: str) -> bool:
    """Whether labels of the loader are vectors of one number a class."""
    return _one_hot(seen.trained_on() or seen.evidence.loaders.get(name))


def _one_hot(loader: Loader | None) -> bool:
    if loader is None or loader.label_shape is None:
        return False
    return len(loader.label_shape) > 1 and (loader.label_shape[-1] or 0) > 1


def binary_labels(loader: Loader) -> Expectation:
    """Labels are one number an image: 0 or 1."""
    if loader.class_mode is not None:
        met = loader.class_mode in LABEL_MODES
        return expect(met, "class_mode binary", f"class_mode {loader.class_mode}")
    met = not _one_hot(loader) and set(loader.labels) <= {0.0, 1.0} and bool(loader.labels)
    found = ", ".join(f"{label:g}" for label in loader.labels if label is not None)
    shape = f"labels of shape {loader.label_shape}: {found}"
    return expect(met, "labels 0 and 1", "no labels" if loader.label_shape is None else shape)


def scale(seen: Observed, loader: str, trainer: str) -> tuple[float, float]:
    """Range of the values at the first convolution, else of the loader's own.

    Raises:
        Absent: The loader yields no images that could be looked at.
    """
    measured = seen.evidence.convolution_inputs.get(seen.model_key(trainer) or "")
    if measured is not None:
        return measured.minimum, measured.maximum
    found = seen.loader(loader)
    if found.minimum is None or found.maximum is None:
        why = "finds no images, so there are no values to look at"
        why = why if found.images == 0 else "gives no batch whose values could be looked at"
        raise Absent(loader, f"{loader}() {why}.", FIRST_BATCH.format(loader))
    return found.minimum, found.maximum


def unit_range(minimum: float, maximum: float) -> Expectation:
    """Values lie between 0 and 1, and use that range."""
    met = minimum >= -TOLERANCE and LEAST_MAXIMUM <= maximum <= 1 + TOLERANCE
    return expect(met, "values from 0 to 1", f"values from {minimum:.4g} to {maximum:.4g}")
