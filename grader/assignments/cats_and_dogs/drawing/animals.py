"""Draws one animal, sitting or standing, from its tail to its whiskers."""

import numpy as np

from grader.assignments.cats_and_dogs.drawing.build import CAT, Build, darker, lighter
from grader.assignments.cats_and_dogs.drawing.placement import Placement
from grader.canvas import Canvas, Plane, coverage
from grader.drawing.dice import SplitMix

_BLACK, _NOSE, _BROWN = (15.0, 12.0, 12.0), (40.0, 30.0, 32.0), (60.0, 40.0, 30.0)
_YELLOW, _WHISKER = (210.0, 200.0, 90.0), (240.0, 240.0, 236.0)
_BODY_X, _BODY_Y, _FEET = -4.0, 10.0, 24.0
_STRIPE, _HALF_STRIPE = 6.0, 1.2
_LEGS = ((-11.0, False), (-5.0, True), (2.0, False), (7.0, True))
_SIDES = (-1.0, 1.0)


class Animal:
    """An animal that is being painted.

    Args:
        canvas: What it is painted on.
        view: Where it is.
        build: What it is like.
        dice: Random numbers for its pose.
    """

    def __init__(self, canvas: Canvas, view: Placement, build: Build, dice: SplitMix) -> None:
        self._canvas, self._view, self._build, self._dice = canvas, view, build, dice
        self._half = dice.between(11.0, 15.0)
        self._x, self._y = dice.between(8.0, 11.0), dice.between(-8.0, -5.0)

    def paint(self) -> None:
        """Paint it."""
        if self._build.tailed:
            self._paint_tail()
        self._paint_body()
        self._paint_pattern()
        self._paint_head()
        self._paint_face()

    @property
    def _body(self) -> Plane:
        belly = self._build.measures["belly"]
        return coverage(self._view.ellipse(_BODY_X, _BODY_Y, self._half, belly))

    def _paint_tail(self) -> None:
        length, width = self._build.measures["tail"], self._build.measures["tail_width"]
        up, left = self._dice.between(-0.3, 1.0), -self._half
        middle = left - length * 0.45, 8.0 - length * 0.5 * up
        tip = left - length * 0.3, 8.0 - length * 1.1 * up
        colour = darker(self._build.coat)
        for shape in (
            self._view.limb((left + 2.0, 8.0), middle, width, width),
            self._view.limb(middle, tip, width, width * 0.7),
        ):
            self._canvas.paint(coverage(shape), colour)

    def _paint_body(self) -> None:
        coat, width = self._build.coat, self._build.measures["leg"]
        self._canvas.paint(self._body, coat)
        for x, behind in _LEGS:
            foot = x + self._dice.between(-1.0, 1.0), _FEET
            leg = self._view.limb((x, 12.0), foot, width, width * 0.9)
            self._canvas.paint(coverage(leg), darker(coat) if behind else coat)

    def _paint_pattern(self) -> None:
        body, dice, second = self._body, self._dice, self._build.second
        if self._build.pattern == "stripes":
            along = self._view.along + dice.between(0.0, _STRIPE)
            stripes = np.abs(along - _STRIPE * np.rint(along / _STRIPE)) - _HALF_STRIPE
            self._canvas.paint(coverage(stripes * self._view.scale) * body * 0.8, second)
        if self._build.pattern == "spots":
            for _ in range(4):
                x, y = dice.between(-16.0, 8.0), dice.between(3.0, 17.0)
                spot = self._view.ellipse(x, y, dice.between(2.0, 5.0), dice.between(2.0, 5.0))
                self._canvas.paint(coverage(spot) * body, second)
        if self._build.pattern == "bib":
            bib = self._view.ellipse(2.0, 14.0, 5.0, 6.0)
            self._canvas.paint(coverage(bib) * body, lighter(self._build.coat))

    def _paint_head(self) -> None:
        wide, high = self._build.measures["head"], self._build.measures["head_height"]
        head = coverage(self._view.ellipse(self._x, self._y, wide, high))
        if self._build.kind == CAT:
            self._paint_pointed_ears(wide, high)
            self._canvas.paint(head, self._build.coat)
        else:
            self._canvas.paint(head, self._build.coat)
            self._paint_rounded_ears(wide, high)

    def _paint_pointed_ears(self, wide: float, high: float) -> None:
        dice = self._dice
        tall, half, lean = dice.between(6.0, 9.5), dice.between(3.2, 4.6), dice.between(-1.0, 2.5)
        base = self._y - high * 0.35
        for side in _SIDES:
            x = self._x + side * wide * 0.62
            tip = x + side * lean, self._y - high * 0.6 - tall
            ear = self._view.polygon((x - half, base), tip, (x + half, base))
            self._canvas.paint(coverage(ear), self._build.ears)

    def _paint_rounded_ears(self, wide: float, high: float) -> None:
        long, half = self._dice.between(7.0, 11.0), self._dice.between(2.6, 4.0)
        out = self._dice.between(0.5, 2.5)
        for side in _SIDES:
            x = self._x + side * wide * 0.86
            if self._build.ear == "hanging":
                start, end = (x, self._y - high * 0.55), (x + side * out, long)
            else:
                start, end = (x - side * 2.0, self._y - high * 0.8), (x + side * 3.5, 4.0 + out)
            tip = end[0], start[1] + end[1]
            self._canvas.paint(
                coverage(self._view.limb(start, tip, half * 0.8, half)), self._build.ears
            )

    def _paint_face(self) -> None:
        view, measures = self._view, self._build.measures
        low = self._y + measures["head_height"] * 0.45
        x, long = self._x + self._dice.between(-1.0, 1.0), measures["muzzle"]
        muzzle = view.ellipse(x, low, measures["muzzle_width"], long)
        self._canvas.paint(coverage(muzzle), lighter(self._build.coat))
        tip, nose = low - long * 0.35, measures["nose"]
        self._canvas.paint(coverage(view.ellipse(self._x, tip, nose * 1.2, nose)), _NOSE)
        apart, eye = self._dice.between(3.4, 4.4), measures["eye"]
        high = self._y - measures["head_height"] * 0.12
        iris = _YELLOW if self._build.yellow else _BROWN
        for side in _SIDES:
            x = self._x + side * apart
            self._canvas.paint(coverage(view.ellipse(x, high, eye * 1.1, eye)), iris)
            self._canvas.paint(coverage(view.ellipse(x, high, eye * 0.5, eye * 0.8)), _BLACK)
            if self._build.whiskers:
                self._paint_whiskers(side, tip)

    def _paint_whiskers(self, side: float, tip: float) -> None:
        for slope in (-1.2, 1.2):
            start = self._x + side * 3.0, tip + 1.0 + slope * 0.5
            end = self._x + side * 12.0, tip + slope * 2.2
            self._canvas.paint(coverage(self._view.limb(start, end, 0.28, 0.2)) * 0.7, _WHISKER)
