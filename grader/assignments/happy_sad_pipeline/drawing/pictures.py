"""The pictures of both parts: faces of one mood, from one to five in a picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from grader.assignments.happy_sad_pipeline.drawing import scene
from grader.assignments.happy_sad_pipeline.drawing.face import Face
from grader.assignments.happy_sad_pipeline.drawing.look import Look, style_of
from grader.assignments.happy_sad_pipeline.drawing.mood import HAPPY, SAD, Mood
from grader.canvas import Canvas, Grid, Pixels
from grader.drawing.brush import Brush
from grader.drawing.dice import SplitMix

# As many as there were of the scraped pictures that this follows, when they had been cleaned.
COUNTS: Mapping[str, Mapping[str, int]] = {
    "faces": {HAPPY: 155, SAD: 148},
    "test": {HAPPY: 75, SAD: 75},
}
_SPLITS, _KINDS = tuple(COUNTS), (HAPPY, SAD)
_LEAST, _SMALL, _MOST = 128, 160.0, 500
_SUFFIXES = (".png", ".png", ".png", ".png", ".jpg", ".jpeg")
_GREY, _TRANSPARENT = 6, 6
_RGB = 3


@dataclass(frozen=True)
class Arrangement:
    """How many faces there are, and how large.

    Args:
        chance: How many of a hundred pictures are like that.
        faces: How many, from and to.
        size: Half the width of a face, from and to, as a share of the shorter side.
        shift: How far they are moved at most, likewise.
    """

    chance: int
    faces: tuple[int, int]
    size: tuple[float, float]
    shift: float


ARRANGEMENTS = (
    Arrangement(82, (1, 1), (0.31, 0.4), 0.045),
    Arrangement(12, (2, 2), (0.19, 0.24), 0.03),
    Arrangement(6, (3, 5), (0.12, 0.15), 0.03),
)
# Tangent of half the angle by which a face is turned at most.
_TURN = 0.07
_IN_A_ROW = 3


def draw(split: str) -> Iterator[tuple[str, Pixels]]:
    """Draw the pictures of a part: the path of each, and its pixels.

    Args:
        split: ``faces`` or ``test``.
    """
    for kind in _KINDS:
        for number in range(COUNTS[split][kind]):
            dice = SplitMix(_SPLITS.index(split), _KINDS.index(kind), number)
            suffix = _SUFFIXES[dice.below(len(_SUFFIXES))]
            yield f"{kind}/{split}-{kind}-{number:03}{suffix}", picture(kind, dice)


def picture(kind: str, dice: SplitMix) -> Pixels:
    """Draw one picture (height, width, channels), or (height, width) of a grey one.

    Args:
        kind: The mood of its faces.
        dice: All that is random.
    """
    canvas, style = Canvas(_grid(dice)), style_of(dice)
    scene.paint_behind(canvas, style, dice)
    for brush in brushes(canvas, dice):
        Face(brush, Look.drawn(style, dice), Mood.drawn(kind, dice), dice).paint()
    scene.paint_before(canvas, dice)
    scene.light(canvas, dice)
    return _stored(canvas, dice)


def _grid(dice: SplitMix) -> Grid:
    """Draw the size of a picture, upright or lying: there are more small ones than large ones."""
    long = int(min(dice.between(_SMALL, _MOST + 1.0) for _ in range(2)))
    short = max(_LEAST, int(long * dice.between(0.75, 1.0)))
    return Grid(long, short) if dice.percent(50) else Grid(short, long)


def brushes(canvas: Canvas, dice: SplitMix) -> Iterator[Brush]:
    """Say where the faces of a picture are: a brush for each."""
    arranged = _arranged(dice)
    grid = canvas.grid
    side = float(min(grid.width, grid.height))
    low, high = arranged.faces
    count = low + dice.below(high - low + 1)
    for at in range(count):
        shift_x, shift_y = (dice.between(-arranged.shift, arranged.shift) * side for _ in range(2))
        x, y = _place(at, count)
        yield Brush(
            canvas,
            dice.between(-_TURN, _TURN),
            x * grid.width + shift_x,
            y * grid.height + shift_y,
            dice.between(*arranged.size) * side,
            1.0 if dice.percent(50) else -1.0,
        )


def _arranged(dice: SplitMix) -> Arrangement:
    at = dice.below(100)
    for arranged in ARRANGEMENTS:
        if at < arranged.chance:
            return arranged
        at -= arranged.chance
    return ARRANGEMENTS[0]


def _place(at: int, count: int) -> tuple[float, float]:
    """Return where one of some faces is: those behind first."""
    if count <= _IN_A_ROW:
        return (at + 0.5) / count - 0.5, -0.05
    behind = count // 2
    if at < behind:
        return (at + 0.5) / behind - 0.5, -0.24
    return (at - behind + 0.5) / (count - behind) - 0.5, 0.2


def _stored(canvas: Canvas, dice: SplitMix) -> Pixels:
    """Return the pixels of a file: in colour, and of a few in grey, or with an alpha channel."""
    pixels = canvas.pixels(canvas.grid.plane(1.0))
    at = dice.below(100)
    if at < _GREY:
        grey: Pixels = np.rint(pixels[..., 1]).astype(np.uint8)
        return grey
    return pixels if at < _GREY + _TRANSPARENT else pixels[..., :_RGB]
