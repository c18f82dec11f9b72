"""The pictures of each split: calm ones to train on, and others to validate and test with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.assignments.cats_and_dogs.drawing import scene
from grader.assignments.cats_and_dogs.drawing.animals import Animal
from grader.assignments.cats_and_dogs.drawing.build import CAT, DOG, Build
from grader.assignments.cats_and_dogs.drawing.placement import Placement
from grader.canvas import Canvas, Grid, Pixels
from grader.drawing import scenery
from grader.drawing.dice import SplitMix

SIDE = 64
GRID = Grid(SIDE, SIDE)
# As many as the lab had that this one follows.
COUNTS: Mapping[str, Mapping[str, int]] = {
    "train": {CAT: 1025, DOG: 1115},
    "val": {CAT: 210, DOG: 210},
    "test": {CAT: 215, DOG: 210},
}
_SPLITS, _KINDS = tuple(COUNTS), (CAT, DOG)
_RGB = 3
_SIZE = 1.15


@dataclass(frozen=True)
class Spread:
    """How far animals are turned, moved and scaled at most.

    Args:
        turn: Tangent of half the angle.
        shift: In pixels.
        zoom: As a share of their size.
        both: Whether they look to either side.
    """

    turn: float
    shift: float
    zoom: float
    both: bool

    def view(self, dice: SplitMix) -> Placement:
        """Draw where an animal is."""
        turn, zoom = dice.between(-self.turn, self.turn), dice.between(-self.zoom, self.zoom)
        x, y = dice.between(-self.shift, self.shift), dice.between(-self.shift, self.shift)
        side = -1.0 if self.both and dice.percent(50) else 1.0
        return Placement(GRID, turn, x, y + 1.0, _SIZE * (1.0 + zoom), side)


CALM, LIVELY = Spread(0.03, 1.0, 0.05, both=False), Spread(0.25, 6.0, 0.22, both=True)


def draw(split: str) -> Iterator[tuple[str, Pixels]]:
    """Draw the pictures of a split: the path of each, and its pixels.

    Args:
        split: ``train``, ``val`` or ``test``.
    """
    pose = CALM if split == "train" else LIVELY
    for kind in _KINDS:
        for number in range(COUNTS[split][kind]):
            dice = SplitMix(_SPLITS.index(split), _KINDS.index(kind), number)
            yield f"{kind}/{kind.lower()}-{number:04}.png", picture(kind, pose, dice)


def picture(kind: str, pose: Spread, dice: SplitMix) -> Pixels:
    """Draw one picture (height, width, channels).

    Args:
        kind: Of the animal.
        pose: How it may be placed.
        dice: All that is random.
    """
    canvas = Canvas(GRID)
    scene.paint_behind(canvas, dice)
    Animal(canvas, pose.view(dice), Build.drawn(kind, dice), dice).paint()
    scene.paint_before(canvas, dice)
    scenery.light(canvas, dice)
    return canvas.pixels(GRID.plane(1.0))[..., :_RGB]
