"""The pictures of both splits: figures to train on, and others to validate with."""

from collections.abc import Iterator, Mapping

import numpy as np

from grader.assignments.horses_or_humans.drawing import horse, human
from grader.assignments.horses_or_humans.drawing.looks import Horse, Human
from grader.assignments.horses_or_humans.drawing.scene import WIDE, place
from grader.canvas import WHITE, Canvas, Grid, Pixels, hill
from grader.drawing.brush import Brush
from grader.drawing.dice import SplitMix

SIDE = 300
GRID = Grid(SIDE, SIDE)
# As many as the lecture's pictures have that these stand for.
COUNTS: Mapping[str, Mapping[str, int]] = {
    "train": {"horse": 500, "human": 527},
    "validation": {"horse": 128, "human": 128},
}
FIGURES, OTHERS = 40, 24
# Of the figures to validate with, every second one is of a kind that no picture to train on shows.
STRANGE = 2
PLACES, OTHER_PLACES = 16, 8
# How many of a hundred pictures to train on show horses where horses mostly are, and humans where
# humans are.
AT_HOME = 40
_SPLITS, _KINDS = tuple(COUNTS), ("horse", "human")
# How many of a hundred figures are near, how many pixels their units are then and else, how far
# they are aside of the middle, and from where on there is ground.
NEAR, _NEAR, _FAR = 30, (2.6, 3.8), (1.4, 2.6)
_ASIDE, _GROUND = 45.0, 80.0
_SHADOW = 0.6
_FIGURE, _MARKS = 11, 13


def draw(split: str) -> Iterator[tuple[str, Pixels]]:
    """Draw the pictures of a split: the path of each, and its pixels.

    Args:
        split: ``train`` or ``validation``.
    """
    for name, kind, (figure, number) in named(split):
        yield name, picture(split, kind, figure, number)


def named(split: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Name the pictures of a split: the path of each, its kind, its figure and its number.

    Args:
        split: ``train`` or ``validation``.
    """
    figures, first = (FIGURES, 0) if split == "train" else (OTHERS, FIGURES)
    for kind in _KINDS:
        for number in range(COUNTS[split][kind]):
            pose, which = divmod(number, figures)
            name = f"{kind}s/{kind}{first + which + 1:02}-{pose:02}.png"
            yield name, kind, (first + which, number)


def picture(split: str, kind: str, figure: int, number: int) -> Pixels:
    """Draw one picture (height, width, RGBA).

    Args:
        split: ``train`` or ``validation``.
        kind: ``horse`` or ``human``.
        figure: Which one of them.
        number: Of the picture.
    """
    dice, canvas = SplitMix(_SPLITS.index(split), _KINDS.index(kind), number), Canvas(GRID)
    _paint_place(canvas, place_for(split, kind, dice), dice)
    looks = SplitMix(_FIGURE, _KINDS.index(kind), figure)
    strange = is_strange(figure)
    paint = _paint_horse if kind == "horse" else _paint_human
    paint(canvas, looks, dice, strange)
    return _finished(canvas, dice.between(0.8, 1.12))


def _finished(canvas: Canvas, light: float) -> Pixels:
    """Return a picture (height, width, RGBA) in which nothing is transparent."""
    tones = np.rint(np.clip(canvas.rgb * light, 0.0, WHITE)).astype(np.uint8)
    opaque = np.full((1, SIDE, SIDE), int(WHITE), dtype=np.uint8)
    found: Pixels = np.ascontiguousarray(np.stack([*tones, *opaque]).transpose(1, 2, 0))
    return found


def is_strange(figure: int) -> bool:
    """Whether no picture to train on shows a figure of such a palette.

    Args:
        figure: Which one of its kind.
    """
    return figure >= FIGURES and figure % STRANGE == 1


def place_for(split: str, kind: str, dice: SplitMix) -> int:
    """Draw a place; most pictures to train on were taken where such figures mostly are.

    Args:
        split: ``train`` or ``validation``.
        kind: ``horse`` or ``human``.
        dice: Random numbers.
    """
    if split != "train":
        return PLACES + dice.below(OTHER_PLACES)
    number = dice.below(PLACES)
    if dice.percent(AT_HOME):
        number -= number % len(_KINDS) - _KINDS.index(kind)
    return number


def _paint_place(canvas: Canvas, number: int, dice: SplitMix) -> None:
    left, top = dice.below(WIDE.width - SIDE + 1), dice.below(WIDE.height - SIDE + 1)
    shown = place(number)[top : top + SIDE, left : left + SIDE, :3].transpose(2, 0, 1)
    canvas.rgb[:] = shown[:, :, ::-1] if dice.percent(50) else shown


def _paint_horse(canvas: Canvas, looks: SplitMix, dice: SplitMix, strange: bool) -> None:  # noqa: FBT001
    found = Horse.drawn(looks, strange=strange)
    pose = horse.POSES[dice.below(len(horse.POSES))]
    turn = 0.3 if pose == "rears" else dice.between(-0.02, 0.02)
    brush = _brush(canvas, dice, -turn, horse.FEET)
    _paint_shadow(canvas, brush.x, brush.y + horse.FEET * brush.scale, brush.scale * 40.0)
    marks = SplitMix(_MARKS, looks.below(1 << 30))
    horse.PaintedHorse(brush, found, pose, marks, dice).paint()


def _paint_human(canvas: Canvas, looks: SplitMix, dice: SplitMix, strange: bool) -> None:  # noqa: FBT001
    found = Human.drawn(looks, strange=strange)
    pose = human.POSES[dice.below(len(human.POSES))]
    brush = _brush(canvas, dice, dice.between(-0.03, 0.03), human.FEET)
    _paint_shadow(canvas, brush.x, brush.y + human.FEET * brush.scale, brush.scale * 20.0)
    human.PaintedHuman(brush, found, pose, dice).paint()


def _brush(canvas: Canvas, dice: SplitMix, turn: float, feet: float) -> Brush:
    """Draw where a figure is; one that is small stands on the ground."""
    side, near = (1.0 if dice.percent(50) else -1.0), dice.percent(NEAR)
    scale = dice.between(*(_NEAR if near else _FAR))
    x, y = dice.between(-_ASIDE, _ASIDE), dice.between(-20.0, 20.0) + (40.0 if near else 0.0)
    return Brush(canvas, turn * side, x, max(y, _GROUND - feet * scale), scale, side)


def _paint_shadow(canvas: Canvas, x: float, y: float, wide: float) -> None:
    """Paint it upon the lower half, which is all that has a ground."""
    lower = SIDE // 2
    dark = hill(GRID.squared_radius(x, y, wide, wide * 0.25)[lower:]) * _SHADOW
    canvas.rgb[:, lower:] *= 1.0 - dark
