"""What layers of Keras do to images at random, in the words of Keras' ``ImageDataGenerator``."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from grader.inspection.plain import number

_DEGREES = 360
Ways = Iterator[tuple[str, float]]


def of_layers(steps: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, float]:
    """Return what is drawn anew for each image, as ``preprocessing.augmentation`` does.

    What that generator has no argument for is named as the layer is, and is 1.

    Args:
        steps: Class and arguments of all that is done to images: only layers draw.
    """
    found: dict[str, float] = {}
    for name, arguments in steps:
        for way, extent in _ways(name, arguments):
            found[way] = max(extent, found.get(way, 0.0))
    return {way: extent for way, extent in found.items() if extent}


def _ways(name: str, given: Mapping[str, Any]) -> Ways:
    if name in _RANDOM:
        yield from _RANDOM[name](given)
    elif name.startswith("Random") or name == "Solarization":
        yield name, 1.0


def _flipped(given: Mapping[str, Any]) -> Ways:
    mode = given.get("mode") or "horizontal_and_vertical"
    for way in ("horizontal", "vertical"):
        yield f"{way}_flip", float(way in mode)


def _turned(given: Mapping[str, Any]) -> Ways:
    # A share of a full turn.
    yield "rotation_range", _furthest(given.get("factor")) * _DEGREES


def _moved(given: Mapping[str, Any]) -> Ways:
    yield "height_shift_range", _furthest(given.get("height_factor"))
    yield "width_shift_range", _furthest(given.get("width_factor"))


def _zoomed(given: Mapping[str, Any]) -> Ways:
    yield "zoom_range", max(_half(given.get(f"{side}_factor")) for side in ("height", "width"))


def _sheared(given: Mapping[str, Any]) -> Ways:
    # The generator takes an angle, and the layer that angle's tangent.
    slope = max(_furthest(given.get(f"{axis}_factor")) for axis in ("x", "y"))
    yield "shear_range", math.degrees(math.atan(slope))


def _lit(given: Mapping[str, Any]) -> Ways:
    yield "brightness_range", _half(given.get("factor"))


_RANDOM: Mapping[str, Callable[[Mapping[str, Any]], Ways]] = {
    "RandomFlip": _flipped,
    "RandomRotation": _turned,
    "RandomTranslation": _moved,
    "RandomZoom": _zoomed,
    "RandomShear": _sheared,
    "RandomBrightness": _lit,
}


def _between(factor: Any) -> tuple[float, float]:
    """Return the least and the greatest that is drawn: a number alone is meant both ways."""
    ends = factor if isinstance(factor, list | tuple) else (-(number(factor) or 0.0), factor)
    low, high = (number(end) or 0.0 for end in ends)
    return low, high


def _furthest(factor: Any) -> float:
    return max(map(abs, _between(factor)))


def _half(factor: Any) -> float:
    low, high = _between(factor)
    return abs(high - low) / 2
