"""Expectations on data loaders."""

from grader.checks.declaration import Absent, Expectation, expect
from grader.checks.observed import Observed
from grader.evidence import Loader

LABEL_MODES = ("binary", "sparse")
# A batch holds white pixels: scaled by 1/255 its maximum is 1. A rounded or doubled factor shows.
LEAST_MAXIMUM = 0.5
TOLERANCE = 1e-3


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
    return expect(met, "labels 0 and 1", f"labels of shape {loader.label_shape}: {found}")


def scale(seen: Observed, loader: str, trainer: str) -> tuple[float, float]:
    """Range of the values at the first convolution, else of the loader's own.

    Raises:
        Absent: The loader yields no images.
    """
    measured = seen.evidence.convolution_inputs.get(seen.model_key(trainer) or "")
    if measured is not None:
        return measured.minimum, measured.maximum
    found = seen.loader(loader)
    if found.minimum is None or found.maximum is None:
        raise Absent(loader, f"{loader}() finds no images, so there are no values to look at.")
    return found.minimum, found.maximum


def unit_range(minimum: float, maximum: float) -> Expectation:
    """Values lie between 0 and 1, and use that range."""
    met = minimum >= -TOLERANCE and LEAST_MAXIMUM <= maximum <= 1 + TOLERANCE
    return expect(met, "values from 0 to 1", f"values from {minimum:.4g} to {maximum:.4g}")
