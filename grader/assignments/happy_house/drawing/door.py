"""Draws what the camera at the front door sees, exact to the last bit on every machine."""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from grader.assignments.happy_house.drawing.friends import Dice, Frame, frames
from grader.canvas import (
    WHITE,
    Arc,
    Canvas,
    Colour,
    Grid,
    Pixels,
    Plane,
    coverage,
    hill,
    smoothstep,
    tint,
)

SIDE = 64
GRID = Grid(SIDE, SIDE)
SIDES = (-1.0, 1.0)
_EYE_X, _EYE_Y, _BROW_Y, _MOUTH_Y = 8.2, -4.5, -10.5, 11.5
_NOISE = 4.0
# Two to the power of the bits that a share of noise has.
_SHARES = 16_777_216.0
_WINDOW_X, _WINDOW_Y = 24.0, -14.0

_WALL, _STONE, _WINDOW, _FRAME, _SKY, _LEAVES = (
    (176.0, 158.0, 136.0), (148.0, 130.0, 112.0), (96.0, 110.0, 122.0), (222.0, 216.0, 206.0),
    (206.0, 222.0, 236.0), (86.0, 112.0, 66.0),
)  # fmt: skip
_LIPS, _MOUTH, _TEETH = (150.0, 74.0, 70.0), (70.0, 24.0, 26.0), (244.0, 240.0, 228.0)
_EYEWHITE, _IRIS, _LID = (238.0, 236.0, 232.0), (44.0, 32.0, 26.0), (92.0, 62.0, 48.0)
_RIM, _GLINT = (30.0, 28.0, 32.0), (WHITE, WHITE, WHITE)
_HAZE = (214.0, 218.0, 222.0)


@dataclass(frozen=True)
class Head(Grid):
    """The pixels as the head has them: its middle is the origin, however it is held.

    Args:
        frame: How it is held.
    """

    frame: Frame

    @cached_property
    def x(self) -> Plane:
        """The place of each pixel across the head, in units (height, width)."""
        across, down = self._moved
        cosine, sine = self._turned
        return (across * cosine + down * sine) / self.frame.scale

    @cached_property
    def y(self) -> Plane:
        """The place of each pixel down the head, in units (height, width)."""
        across, down = self._moved
        cosine, sine = self._turned
        return (down * cosine - across * sine) / self.frame.scale

    @property
    def _moved(self) -> tuple[Plane, Plane]:
        straight = Grid(self.width, self.height)
        return straight.x - self.frame.x, straight.y - self.frame.y

    @property
    def _turned(self) -> tuple[float, float]:
        square = self.frame.tilt * self.frame.tilt
        return (1.0 - square) / (1.0 + square), 2.0 * self.frame.tilt / (1.0 + square)


def draw(frame: Frame) -> Pixels:
    """Draw one frame (64, 64, 3), in red, green and blue."""
    canvas = Canvas(GRID)
    canvas.paint(GRID.plane(1.0), _background())
    behind = 1.0 + 0.5 * (1.0 - frame.light)
    canvas.shade(GRID.plane(behind))
    person = _Person(canvas, Head(SIDE, SIDE, frame), frame)
    person.paint()
    canvas.paint(GRID.plane(frame.haze), _HAZE)
    noisy = canvas.rgb + _NOISE * _noise(frame.noise)
    pixels: Pixels = np.rint(np.clip(noisy, 0.0, WHITE)).astype(np.uint8).transpose(1, 2, 0)
    return np.ascontiguousarray(pixels)


@cache
def draw_all() -> tuple[Pixels, NDArray[np.int64]]:
    """Draw all pictures (samples, 64, 64, 3) and their labels (samples,), bursts mixed."""
    drawn = [(draw(frame), happy) for frame, happy in frames()]
    order = Dice(len(drawn)).order(len(drawn))
    pictures = np.stack([drawn[place][0] for place in order])
    return pictures, np.array([drawn[place][1] for place in order], dtype=np.int64)


@cache
def _background() -> Plane:
    canvas = Canvas(GRID)
    canvas.paint(GRID.plane(1.0), _WALL)
    rows = GRID.y / 6.0
    joints = np.abs(rows - np.rint(rows)) * 6.0
    canvas.paint(0.5 * coverage(joints - 0.6) * GRID.plane(1.0), _STONE)
    canvas.paint(coverage(GRID.x + 17.0 + 0.0 * GRID.y), _SKY)
    canvas.paint(hill(GRID.squared_radius(-27.0, 16.0, 16.0, 22.0)), _LEAVES)
    _box(canvas, 9.0, 13.0, _FRAME)
    _box(canvas, 7.0, 11.0, _WINDOW)
    _box(canvas, 0.8, 11.0, _FRAME)
    canvas.shade(1.06 - 0.004 * GRID.y * GRID.plane(1.0))
    return canvas.rgb


def _box(canvas: Canvas, half: float, tall: float, colour: Colour) -> None:
    """Paint a box round the middle of the window."""
    across = np.abs(canvas.grid.x - _WINDOW_X) - half
    down = np.abs(canvas.grid.y - _WINDOW_Y) - tall
    canvas.paint(coverage(np.maximum(across, down)), colour)


def _noise(seed: int) -> Plane:
    """Noise from -1 to 1 (3, height, width), of whole numbers that are mixed until none is like."""
    state = np.arange(3 * SIDE * SIDE, dtype=np.uint64) + np.uint64(seed) * np.uint64(0x9E3779B9)
    for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB):
        state = (state ^ (state >> np.uint64(30))) * np.uint64(factor)
    state ^= state >> np.uint64(31)
    shares = (state >> np.uint64(40)).astype(np.float64) / _SHARES
    return (2.0 * shares - 1.0).reshape(3, SIDE, SIDE)


@dataclass(frozen=True)
class _Person:
    """Somebody before the door."""

    canvas: Canvas
    head: Head
    frame: Frame

    def paint(self) -> None:
        """Paint all of them, from behind to the front."""
        for part in (self._hair_behind, self._body, self._face, self._eyes, self._nose,
                     self._mouth, self._fringe, self._glasses):  # fmt: skip
            part()

    def _lay(self, distance: Plane, colour: Colour | Plane, strength: float = 1.0) -> None:
        """Paint a shape, in the light that falls on its front."""
        edge = coverage(distance, 1.2 / self.frame.scale)
        lit = self._light * (colour if isinstance(colour, np.ndarray) else tint(_ONE, colour))
        self.canvas.paint(strength * edge, lit)

    @property
    def _light(self) -> Plane:
        across = np.clip(self.head.x / 20.0, -1.0, 1.0)
        return self.frame.light * (1.0 + 0.28 * self.frame.side * across)

    def _body(self) -> None:
        friend, head = self.frame.friend, self.head
        self._lay(head.ellipse(0.0, 54.0, 34.0, 26.0), friend.shirt)
        dark = _darker(friend.skin, 0.82)
        neck = np.maximum(np.abs(head.x) - 8.5, np.abs(head.y - 24.0) - 10.0)
        self._lay(neck, dark)

    def _hair_behind(self) -> None:
        friend, head = self.frame.friend, self.head
        self._lay(head.ellipse(0.0, -4.0, friend.width + 2.4, friend.height + 1.0), friend.hair)
        if friend.long_hair:
            hair = np.maximum(np.abs(head.x) - friend.width - 3.0, np.abs(head.y - 10.0) - 20.0)
            self._lay(hair, friend.hair)

    def _face(self) -> None:
        friend, head, frame = self.frame.friend, self.head, self.frame
        for side in SIDES:
            self._lay(head.ellipse(side * friend.width, -1.0, 2.6, 5.0), _darker(friend.skin, 0.9))
        outline = head.ellipse(0.0, 0.0, friend.width, friend.height)
        self._lay(outline, friend.skin)
        inside = coverage(outline, 1.2 / frame.scale)
        jaw = inside * smoothstep(4.0, 20.0, head.y) * friend.beard
        self.canvas.paint(jaw, self._light * tint(_ONE, friend.hair))
        for side in SIDES:
            cheek = head.squared_radius(side * 9.5 + frame.turn, 5.0 - frame.cheek, 6.0, 5.0)
            blush = self._light * tint(_ONE, (226.0, 132.0, 112.0))
            self.canvas.paint(0.4 * frame.cheek * hill(cheek), blush)

    def _eyes(self) -> None:
        head, frame = self.head, self.frame
        for side in SIDES:
            x = side * _EYE_X + frame.turn
            tall = 2.6 * frame.eye + 0.4
            self._lay(head.ellipse(x, _EYE_Y, 4.0, tall + 0.8), _LID, 0.8)
            self._lay(head.ellipse(x, _EYE_Y, 3.6, tall), _EYEWHITE)
            iris = np.maximum(
                head.ellipse(x + 0.2 * frame.turn, _EYE_Y, 1.9, 1.9),
                head.ellipse(x, _EYE_Y, 3.6, tall),
            )
            self._lay(iris, _IRIS)
            brow = Arc(head, x, _BROW_Y - frame.brow, 5.0, -1.2, -side * frame.frown)
            self._lay(brow.stroke(frame.friend.brow), frame.friend.hair)

    def _nose(self) -> None:
        head, frame = self.head, self.frame
        dark = _darker(frame.friend.skin, 0.72)
        self._lay(head.ellipse(1.35 * frame.turn, 4.6, 3.0, 1.5), dark, 0.7)
        self._lay(head.ellipse(1.3 * frame.turn + 1.6, -0.5, 1.0, 4.0), dark, 0.35)

    def _mouth(self) -> None:
        head, frame = self.head, self.frame
        middle = _MOUTH_Y - 0.55 * frame.smile
        arc = Arc(head, frame.turn, middle, frame.half, frame.smile)
        body = arc.body
        top = arc.line - 0.35 * frame.gap * body
        bottom = arc.line + 0.65 * frame.gap * body
        opening = np.maximum(top - head.y, head.y - bottom) / arc.stretch
        opening = np.maximum(opening, np.abs(head.x - arc.x) - arc.half)
        self._lay(np.minimum(opening - 1.3 * np.sqrt(body), arc.stroke(1.4)), _LIPS, 0.9)
        if frame.gap > 0.0:
            self._lay(opening, _MOUTH)
            row = np.maximum(opening, head.y - top - 0.75 * frame.gap)
            self._lay(row, _TEETH, frame.teeth)

    def _fringe(self) -> None:
        friend, head = self.frame.friend, self.head
        cap = head.ellipse(0.0, -4.0, friend.width + 1.2, friend.height + 0.4)
        below = head.y + friend.height - friend.fringe + 0.012 * head.x * head.x
        self._lay(np.maximum(cap, below), friend.hair)

    def _glasses(self) -> None:
        if not self.frame.glasses:
            return
        head = self.head
        for side in SIDES:
            x = side * _EYE_X + self.frame.turn
            rim = np.abs(head.ellipse(x, _EYE_Y, 6.0, 5.0)) - 0.7
            self._lay(rim, _RIM)
            self._lay(head.ellipse(x - 2.0, _EYE_Y - 2.0, 1.4, 0.8), _GLINT, 0.5)
        bridge = np.maximum(np.abs(head.x - self.frame.turn) - 2.4, np.abs(head.y - _EYE_Y) - 0.6)
        self._lay(bridge, _RIM)


_ONE = GRID.plane(1.0)


def _darker(colour: Colour, share: float) -> Colour:
    red, green, blue = colour
    return red * share, green * share, blue * share
