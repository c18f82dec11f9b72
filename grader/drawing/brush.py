"""Paints the limbs of a figure, each in the part of the picture alone that it covers.

Coordinates are those of the figure: its unit is ``scale`` pixels, x grows in the direction in which
it looks and y downwards. A figure of many limbs costs a tenth of what whole planes of each cost.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from grader.canvas import Canvas, Colour, Plane, coverage
from grader.drawing.turning import cosine_and_sine

Point: TypeAlias = tuple[float, float]
# How much darker a limb is below than above.
_SHADE = 0.28
_MARGIN = 2.0


@dataclass(frozen=True)
class Brush:
    """Paints a figure that is turned, moved, larger or smaller, and looks to either side.

    Args:
        canvas: What it paints on.
        turn: By how much the figure is turned: the tangent of half the angle, so that no sine is
            needed.
        x: Where its origin is, in pixels right of the middle of the picture.
        y: The same downwards.
        scale: Pixels of one of its units.
        side: 1.0 if it looks to the right, -1.0 to the left.
    """

    canvas: Canvas
    turn: float = 0.0
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    side: float = 1.0

    def limb(self, start: Point, end: Point, thick: float, thin: float, colour: Colour) -> None:
        """Paint a rounded stroke that is half as wide as said at its start and its end."""
        (x0, y0), (x1, y1) = self._pixel(start), self._pixel(end)
        wide, narrow = thick * self.scale, thin * self.scale
        reach = max(wide, narrow)
        x, y, area = self._part([(x0, y0), (x1, y1)], reach)
        dx, dy = x1 - x0, y1 - y0
        long = dx * dx + dy * dy
        share = np.clip(((x - x0) * dx + (y - y0) * dy) / max(long, 1e-9), 0.0, 1.0)
        across, down = x - x0 - share * dx, y - y0 - share * dy
        half = wide + (narrow - wide) * share
        inside = coverage(np.sqrt(across * across + down * down) - half)
        # Lit from above.
        light = 1.0 - _SHADE * np.clip(0.5 + down / (2.0 * max(reach, 1.0)), 0.0, 1.0)
        _lay(area, inside, colour, light)

    def spot(self, middle: Point, radius: float, colour: Colour) -> None:
        """Paint a disc."""
        self.limb(middle, middle, radius, radius, colour)

    def chain(self, points: Sequence[Point], thick: float, thin: float, colour: Colour) -> None:
        """Paint strokes from point to point, the first one as thick as said, the last one thin."""
        count = len(points) - 1
        widths = [thick + (thin - thick) * at / count for at in range(count + 1)]
        for (one, other), (wide, narrow) in zip(
            itertools.pairwise(points), itertools.pairwise(widths), strict=True
        ):
            self.limb(one, other, wide, narrow, colour)

    def polygon(self, corners: Sequence[Point], colour: Colour) -> None:
        """Paint a convex polygon."""
        points = [self._pixel(each) for each in corners]
        x, y, area = self._part(points, 0.0)
        # Seen from the other side, its corners come the other way round.
        way = 1.0 if _turns_right(points) else -1.0
        distance: Plane = np.full((y.shape[0], x.shape[1]), -float(self.canvas.grid.width))
        for (x0, y0), (x1, y1) in itertools.pairwise((*points, points[0])):
            dx, dy = x1 - x0, y1 - y0
            long = max(float(np.sqrt(np.asarray(dx * dx + dy * dy))), 1e-9)
            distance = np.maximum(distance, ((x - x0) * dy - (y - y0) * dx) * (way / long))
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        light = 1.0 - _SHADE * 0.7 * np.clip((y - top) / max(bottom - top, 1.0), 0.0, 1.0)
        _lay(area, coverage(distance), colour, light)

    def _pixel(self, point: Point) -> Point:
        """Return where a point of the figure is, in pixels from the middle of the picture."""
        cosine, sine = cosine_and_sine(self.turn)
        x, y = point[0] * self.side * self.scale, point[1] * self.scale
        return self.x + cosine * x - sine * y, self.y + sine * x + cosine * y

    def _part(self, points: Sequence[Point], reach: float) -> tuple[Plane, Plane, Plane]:
        """Return where the pixels are of the part around some points, and what is painted there."""
        grid, margin = self.canvas.grid, reach + _MARGIN
        left, right = _range([x for x, _ in points], margin, grid.width)
        top, bottom = _range([y for _, y in points], margin, grid.height)
        area = self.canvas.rgb[:, top:bottom, left:right]
        return grid.x[:, left:right], grid.y[top:bottom], area


def _range(places: Sequence[float], margin: float, length: int) -> tuple[int, int]:
    middle = (length - 1) / 2
    low = int(np.rint(np.asarray(min(places) - margin + middle)))
    high = int(np.rint(np.asarray(max(places) + margin + middle))) + 1
    return max(0, min(low, length)), max(0, min(high, length))


def _turns_right(points: Sequence[Point]) -> bool:
    pairs = itertools.pairwise((*points, points[0]))
    around = 0.0
    for (x0, y0), (x1, y1) in pairs:
        around += x0 * y1 - x1 * y0
    return around > 0.0


def _lay(area: Plane, mask: Plane, colour: Colour, light: Plane) -> None:
    tone = np.asarray(colour, dtype=np.float64).reshape(3, 1, 1) * light
    area += (tone - area) * mask
