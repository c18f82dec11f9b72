"""Paints one face, from what is behind its hair to its mouth."""

import itertools
from collections.abc import Sequence

from grader.assignments.happy_sad_pipeline.drawing.look import PHOTOGRAPH, SKETCH, Look, darker
from grader.assignments.happy_sad_pipeline.drawing.mood import Mood
from grader.canvas import Colour
from grader.drawing.brush import Brush, Point
from grader.drawing.dice import SplitMix

_WHITE, _TOOTH, _THROAT = (246.0, 244.0, 240.0), (238.0, 234.0, 224.0), (70.0, 26.0, 30.0)
_TEAR: Colour = (206.0, 214.0, 222.0)
_SIDES = (-1.0, 1.0)
# A bow is painted as so many strokes.
_STROKES = 8
# Where the upper part of a head is, whose half width is 1.
_TOP = -0.15
_EYES = -0.08


class Face:
    """A face that is being painted; half its width is 1.

    Args:
        brush: Paints it where it is.
        look: What it looks like.
        mood: What it shows.
        dice: Random numbers for all else.
    """

    def __init__(self, brush: Brush, look: Look, mood: Mood, dice: SplitMix) -> None:
        self._brush, self._look, self._mood, self._dice = brush, look, mood, dice
        self._gaze = dice.between(-0.04, 0.04), dice.between(-0.03, 0.03)

    def paint(self) -> None:
        """Paint it."""
        if self._look.haircut == "long":
            self._shape((0.0, -0.2), (0.0, 0.9), 1.16, 1.05, self._look.hair)
        self._paint_shoulders()
        self._paint_head()
        self._paint_hair()
        for side in _SIDES:
            self._paint_eye(side)
            self._paint_brow(side)
        self._paint_nose()
        self._paint_mouth()

    def _shape(self, start: Point, end: Point, thick: float, thin: float, colour: Colour) -> None:
        """Paint a limb, with a line around it where the style has one."""
        if line := self._look.outline:
            self._brush.limb(start, end, thick + line, thin + line, self._look.line)
        self._brush.limb(start, end, thick, thin, colour)

    def _paint_shoulders(self) -> None:
        look = self._look
        wide = self._dice.between(0.5, 0.7)
        neck = darker(look.skin, 0.86)
        self._shape((-0.85, 1.95), (0.85, 1.95), wide, wide, look.clothes)
        self._shape((0.0, 0.8), (0.0, 1.5), 0.42, 0.48, neck)

    def _paint_head(self) -> None:
        look = self._look
        for side in _SIDES:
            self._shape((side * 0.98, 0.0), (side * 0.98, 0.16), 0.15, 0.12, look.skin)
        self._shape((0.0, _TOP), (0.0, look.long), 1.0, look.chin, look.skin)
        if look.beard:
            jaw = bow(0.0, look.long + 0.1, look.chin * 0.92, look.chin * 0.8)
            self._brush.chain(jaw, 0.13, 0.13, look.hair)

    def _paint_hair(self) -> None:
        look, brush, dice = self._look, self._brush, self._dice
        if look.haircut == "bald":
            return
        if look.haircut == "hat":
            self._shape((-0.6, -1.0), (0.6, -1.0), 0.34, 0.34, look.hair)
            self._shape((-1.2, -0.72), (1.2, -0.72), 0.1, 0.1, darker(look.hair, 0.7))
            return
        if look.haircut == "curls":
            for x, y in bow(0.0, -0.55, 0.95, -0.6):
                self._shape((x, y), (x, y), 0.3, 0.3, look.hair)
            return
        top = bow(0.0, -0.5, 0.92, -0.55)
        if look.style == SKETCH:
            for x, y in top:
                brush.limb((x, y - 0.1), (x * 0.8, y + 0.2), 0.03, 0.02, look.line)
            return
        brush.chain(top, dice.between(0.16, 0.24), dice.between(0.16, 0.24), look.hair)

    def _paint_eye(self, side: float) -> None:
        look, mood, brush = self._look, self._mood, self._brush
        x, y = side * look.eyes_apart, _EYES
        if mood.shut:
            lid = bow(x, y + mood.lid * 0.5, look.eye * 1.5, -mood.lid)
            brush.chain(lid, look.pen, look.pen, look.line)
        elif look.wide_eyed:
            self._paint_eyeball((x, y), look.eye * 0.75)
        else:
            high, wide = look.eye * 0.4, look.eye * 0.6
            brush.limb((x, y - high), (x, y + high), wide, wide, look.line)
        if mood.tears:
            low = y + self._dice.between(0.26, 0.42)
            self._shape((x * 1.12, y + 0.2), (x * 1.12, low), 0.03, 0.07, _TEAR)
        if look.glasses:
            ring = [(x + 0.27 * a, y + 0.25 * b) for a, b in _RING]
            brush.chain([*ring, ring[0]], 0.028, 0.028, look.line)

    def _paint_eyeball(self, middle: Point, wide: float) -> None:
        x, y = middle
        eye, brush = self._look.eye, self._brush
        left, right = (x - wide, y), (x + wide, y)
        brush.limb(left, right, eye * 1.08, eye * 1.08, self._look.line)
        brush.limb(left, right, eye * 0.86, eye * 0.86, _WHITE)
        seen = x + self._gaze[0], y + self._gaze[1]
        brush.spot(seen, eye * 0.66, darker(self._look.line, 0.8))

    def _paint_brow(self, side: float) -> None:
        look, mood = self._look, self._mood
        high = _EYES - look.eye - 0.16
        x = side * look.eyes_apart
        points = [
            (px, py + mood.brows * side * (px - x) / 0.2)
            for px, py in bow(x, high + mood.brows * 0.3, 0.22, -mood.arch)
        ]
        colour = look.line if look.style == SKETCH else darker(look.hair, 0.7)
        self._brush.chain(points, look.pen * 1.15, look.pen * 1.15, colour)

    def _paint_nose(self) -> None:
        look, wide = self._look, self._dice.between(0.08, 0.16)
        low = look.mouth_low - self._dice.between(0.24, 0.32)
        if look.style == PHOTOGRAPH:
            self._brush.limb((0.0, _EYES + 0.1), (0.0, low), 0.06, wide, darker(look.skin, 0.93))
            self._brush.chain(bow(0.0, low, wide, 0.05), 0.025, 0.025, darker(look.skin, 0.6))
        else:
            self._brush.chain(bow(0.0, low, wide, 0.05), look.pen * 0.7, look.pen * 0.7, look.line)

    def _paint_mouth(self) -> None:
        look, mood = self._look, self._mood
        # Lines are all that a sketch has.
        throat = darker(look.skin, 0.8) if look.style == SKETCH else _THROAT
        middle = look.mouth_low - mood.way * mood.bend * 0.5
        line = bow(0.0, middle, look.mouth_wide, mood.way * mood.bend)
        if not mood.gape:
            self._brush.chain(line, look.pen, look.pen, look.lips)
            return
        self._lens(line, mood.gape + look.pen, look.lips)
        self._lens(line, mood.gape, _TOOTH if mood.clenched else throat)
        if mood.clenched:
            self._brush.chain(line, look.pen * 0.3, look.pen * 0.3, throat)
        elif mood.teeth:
            # Of an open mouth, the side that is bent less.
            up = mood.way * mood.gape * 0.55
            self._lens([(x * 0.94, y - up * (1.0 - (x / look.mouth_wide) * (x / look.mouth_wide)))
                        for x, y in line], mood.gape * 0.34, _TOOTH)  # fmt: skip

    def _lens(self, line: Sequence[Point], half: float, colour: Colour) -> None:
        """Paint what is thick in its middle and thin at both ends, along a line."""
        count = len(line) - 1
        for at, (start, end) in enumerate(itertools.pairwise(line)):
            one, other = (2.0 * each / count - 1.0 for each in (at, at + 1))
            least = self._look.pen * 0.5
            thick, thin = (least + (half - least) * (1.0 - t * t) for t in (one, other))
            self._brush.limb(start, end, thick, thin, colour)


def bow(x: float, y: float, half: float, sag: float) -> list[Point]:
    """Return points of an upright parabola.

    Args:
        x: Where its middle is.
        y: The height of its ends.
        half: Half its width.
        sag: How far its middle hangs below its ends.
    """
    shares = [2.0 * at / _STROKES - 1.0 for at in range(_STROKES + 1)]
    return [(x + half * t, y + sag * (1.0 - t * t)) for t in shares]


_RING: Sequence[Point] = (
    (1.0, 0.0), (0.7, 0.7), (0.0, 1.0), (-0.7, 0.7), (-1.0, 0.0), (-0.7, -0.7), (0.0, -1.0),
    (0.7, -0.7),
)  # fmt: skip
