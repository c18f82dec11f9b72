"""Draws the round faces of the happy-or-sad dataset."""

import itertools
from collections.abc import Iterator

import numpy as np

from grader.assignments.happy_or_sad.drawing import features
from grader.assignments.happy_or_sad.drawing.poses import Pose, frames
from grader.canvas import (
    Arc,
    Canvas,
    Grid,
    Pixels,
    Plane,
    coverage,
    hill,
    smoothstep,
)

GRID = Grid(150, 150)
RADIUS = 72.0
_RELIEF = 0.5
_LIGHT = (-0.30, -0.62, 0.72)
_RAMP = (
    (0.00, (128.0, 62.0, 4.0)),
    (0.28, (222.0, 140.0, 10.0)),
    (0.52, (255.0, 200.0, 20.0)),
    (0.80, (255.0, 230.0, 50.0)),
    (1.00, (255.0, 246.0, 136.0)),
)
_BLUSH = (248.0, 116.0, 52.0)


def draw(pose: Pose, grid: Grid = GRID) -> Pixels:
    """Draws one face as an RGBA image, always of the same size in the middle of it.

    Args:
        pose: What it does.
        grid: The size of the image.
    """
    canvas = Canvas(grid)
    outline = _outline(grid, pose)
    _paint_skin(canvas, pose)
    _paint_blush(canvas, pose)
    features.paint_eyes(canvas, pose)
    features.paint_brows(canvas, pose)
    features.paint_mouth(canvas, pose)
    features.paint_tear(canvas, pose)
    canvas.shade(coverage(outline, 1.4))
    # Transparency begins a little outside the fading colour: whoever drops the alpha channel
    # still sees a smooth edge against black, and whoever keeps it sees a thin dark contour.
    return canvas.pixels(coverage(outline - 0.7))


def draw_all() -> Iterator[tuple[str, Pixels]]:
    """Yields the relative file name and the pixels of every image."""
    for name, pose in frames():
        yield name, draw(pose)


def _widening(grid: Grid, pose: Pose) -> Plane:
    return 1.0 + pose.jaw * smoothstep(-0.2 * RADIUS, 0.9 * RADIUS, grid.y)


def _outline(grid: Grid, pose: Pose) -> Plane:
    x = grid.x / _widening(grid, pose)
    return np.sqrt(x * x + grid.y * grid.y) - RADIUS


def _paint_skin(canvas: Canvas, pose: Pose) -> None:
    brightness = _brightness(canvas.grid, pose)
    canvas.paint(canvas.grid.plane(1.0), _RAMP[0][1])
    for (low, _), (high, colour) in itertools.pairwise(_RAMP):
        canvas.paint(np.clip((brightness - low) / (high - low), 0.0, 1.0), colour)


def _brightness(grid: Grid, pose: Pose) -> Plane:
    nx = grid.x / (_widening(grid, pose) * RADIUS)
    ny = grid.y / RADIUS * np.ones_like(nx)
    nz = np.sqrt(np.clip(1.0 - nx * nx - ny * ny, 0.0, 1.0))
    across, down = _slopes(_relief(grid, pose))
    nx, ny = nx - _RELIEF * across, ny - _RELIEF * down
    length = np.sqrt(nx * nx + ny * ny + nz * nz)
    lit = (nx * _LIGHT[0] + ny * _LIGHT[1] + nz * _LIGHT[2]) / length
    bounced = 0.10 * smoothstep(0.2, 0.9, ny)
    rim = 0.55 + 0.45 * smoothstep(0.0, 0.62, nz)
    gloss = 0.16 * hill(grid.squared_radius(-12.0, -52.0, 44.0, 20.0))
    brightness: Plane = rim * (0.42 + 0.50 * lit + bounced) + gloss
    return brightness


def _slopes(height: Plane) -> tuple[Plane, Plane]:
    across, down = np.zeros_like(height), np.zeros_like(height)
    across[:, 1:-1] = (height[:, 2:] - height[:, :-2]) / 2.0
    down[1:-1, :] = (height[2:, :] - height[:-2, :]) / 2.0
    return across, down


def _relief(grid: Grid, pose: Pose) -> Plane:
    return _mouth_relief(grid, pose) + _eye_relief(grid, pose) + _brow_relief(grid, pose)


def _mouth_relief(grid: Grid, pose: Pose) -> Plane:
    arc = features.mouth_arc(grid, pose)
    height = -3.0 * _ridge(arc, 0.0, 6.0)
    height = height + 2.5 * _ridge(arc, 9.0 + pose.lower_gap, 9.0)
    height = height + 1.5 * _ridge(arc, -8.0 - pose.upper_gap, 8.0)
    for side in features.SIDES:
        x = arc.x + side * (arc.half + 3.0)
        y = arc.y + side * arc.tilt
        height = height + 6.0 * pose.cheek * hill(
            grid.squared_radius(x - side * 4.0, y - 9.0, 19.0, 17.0)
        )
        height = height - 2.0 * hill(grid.squared_radius(x, y, 8.0, 8.0))
    chin = hill(grid.squared_radius(arc.x, pose.mouth_y + 14.0, 24.0, 15.0))
    return height + 5.0 * pose.chin * chin


def _ridge(arc: Arc, offset: float, width: float) -> Plane:
    gap = (arc.grid.y - arc.line - offset * arc.body) / width
    return hill(gap * gap) * np.sqrt(arc.body)


def _eye_relief(grid: Grid, pose: Pose) -> Plane:
    height = grid.plane(0.0)
    for side in features.SIDES:
        x = side * features.EYE_X
        rx, ry = features.EYE_RX, features.EYE_RY
        socket = -3.0 * hill(grid.squared_radius(x, pose.eye_y, rx + 9.0, ry + 9.0))
        lid = 9.0 * hill(grid.squared_radius(x, pose.eye_y, rx + 2.0, ry + 2.0))
        height = height + socket + lid
    return height


def _brow_relief(grid: Grid, pose: Pose) -> Plane:
    height = grid.plane(0.0)
    for side in features.SIDES:
        arc = features.brow_arc(grid, pose, side)
        height = height + 3.0 * hill(grid.squared_radius(arc.x, arc.y + arc.sag, 20.0, 11.0))
    crease = hill(grid.squared_radius(0.0, pose.brow_y + 6.0, 6.0, 14.0))
    return height - 4.0 * pose.frown * crease


def _paint_blush(canvas: Canvas, pose: Pose) -> None:
    grid = canvas.grid
    arc = features.mouth_arc(grid, pose)
    for side in features.SIDES:
        x, y = arc.x + side * (arc.half + 4.0), arc.y - 10.0 + side * arc.tilt
        canvas.paint(0.5 * pose.blush * hill(grid.squared_radius(x, y, 17.0, 13.0)), _BLUSH)
