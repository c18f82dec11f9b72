"""What was drawn, as it is read from evidence."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.values.decode import UnreadableError, decode

_PICTURES = frozenset({"image", "pie"})
_UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)


@dataclass(frozen=True, slots=True, eq=False)
class PlottedSeries:
    """Something that shows data.

    Args:
        kind: ``line``, ``scatter``, ``bars``, ``histogram``, ``image``, ``area`` or ``pie``.
        label: Its name in a legend; empty where it has none.
        count: How many points it has; of an image, the lengths of its axes.
        x: Where its points are, None where they are nowhere; bars have their middle there.
        y: How high they are; of an image its pixels, of a pie the shares.
    """

    kind: str
    label: str
    count: int | tuple[int, ...]
    x: NDArray[Any] | None
    y: NDArray[Any] | None


@dataclass(frozen=True, slots=True, eq=False)
class PlottedAxes:
    """Axes, with their texts as they are read.

    Args:
        title: Above them.
        x_label: Of the whole figure, where they have none of their own.
        y_label: Likewise.
        x_scale: Such as ``linear`` or ``log``.
        y_scale: Likewise.
        x_limits: Where they begin and end.
        y_limits: Likewise.
        x_ticks: What is written along the x axis.
        legend: Its entries; None where there is no legend.
        series: What they show.
    """

    title: str
    x_label: str
    y_label: str
    x_scale: str
    y_scale: str
    x_limits: tuple[float, float]
    y_limits: tuple[float, float]
    x_ticks: tuple[str, ...]
    legend: tuple[str, ...] | None
    series: tuple[PlottedSeries, ...]

    @property
    def is_picture(self) -> bool:
        """Whether there are no axes to be labelled: images and pies alone are shown."""
        return bool(self.series) and all(each.kind in _PICTURES for each in self.series)


@dataclass(frozen=True, slots=True)
class PlottedFigure:
    """A figure: its own title, and its axes."""

    title: str
    axes: tuple[PlottedAxes, ...]


def read(text: str) -> tuple[PlottedFigure, ...]:
    """Read what was drawn.

    Args:
        text: As evidence has it.

    Raises:
        UnreadableError: It is no description of figures.
    """
    try:
        return tuple(_figure(each) for each in decode(text))
    except _UNREADABLE as error:
        raise UnreadableError(f"no figures: {error}") from None


def _figure(said: Any) -> PlottedFigure:
    return PlottedFigure(str(said["title"]), tuple(map(_axes, said["axes"])))


def _axes(said: Any) -> PlottedAxes:
    legend = said["legend"]
    return PlottedAxes(
        title=str(said["title"]),
        x_label=str(said["x_label"]),
        y_label=str(said["y_label"]),
        x_scale=str(said["x_scale"]),
        y_scale=str(said["y_scale"]),
        x_limits=_pair(said["x_limits"]),
        y_limits=_pair(said["y_limits"]),
        x_ticks=tuple(map(str, said["x_ticks"])),
        legend=None if legend is None else tuple(map(str, legend)),
        series=tuple(map(_series, said["series"])),
    )


def _pair(said: Any) -> tuple[float, float]:
    low, high = said
    return float(low), float(high)


def _series(said: Any) -> PlottedSeries:
    count = said["count"]
    size = tuple(map(int, count)) if isinstance(count, list) else int(count)
    return PlottedSeries(
        str(said["kind"]), str(said["label"]), size, _array(said["x"]), _array(said["y"])
    )


def _array(said: Any) -> NDArray[Any] | None:
    return None if said is None else np.asarray(said, dtype=float)
