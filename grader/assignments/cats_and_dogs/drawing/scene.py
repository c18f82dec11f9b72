"""What is behind an animal and in front of it."""

import numpy as np

from grader.canvas import Canvas, coverage
from grader.drawing.dice import SplitMix
from grader.drawing.scenery import any_colour, clouds

_DARK, _BRIGHT = 50.0, 215.0


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
