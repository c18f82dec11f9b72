"""Antialiased painting with numpy, exact to the last bit on every machine.

The drawn images are checked against committed hashes, so the same program must give the same
pixels on every processor, operating system and library version. IEEE 754 prescribes one correct
result only for addition, subtraction, multiplication, division and the square root; comparisons
and rounding to integers are exact as well. Sines, exponentials and powers differ between maths
libraries, sums and dot products depend on the order of their terms, and the drawing routines of
image libraries change between releases. So everything here is float64, elementwise, and made of
the exact operations alone.

Shapes are given by signed distances in pixels, negative inside. The origin is the centre of the
image, x grows to the right and y downwards.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Plane: TypeAlias = NDArray[np.float64]
Pixels: TypeAlias = NDArray[np.uint8]
Colour: TypeAlias = tuple[float, float, float]

WHITE = 255.0
# A plane of so many pixels on a side takes 128 MiB.
MOST = 4_096


@dataclass(frozen=True)
class Grid:
    """Where the pixels of an image lie.

    Args:
        width: In pixels.
        height: In pixels.

    Raises:
        ValueError: There can be no image of that size.
    """

    width: int
    height: int

    def __post_init__(self) -> None:
        for name, side in (("width", self.width), ("height", self.height)):
            if type(side) is not int or not 1 <= side <= MOST:
                raise ValueError(
                    f"The {name} of an image is a whole number of pixels from 1 to {MOST}; found "
                    f"{side!r}. Write Grid(150, 150)."
                )

    @cached_property
    def x(self) -> Plane:
        """The place of each column (1, width)."""
        return _axis(self.width)[np.newaxis, :]

    @cached_property
    def y(self) -> Plane:
        """The place of each row (height, 1)."""
        return _axis(self.height)[:, np.newaxis]

    def plane(self, value: float) -> Plane:
        """The same value everywhere (height, width)."""
        return np.full((self.height, self.width), value)

    def squared_radius(self, x: float, y: float, rx: float, ry: float) -> Plane:
        """The squared distance from a centre, relative to the radii of an ellipse."""
        dx, dy = (self.x - x) / rx, (self.y - y) / ry
        return dx * dx + dy * dy

    def ellipse(self, x: float, y: float, rx: float, ry: float) -> Plane:
        """The approximate signed distance from an ellipse, exact for a circle."""
        return (np.sqrt(self.squared_radius(x, y, rx, ry)) - 1.0) * min(rx, ry)


def _axis(length: int) -> Plane:
    return np.arange(length, dtype=np.float64) - (length - 1) / 2


def coverage(distance: Plane, softness: float = 1.0) -> Plane:
    """The share of each pixel that lies inside a shape; a greater softness blurs its edge."""
    return np.clip(0.5 - distance / softness, 0.0, 1.0)


def smoothstep(low: float, high: float, value: Plane) -> Plane:
    """Rises from 0 at ``low`` to 1 at ``high`` without a kink at either end."""
    t = np.clip((value - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def hill(squared: Plane) -> Plane:
    """A smooth bump over a squared relative distance: 1 at the centre, 0 from 1 outwards."""
    rest = np.clip(1.0 - squared, 0.0, 1.0)
    return rest * rest


@dataclass(frozen=True)
class Arc:
    """An upright parabola over a limited width: the backbone of mouths, brows and lids.

    Args:
        grid: The image that it is in.
        x: Where its middle lies.
        y: The height of its ends, before tilting.
        half: Half of its width.
        sag: How far the middle hangs below the ends.
        tilt: How far the right end lies below the middle line, and the left end above it.
    """

    grid: Grid
    x: float
    y: float
    half: float
    sag: float
    tilt: float = 0.0

    @property
    def along(self) -> Plane:
        """The position along the width: -1 at the left end, 1 at the right end."""
        return (self.grid.x - self.x) / self.half

    @property
    def body(self) -> Plane:
        """1 in the middle and 0 at both ends and beyond."""
        return np.clip(1.0 - self.along * self.along, 0.0, 1.0)

    @property
    def line(self) -> Plane:
        """The height of the arc in each column."""
        along = self.along
        return self.y + self.sag * (1.0 - along * along) + self.tilt * along

    @property
    def stretch(self) -> Plane:
        """How much longer the arc is than its width, in each column."""
        slope = (self.tilt - 2.0 * self.sag * self.along) / self.half
        return np.sqrt(1.0 + slope * slope)

    def stroke(self, thickness: float) -> Plane:
        """The signed distance from a stroke along the arc that thins out towards its ends."""
        gap = np.abs(self.grid.y - self.line) / self.stretch - thickness * np.sqrt(self.body)
        return np.maximum(gap, np.abs(self.grid.x - self.x) - self.half)


def tint(amount: Plane, colour: Colour) -> Plane:
    """A picture of one colour in varying amounts."""
    return amount * _column(colour)


def _column(colour: Colour) -> Plane:
    return np.asarray(colour, dtype=np.float64).reshape(3, 1, 1)


@dataclass(frozen=True)
class Canvas:
    """A picture in the making, as one plane for each of red, green and blue.

    Args:
        grid: Its size.
    """

    grid: Grid
    rgb: Plane = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rgb", np.stack([self.grid.plane(0.0)] * 3))

    def paint(self, mask: Plane, colour: Colour | Plane) -> None:
        """Lays a colour, or a picture, over the part that the mask (0 to 1) covers."""
        target = colour if isinstance(colour, np.ndarray) else _column(colour)
        rgb = self.rgb
        rgb += (target - rgb) * mask

    def shade(self, factor: Plane) -> None:
        """Darkens (below 1) or lightens (above 1) what is there."""
        np.clip(self.rgb * factor, 0.0, WHITE, out=self.rgb)

    def pixels(self, alpha: Plane) -> Pixels:
        """The finished RGBA picture, black wherever it is transparent."""
        planes = np.stack([*self.rgb, alpha * WHITE], axis=2)
        rounded: Pixels = np.rint(np.clip(planes, 0.0, WHITE)).astype(np.uint8)
        rounded[rounded[..., 3] == 0] = 0
        return rounded
