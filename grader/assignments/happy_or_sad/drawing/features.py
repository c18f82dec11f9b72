"""The parts of a face: eyes, brows, mouth and tear, each painted as its pose says."""

import numpy as np

from grader.assignments.happy_or_sad.drawing.poses import Pose
from grader.canvas import (
    WHITE,
    Arc,
    Canvas,
    Grid,
    Plane,
    coverage,
    hill,
    smoothstep,
    tint,
)

SIDES = (-1.0, 1.0)
EYE_X, EYE_RX, EYE_RY = 19.5, 14.5, 17.0
BROW_X, BROW_HALF = 22.0, 13.0
TOOTH_WIDTH, TOOTH_HEIGHT = 9.0, 9.0
PARTED = 2.0

_LID_LINE = (128.0, 66.0, 8.0)
_EYE_SHADOW = (74.0, 78.0, 84.0)
_IRIS_RIM, _IRIS = (62.0, 33.0, 16.0), (150.0, 88.0, 38.0)
_PUPIL = (16.0, 12.0, 14.0)
_BROW, _BROW_LIGHT = (96.0, 46.0, 16.0), (142.0, 78.0, 34.0)
_LIP_LINE = (140.0, 62.0, 8.0)
_GUMS, _TONGUE, _TONGUE_LIGHT = (92.0, 16.0, 20.0), (206.0, 66.0, 66.0), (236.0, 112.0, 104.0)
_TOOTH = (255.0, 252.0, 244.0)
_GLINT = (WHITE, WHITE, WHITE)
_TEAR, _TEAR_DEEP = (196.0, 232.0, 255.0), (84.0, 160.0, 228.0)


def mouth_arc(grid: Grid, pose: Pose) -> Arc:
    """The line on which the lips meet."""
    return Arc(grid, 0.0, pose.mouth_y, pose.mouth_half, pose.smile, pose.lopsided)


def brow_arc(grid: Grid, pose: Pose, side: float) -> Arc:
    """The backbone of the brow on one side."""
    return Arc(grid, side * BROW_X, pose.brow_y, BROW_HALF, pose.brow_sag, side * pose.brow_tilt)


def paint_brows(canvas: Canvas, pose: Pose) -> None:
    """Paints both brows, lit from above."""
    for side in SIDES:
        arc = brow_arc(canvas.grid, pose, side)
        canvas.paint(coverage(arc.stroke(4.0)), _BROW)
        canvas.paint(0.8 * coverage(arc.stroke(2.0), 3.0), _BROW_LIGHT)


def paint_eyes(canvas: Canvas, pose: Pose) -> None:
    """Paints both eyes."""
    for side in SIDES:
        _paint_eye(canvas, pose, side)


def _paint_eye(canvas: Canvas, pose: Pose, side: float) -> None:
    grid, x, y = canvas.grid, side * EYE_X, pose.eye_y
    lid = Arc(
        grid, x, y + EYE_RY * (1.0 - 2.0 * pose.eye_open), EYE_RX, -3.0, side * pose.lid_droop
    )
    cheek = Arc(grid, x, y + EYE_RY * (1.0 - pose.squint) + 5.0, EYE_RX, -5.0)
    below_lid = (lid.line - grid.y) / lid.stretch
    ball = grid.ellipse(x, y, EYE_RX, EYE_RY)
    opening = np.maximum(np.maximum(ball, below_lid), (grid.y - cheek.line) / cheek.stretch)
    canvas.paint(0.85 * coverage(opening - 1.1, 1.6), _LID_LINE)
    inside = coverage(opening)
    shadow = smoothstep(-9.0, 1.0, np.maximum(ball, below_lid))
    canvas.paint(inside, WHITE - tint(shadow, _EYE_SHADOW))
    _paint_iris(canvas, inside, x + pose.gaze_x, y + 2.0 + pose.gaze_y)


def _paint_iris(canvas: Canvas, inside: Plane, x: float, y: float) -> None:
    grid = canvas.grid
    canvas.paint(inside * coverage(grid.ellipse(x, y, 8.0, 8.0)), _IRIS_RIM)
    canvas.paint(inside * hill(grid.squared_radius(x, y + 2.5, 8.0, 7.0)), _IRIS)
    canvas.paint(inside * coverage(grid.ellipse(x, y, 4.6, 4.6)), _PUPIL)
    canvas.paint(inside * coverage(grid.ellipse(x - 2.4, y - 2.8, 2.2, 2.2)), _GLINT)
    canvas.paint(0.6 * inside * coverage(grid.ellipse(x + 2.6, y + 3.0, 1.2, 1.2)), _GLINT)


def paint_mouth(canvas: Canvas, pose: Pose) -> None:
    """Paints the lips' line and, as far as the mouth is open, what is inside."""
    grid = canvas.grid
    arc = mouth_arc(grid, pose)
    top = arc.line - pose.upper_gap * arc.body
    bottom = arc.line + pose.lower_gap * arc.body
    opening = np.maximum(top - grid.y, grid.y - bottom) / arc.stretch
    opening = np.maximum(opening, np.abs(grid.x - arc.x) - arc.half)
    rim = np.minimum(opening - np.sqrt(arc.body), arc.stroke(1.4))
    canvas.paint(0.9 * coverage(rim, 1.5), _LIP_LINE)
    # Without this factor half-covered teeth would shine through the line of closed lips.
    parted = min((pose.upper_gap + pose.lower_gap) / PARTED, 1.0)
    inside = parted * coverage(opening)
    canvas.paint(inside, _GUMS)
    _paint_tongue(canvas, inside, arc, pose)
    _paint_teeth(canvas, inside, arc, top)


def _paint_tongue(canvas: Canvas, inside: Plane, arc: Arc, pose: Pose) -> None:
    grid, y = canvas.grid, arc.y + arc.sag + pose.lower_gap + 3.0
    half = 0.5 * arc.half
    canvas.paint(inside * coverage(grid.ellipse(arc.x, y, half, 10.0), 1.5), _TONGUE)
    canvas.paint(inside * hill(grid.squared_radius(arc.x, y - 3.0, half, 7.0)), _TONGUE_LIGHT)


def _paint_teeth(canvas: Canvas, inside: Plane, arc: Arc, top: Plane) -> None:
    grid = canvas.grid
    depth = grid.y - top
    row = inside * coverage(depth - TOOTH_HEIGHT * np.sqrt(arc.body), 1.2)
    place = (grid.x - arc.x) / TOOTH_WIDTH
    seam = np.abs(place - np.rint(place)) * TOOTH_WIDTH
    light = 0.74 + 0.26 * smoothstep(-1.0, 4.0, depth)
    light = light * (0.62 + 0.38 * np.sqrt(arc.body)) * (0.86 + 0.14 * smoothstep(0.2, 1.3, seam))
    canvas.paint(row, tint(light, _TOOTH))


def paint_tear(canvas: Canvas, pose: Pose) -> None:
    """Paints a tear that wells up under the left eye and runs down the cheek."""
    if pose.tear <= 0.0:
        return
    grid, radius = canvas.grid, 5.5 * pose.tear
    x, y = -EYE_X - 7.0, pose.eye_y + 10.0 + 22.0 * pose.tear
    tip = y - 2.6 * radius
    taper = np.clip((grid.y - tip) / (y - tip), 0.0, 1.0)
    sides = np.abs(grid.x - x) - radius * taper * taper
    cone = np.maximum(sides, np.maximum(tip - grid.y, grid.y - y))
    drop = np.minimum(grid.ellipse(x, y, radius, radius), cone)
    canvas.paint(coverage(drop), _TEAR_DEEP)
    canvas.paint(
        coverage(drop) * hill(grid.squared_radius(x, y - 1.0, radius, 2.0 * radius)), _TEAR
    )
    glint = grid.ellipse(x - 0.35 * radius, y - 0.2 * radius, 0.25 * radius, 0.4 * radius)
    canvas.paint(coverage(glint), _GLINT)
