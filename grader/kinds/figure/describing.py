"""Says what a figure of matplotlib holds, inside the kernel, as plain values and arrays."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np

from grader.inspection.bounded import is_of
from grader.inspection.plain import text
from grader.kinds.figure.sampling import some_pixels, some_points

MOST_AXES, MOST_SERIES, MOST_TICKS, MAX_LABEL = 20, 50, 50, 200
# What matplotlib calls what nobody gave a name.
_UNNAMED = "_"
_COLOUR_BAR = "<colorbar>"
# Bars of a histogram touch each other.
_TOUCHING = 1e-6
Series = dict[str, Any]


def described(figure: Any) -> dict[str, Any]:
    """Return the title of a figure, and its axes.

    Args:
        figure: A ``matplotlib.figure.Figure``.
    """
    return {
        "title": _text(figure.get_suptitle()),
        "axes": [
            _axes(each, figure)
            for each in figure.axes[:MOST_AXES]
            if each.get_label() != _COLOUR_BAR
        ],
    }


def _axes(axes: Any, figure: Any) -> dict[str, Any]:
    beside_x = axes.get_shared_x_axes().get_siblings(axes)
    beside_y = axes.get_shared_y_axes().get_siblings(axes)
    series = (*_lines(axes), *_bars(axes), *_collections(axes), *_images(axes), *_wedges(axes))
    return {
        "title": _title(axes, beside_x),
        "x_label": _first(axes.get_xlabel(), *(each.get_xlabel() for each in beside_x))
        or _text(figure.get_supxlabel()),
        "y_label": _first(axes.get_ylabel(), *(each.get_ylabel() for each in beside_y))
        or _text(figure.get_supylabel()),
        "x_scale": _text(axes.get_xscale()),
        "y_scale": _text(axes.get_yscale()),
        "x_limits": list(map(float, axes.get_xlim())),
        "y_limits": list(map(float, axes.get_ylim())),
        "x_ticks": _ticks(axes.get_xticklabels),
        "legend": _legend(axes, figure),
        "series": list(series[:MOST_SERIES]),
    }


def _text(value: Any) -> str:
    return text(value, MAX_LABEL)


def _first(*texts: str) -> str:
    return _text(next(filter(None, texts), ""))


def _title(axes: Any, beside: list[Any]) -> str:
    """Return the title of axes, or of those that lie over them and share their x axis."""
    place = axes.get_position().bounds
    same = [axes, *(each for each in beside if each.get_position().bounds == place)]
    where = "center", "left", "right"
    return _first(*(each.get_title(side) for each in same for side in where))


def _label(artist: Any) -> str:
    label = _text(artist.get_label() or "")
    return "" if label.startswith(_UNNAMED) else label


def _ticks(labels: Callable[[], Any]) -> list[str]:
    return [_text(each.get_text()) for each in labels()[:MOST_TICKS]]


def _legend(axes: Any, figure: Any) -> list[str] | None:
    legends = [each for each in (axes.get_legend(), *figure.legends) if each is not None]
    if not legends:
        return None
    return [_text(each.get_text()) for legend in legends for each in legend.get_texts()]


def _series(kind: str, artist: Any, x: Any, y: Any) -> Series:
    """Describe a series of points, of which ``x`` and ``y`` are the coordinates."""
    count = int(np.size(y))
    return {
        "kind": kind,
        "label": _label(artist),
        "count": count,
        "x": some_points(x),
        "y": some_points(y),
    }


def _lines(axes: Any) -> Iterator[Series]:
    for line in islice(axes.lines, MOST_SERIES):
        # Points alone are points, whichever function has drawn them.
        kind = "scatter" if line.get_linestyle() in {"None", "", " "} else "line"
        yield _series(kind, line, line.get_xdata(orig=False), line.get_ydata(orig=False))


def _bars(axes: Any) -> Iterator[Series]:
    from matplotlib.container import BarContainer

    for bars in islice((each for each in axes.containers if is_of(each, BarContainer)), 50):
        boxes = [(b.get_x(), b.get_y(), b.get_width(), b.get_height()) for b in bars.patches]
        if not boxes:
            continue
        x, y, width, height = np.array(boxes, dtype=float).T
        if bars.orientation == "horizontal":
            x, y, width, height = y, x, height, width
        yield _series(_kind_of_bars(x, width), bars, x + width / 2, height)


def _kind_of_bars(left: Any, width: Any) -> str:
    gaps = np.abs(left[1:] - (left + width)[:-1])
    touching = len(left) > 1 and bool((gaps <= _TOUCHING * np.abs(width[1:])).all())
    return "histogram" if touching else "bars"


def _collections(axes: Any) -> Iterator[Series]:
    from matplotlib.collections import FillBetweenPolyCollection, PathCollection, QuadMesh

    for each in islice(axes.collections, MOST_SERIES):
        if is_of(each, PathCollection):
            points: Any = np.ma.filled(np.ma.asarray(each.get_offsets(), dtype=float), np.nan)
            yield _series("scatter", each, points[:, 0], points[:, 1])
        elif is_of(each, QuadMesh):
            yield _image(each, each.get_array())
        elif is_of(each, FillBetweenPolyCollection):
            yield {"kind": "area", "label": _label(each), "count": 1, "x": None, "y": None}


def _images(axes: Any) -> Iterator[Series]:
    for image in islice(axes.images, MOST_SERIES):
        yield _image(image, image.get_array())


def _image(artist: Any, values: Any) -> Series:
    pixels: Any = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)
    shape = [int(length) for length in pixels.shape]
    return {
        "kind": "image",
        "label": _label(artist),
        "count": shape,
        "x": None,
        "y": some_pixels(pixels),
    }


def _wedges(axes: Any) -> Iterator[Series]:
    from matplotlib.patches import Wedge

    wedges = [each for each in axes.patches[:MOST_SERIES] if is_of(each, Wedge)]
    if wedges:
        shares = [(each.theta2 - each.theta1) / 360 for each in wedges]
        yield _series("pie", axes, np.arange(len(shares)), shares)
