"""Paints the places where horses and humans are: wide ones, of which a picture shows a part."""

from functools import cache

import numpy as np

from grader.canvas import Canvas, Colour, Grid, Pixels, coverage, hill
from grader.drawing.brush import Brush
from grader.drawing.dice import SplitMix
from grader.drawing.scenery import clouds

WIDE = Grid(440, 340)
# Horses are mostly in every other one of them, from the first on.
KINDS = ("meadow", "beach", "forest", "village", "paddock", "hall", "mountains", "desert")
# Sets the dice of places apart from those of figures and pictures.
_PLACE = 7
# Beyond either side of a place.
_EDGE = 230.0
_SEA, _CLOUD, _SNOW = (58.0, 128.0, 172.0), (246.0, 248.0, 250.0), (240.0, 244.0, 248.0)
_SKIES: tuple[Colour, ...] = (
    (120.0, 176.0, 226.0), (168.0, 204.0, 232.0), (206.0, 212.0, 218.0), (236.0, 190.0, 150.0)
)  # fmt: skip
_GROUNDS: dict[str, tuple[Colour, Colour]] = {
    "beach": ((224.0, 196.0, 150.0), (196.0, 164.0, 118.0)),
    "meadow": ((104.0, 148.0, 66.0), (76.0, 118.0, 52.0)),
    "forest": ((96.0, 86.0, 58.0), (64.0, 72.0, 42.0)),
    "desert": ((214.0, 164.0, 110.0), (184.0, 128.0, 84.0)),
    "paddock": ((150.0, 132.0, 92.0), (112.0, 132.0, 70.0)),
    "village": ((150.0, 146.0, 142.0), (122.0, 118.0, 114.0)),
    "mountains": ((122.0, 134.0, 96.0), (96.0, 102.0, 82.0)),
    "hall": ((176.0, 140.0, 104.0), (148.0, 112.0, 80.0)),
}


@cache
def place(number: int) -> Pixels:
    """Paint a place (height, width, RGBA), once.

    Args:
        number: Which one; each number is another place.
    """
    dice, canvas = SplitMix(_PLACE, number), Canvas(WIDE)
    kind, horizon = KINDS[number % len(KINDS)], dice.between(-6.0, 34.0)
    _paint_sky(canvas, dice)
    _FAR[kind](canvas, horizon, dice)
    _paint_ground(canvas, kind, horizon, dice)
    _NEAR.get(kind, _nothing)(canvas, horizon, dice)
    canvas.shade(0.86 + 0.26 * clouds(dice, WIDE, 3))
    return canvas.pixels(WIDE.plane(1.0))


def _paint_sky(canvas: Canvas, dice: SplitMix) -> None:
    canvas.paint(WIDE.plane(1.0), _SKIES[dice.below(len(_SKIES))])
    thick = clouds(dice, WIDE, 5) * clouds(dice, WIDE, 9)
    canvas.paint(np.clip(thick * 2.2 - 0.4, 0.0, 0.9), _CLOUD)
    canvas.paint(np.clip(0.5 + WIDE.y / 200.0, 0.0, 0.6) * WIDE.plane(1.0), _CLOUD)


def _paint_ground(canvas: Canvas, kind: str, horizon: float, dice: SplitMix) -> None:
    below = coverage(horizon - WIDE.y, 2.0) * WIDE.plane(1.0)
    one, other = _GROUNDS[kind]
    canvas.paint(below, one)
    canvas.paint(below * clouds(dice, WIDE, 7) * clouds(dice, WIDE, 23), other)
    canvas.paint(below * np.clip(clouds(dice, WIDE, 60) - 0.55, 0.0, 1.0), _dark(other))


def _dark(colour: Colour, share: float = 0.6) -> Colour:
    return colour[0] * share, colour[1] * share, colour[2] * share


def _nothing(canvas: Canvas, horizon: float, dice: SplitMix) -> None:
    """Nothing stands there."""


def _paint_sea(canvas: Canvas, horizon: float, dice: SplitMix) -> None:
    high = dice.between(22.0, 40.0)
    canvas.paint(coverage(horizon - high - WIDE.y, 1.5) * WIDE.plane(1.0), _SEA)
    for wave in (4.0, 12.0):
        line = np.abs(WIDE.y - horizon + wave) - 1.6
        canvas.paint(coverage(line, 2.0) * clouds(dice, WIDE, 11), _SNOW)


def _paint_hills(canvas: Canvas, horizon: float, dice: SplitMix) -> None:
    for tone in (0.9, 0.7):
        x, wide = dice.between(-200.0, 200.0), dice.between(150.0, 260.0)
        high = dice.between(30.0, 70.0)
        hills = WIDE.ellipse(x, horizon + 10.0, wide, high)
        canvas.paint(coverage(hills, 2.0), _dark((120.0, 160.0, 110.0), tone))


def _paint_trunks(canvas: Canvas, horizon: float, dice: SplitMix) -> None:
    canvas.paint(coverage(WIDE.y - horizon) * 0.85 * WIDE.plane(1.0), (58.0, 82.0, 50.0))
    canvas.paint(clouds(dice, WIDE, 14) * 0.7, (30.0, 50.0, 28.0))
    brush = Brush(canvas)
    for _ in range(9 + dice.below(6)):
        x, half = dice.between(-225.0, 225.0), dice.between(3.0, 9.0)
        tone = dice.between(0.6, 1.1)
        foot = horizon + dice.between(4.0, 20.0)
        brush.limb((x, -180.0), (x, foot), half * 0.8, half, _dark((104.0, 80.0, 60.0), tone))


def _paint_dunes(canvas: Canvas, horizon: float, dice: SplitMix) -> None:
    for tone in (0.95, 0.85):
        x, wide = dice.between(-200.0, 200.0), dice.between(120.0, 240.0)
        dune = WIDE.ellipse(x, horizon + 14.0, wide, dice.between(24.0, 60.0))
        canvas.paint(coverage(dune, 1.5), _dark((222.0, 172.0, 116.0), tone))


def _paint_houses(canvas: Canvas, horizon: float, dice: SplitMix) -> None:
    brush, left = Brush(canvas), -_EDGE
    while left < _EDGE:
        wide, high = dice.between(46.0, 80.0), dice.between(50.0, 100.0)
        tone = dice.between(190.0, 240.0), dice.between(160.0, 210.0), dice.between(130.0, 190.0)
        top = horizon - high
        _box(brush, (left, top), (left + wide, horizon + 4.0), tone)
        roof = (left - 3.0, top), (left + wide / 2.0, top - 22.0), (left + wide + 3.0, top)
        brush.polygon(roof, (158.0, 82.0, 62.0))
        for x in (left + wide * 0.2, left + wide * 0.6):
            _box(brush, (x, top + 14.0), (x + 9.0, top + 28.0), (84.0, 104.0, 122.0))
        left += wide + dice.between(4.0, 30.0)


def _paint_peaks(canvas: Canvas, horizon: float, dice: SplitMix) -> None:
    brush = Brush(canvas)
    for _ in range(5):
        x, high, half = (dice.between(*ends) for ends in ((-210, 210), (60, 130), (70, 130)))
        tone = dice.between(0.8, 1.1)
        brush.polygon(((x - half, horizon + 4.0), (x, horizon - high), (x + half, horizon + 4.0)),
                      _dark((128.0, 138.0, 156.0), tone))  # fmt: skip
        snow = half * 0.28
        brush.polygon(((x - snow, horizon - high * 0.72), (x, horizon - high),
                       (x + snow, horizon - high * 0.72)), _SNOW)  # fmt: skip


def _paint_wall(canvas: Canvas, horizon: float, dice: SplitMix) -> None:
    tone = dice.between(150.0, 230.0), dice.between(150.0, 220.0), dice.between(150.0, 220.0)
    canvas.paint(WIDE.plane(1.0), tone)
    brush = Brush(canvas)
    for x in range(-200, 201, 100):
        _box(brush, (x - 26.0, -120.0), (x + 26.0, -40.0), (206.0, 224.0, 238.0))
        _box(brush, (x - 1.5, -120.0), (x + 1.5, -40.0), _dark(tone, 0.8))
    _box(brush, (-230.0, horizon - 5.0), (230.0, horizon + 1.0), _dark(tone, 0.7))


def _paint_fence(canvas: Canvas, horizon: float, dice: SplitMix) -> None:
    brush, wood = Brush(canvas), (224.0, 216.0, 204.0) if dice.percent(50) else (122.0, 88.0, 60.0)
    top, apart = horizon - 16.0, dice.between(44.0, 64.0)
    for rail in (3.0, 15.0):
        brush.limb((-230.0, top + rail), (230.0, top + rail), 2.2, 2.2, wood)
    for number in range(11):
        x = -230.0 + number * apart
        brush.limb((x, top - 4.0), (x, top + 30.0), 3.0, 3.0, wood)


def _paint_bushes(canvas: Canvas, horizon: float, dice: SplitMix) -> None:
    for _ in range(4):
        x, wide = dice.between(-220.0, 220.0), dice.between(16.0, 44.0)
        bush = hill(WIDE.squared_radius(x, horizon, wide, wide * 0.6)) * 2.0
        canvas.paint(np.minimum(bush, 1.0), (62.0, 100.0, 52.0))


def _box(brush: Brush, one: tuple[float, float], other: tuple[float, float], tone: Colour) -> None:
    (left, top), (right, bottom) = one, other
    brush.polygon(((left, top), (right, top), (right, bottom), (left, bottom)), tone)


_FAR = {
    "beach": _paint_sea, "meadow": _paint_hills, "forest": _paint_trunks, "desert": _paint_dunes,
    "paddock": _paint_hills, "village": _paint_houses, "mountains": _paint_peaks,
    "hall": _paint_wall,
}  # fmt: skip
_NEAR = {"paddock": _paint_fence, "meadow": _paint_bushes, "mountains": _paint_bushes}
