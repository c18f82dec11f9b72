"""What is behind an animal and in front of it, and the light on all of it."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments.cats_and_dogs.drawing.dice import SplitMix
from grader.canvas import WHITE, Canvas, Colour, Grid, Plane, coverage, smoothstep

_DARK, _BRIGHT = 50.0, 215.0
_GRAIN = 8.0


def clouds(dice: SplitMix, grid: Grid, cells: int) -> Plane:
    """Return numbers from 0 to 1 that change softly over a picture.

    Args:
        dice: Random numbers.
        grid: The picture.
        cells: How often they change from one side to the other.
    """
    knots = dice.plane(cells + 1, cells + 1)
    y, row = _between(grid.height, cells)
    x, column = _between(grid.width, cells)
    across = [
        knots[line][:, column] * (1.0 - x) + knots[line][:, column + 1] * x
        for line in (row, row + 1)
    ]
    share = y[:, np.newaxis]
    found: Plane = across[0] * (1.0 - share) + across[1] * share
    return found


def _between(length: int, cells: int) -> tuple[Plane, NDArray[np.int64]]:
    """Return how far pixels are from the knot before, and which that is."""
    places = np.arange(length, dtype=np.float64) * (cells / length)
    knots = places.astype(np.int64)
    return smoothstep(0.0, 1.0, places - knots), knots


def any_colour(dice: SplitMix, low: float = 30.0, high: float = 230.0) -> Colour:
    """Return a colour."""
    return dice.between(low, high), dice.between(low, high), dice.between(low, high)


def paint_behind(canvas: Canvas, dice: SplitMix) -> None:
    """Paint a wall of two colours, a floor, and things that hang or stand there."""
    grid = canvas.grid
    one, other = any_colour(dice, _DARK, _BRIGHT), any_colour(dice, _DARK, _BRIGHT)
    canvas.paint(grid.plane(1.0), one)
    canvas.paint(clouds(dice, grid, 2 + dice.below(5)), other)
    horizon = dice.between(-0.1, 0.3) * grid.height
    floor = coverage(grid.plane(0.0) + (horizon - grid.y), 2.0)
    canvas.paint(floor, any_colour(dice, _DARK, 200.0))
    for _ in range(dice.below(4)):
        x, y = dice.between(-0.5, 0.5) * grid.width, dice.between(-0.5, 0.5) * grid.height
        wide, high = dice.between(0.03, 0.16) * grid.width, dice.between(0.03, 0.22) * grid.height
        box = np.maximum(np.abs(grid.x - x) - wide, np.abs(grid.y - y) - high)
        canvas.paint(coverage(box) * 0.8, any_colour(dice))


def paint_before(canvas: Canvas, dice: SplitMix) -> None:
    """Paint things that lie in front, on the lower half."""
    grid = canvas.grid
    for _ in range(dice.below(3)):
        x, y = dice.between(-0.5, 0.5) * grid.width, dice.between(0.06, 0.5) * grid.height
        wide, high = dice.between(0.03, 0.11) * grid.width, dice.between(0.03, 0.11) * grid.height
        canvas.paint(coverage(grid.ellipse(x, y, wide, high)) * 0.95, any_colour(dice))


def light(canvas: Canvas, dice: SplitMix) -> None:
    """Shade a picture, and put grain on it."""
    grid = canvas.grid
    low, high = dice.between(0.6, 0.85), dice.between(1.0, 1.25)
    canvas.shade(low + clouds(dice, grid, 3) * (high - low))
    planes = [dice.plane(grid.height, grid.width) * (2.0 * _GRAIN) - _GRAIN for _ in range(3)]
    np.clip(canvas.rgb + np.stack(planes), 0.0, WHITE, out=canvas.rgb)
