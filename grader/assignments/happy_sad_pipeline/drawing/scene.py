"""What is behind faces and before them, and in which light they are."""

import numpy as np

from grader.assignments.happy_sad_pipeline.drawing.look import SKETCH
from grader.canvas import WHITE, Canvas
from grader.drawing.brush import Brush
from grader.drawing.dice import SplitMix
from grader.drawing.scenery import any_colour, clouds

_DARK, _BRIGHT = 40.0, 225.0
_MOST_THINGS = 9
# Without any, a file takes twice the time to write.
_GRAIN = 4.0
_FORMS = ("ball", "bar", "board", "branch")


def paint_behind(canvas: Canvas, style: str, dice: SplitMix) -> None:
    """Paint a wall or a sheet of paper, and things on it."""
    grid = canvas.grid
    pale = dice.percent(75) if style == SKETCH else dice.percent(15)
    low = 200.0 if pale else _DARK
    canvas.paint(grid.plane(1.0), any_colour(dice, low, _BRIGHT))
    if not dice.percent(25):
        canvas.paint(clouds(dice, grid, 2 + dice.below(6)), any_colour(dice, low, _BRIGHT))
    for _ in range(dice.below(_MOST_THINGS)):
        _paint_thing(canvas, dice)


def paint_before(canvas: Canvas, dice: SplitMix) -> None:
    """Paint things that are nearer than the faces, at the edges of the picture."""
    grid = canvas.grid
    for _ in range(dice.below(3)):
        x = dice.between(0.38, 0.5) * (1.0 if dice.percent(50) else -1.0) * grid.width
        y = dice.between(-0.5, 0.5) * grid.height
        radius = dice.between(0.04, 0.1) * min(grid.width, grid.height)
        Brush(canvas).spot((x, y), radius, any_colour(dice))


def _paint_thing(canvas: Canvas, dice: SplitMix) -> None:
    """Paint a ball, a bar, a board or a branch."""
    grid, brush = canvas.grid, Brush(canvas)
    side = float(min(grid.width, grid.height))
    x, y = dice.between(-0.5, 0.5) * grid.width, dice.between(-0.5, 0.5) * grid.height
    dx, dy = dice.between(-0.3, 0.3) * side, dice.between(-0.3, 0.3) * side
    thick, colour = dice.between(0.008, 0.05) * side, any_colour(dice)
    form = _FORMS[dice.below(len(_FORMS))]
    if form == "ball":
        brush.spot((x, y), thick * 2.0, colour)
    elif form == "bar":
        brush.limb((x, y), (x + dx, y + dy), thick, thick, colour)
    elif form == "board":
        brush.polygon([(x, y), (x + dx, y), (x + dx, y + dy), (x, y + dy)], colour)
    else:
        knee = x + dx * 0.5 - dy * 0.3, y + dy * 0.5 + dx * 0.3
        brush.chain([(x, y), knee, (x + dx, y + dy)], thick, thick * 0.5, colour)


def light(canvas: Canvas, dice: SplitMix) -> None:
    """Put a picture into its light, and grain on it."""
    grid = canvas.grid
    cast = np.asarray([dice.between(0.86, 1.08) for _ in range(3)]).reshape(3, 1, 1)
    low, high = dice.between(0.55, 0.95), dice.between(0.95, 1.25)
    canvas.shade((low + clouds(dice, grid, 2) * (high - low)) * cast)
    if dice.percent(12):
        red, green, blue = canvas.rgb
        canvas.rgb[:] = red * 0.3 + green * 0.59 + blue * 0.11
    grain = dice.plane(grid.height, grid.width) * (2.0 * _GRAIN) - _GRAIN
    np.clip(canvas.rgb + grain, 0.0, WHITE, out=canvas.rgb)
