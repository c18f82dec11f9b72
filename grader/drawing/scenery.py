"""What scenes of drawn images have in common: soft changes, colours, light and grain."""

import numpy as np
from numpy.typing import NDArray

from grader.canvas import WHITE, Canvas, Colour, Grid, Plane, smoothstep
from grader.drawing.dice import SplitMix

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


def light(canvas: Canvas, dice: SplitMix) -> None:
    """Shade a picture, and put grain on it."""
    grid = canvas.grid
    low, high = dice.between(0.6, 0.85), dice.between(1.0, 1.25)
    canvas.shade(low + clouds(dice, grid, 3) * (high - low))
    planes = [dice.plane(grid.height, grid.width) * (2.0 * _GRAIN) - _GRAIN for _ in range(3)]
    np.clip(canvas.rgb + np.stack(planes), 0.0, WHITE, out=canvas.rgb)
