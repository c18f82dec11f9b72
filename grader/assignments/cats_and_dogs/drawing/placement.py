"""Where an animal is in its picture: turned, moved, larger or smaller, looking to either side."""

import itertools
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from grader.canvas import Grid, Plane
from grader.drawing.turning import cosine_and_sine

Point = tuple[float, float]


@dataclass(frozen=True)
class Placement:
    """Coordinates of an animal, as planes; its shapes are said in them.

    Args:
        grid: The picture.
        turn: By how much it is turned: the tangent of half the angle, so that no sine is needed.
        x: Where its middle is, in pixels right of that of the picture.
        y: The same downwards.
        scale: Pixels of one of its units.
        side: 1.0 if it looks to the right, -1.0 to the left.
    """

    grid: Grid
    turn: float = 0.0
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    side: float = 1.0

    @cached_property
    def _axes(self) -> tuple[Plane, Plane]:
        cosine, sine = cosine_and_sine(self.turn)
        x, y = self.grid.x - self.x, self.grid.y - self.y
        along = (cosine * x + sine * y) * (self.side / self.scale)
        return along, (cosine * y - sine * x) / self.scale

    @property
    def along(self) -> Plane:
        """Where pixels are from its tail to its nose (height, width)."""
        return self._axes[0]

    @property
    def down(self) -> Plane:
        """Where pixels are from its back to its feet (height, width)."""
        return self._axes[1]

    def ellipse(self, x: float, y: float, rx: float, ry: float) -> Plane:
        """The approximate signed distance from an ellipse, in pixels."""
        dx, dy = (self.along - x) / rx, (self.down - y) / ry
        return (np.sqrt(dx * dx + dy * dy) - 1.0) * (min(rx, ry) * self.scale)

    def limb(self, start: Point, end: Point, thick: float, thin: float) -> Plane:
        """The signed distance from a rounded stroke that is half as wide as said at its ends."""
        ax, ay = end[0] - start[0], end[1] - start[1]
        share = ((self.along - start[0]) * ax + (self.down - start[1]) * ay) / (ax * ax + ay * ay)
        share = np.clip(share, 0.0, 1.0)
        dx, dy = self.along - start[0] - share * ax, self.down - start[1] - share * ay
        return (np.sqrt(dx * dx + dy * dy) - (thick + (thin - thick) * share)) * self.scale

    def polygon(self, *corners: Point) -> Plane:
        """The signed distance from the sides of a convex polygon, its corners clockwise."""
        found = self.grid.plane(-float(self.grid.width))
        for (x0, y0), (x1, y1) in itertools.pairwise((*corners, corners[0])):
            ax, ay = x1 - x0, y1 - y0
            length = np.sqrt(np.asarray(ax * ax + ay * ay))
            side = ((self.along - x0) * ay - (self.down - y0) * ax) / length
            found = np.maximum(found, side * self.scale)
        return found
