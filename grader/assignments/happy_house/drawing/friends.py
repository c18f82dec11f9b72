"""Who comes to the door, how they look there, and how a burst of frames changes."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from grader.canvas import Colour

BURSTS, FRAMES = 125, 6
SEED, MOST_SEEDS = 64, 2_147_483_648
# How far frames of a burst differ: in pixels, as tangents of half an angle, and as shares.
SHIFT, TILT, LIGHT = 1.6, 0.03, 0.16


@dataclass(frozen=True)
class Friend:
    """How a person looks; lengths are in units of which the head is about 40 wide.

    Args:
        skin: Their colour.
        hair: Its colour.
        shirt: Its colour.
        width: Half of the head's width.
        height: Half of the head's height.
        fringe: How far down the hair comes on the forehead.
        brow: Half of the thickness of the brows.
        beard: How much of a beard there is, 0 to 1.
        glasses: How often glasses are worn, 0 to 1.
        long_hair: Whether hair hangs beside the face.
    """

    skin: Colour
    hair: Colour
    shirt: Colour
    width: float
    height: float
    fringe: float
    brow: float
    beard: float
    glasses: float
    long_hair: bool = False


FRIENDS = (
    Friend((224, 178, 148), (62, 42, 30), (46, 84, 132), 18.5, 24.0, 11.0, 1.3, 0.0, 0.0),
    Friend((198, 142, 104), (22, 18, 18), (150, 52, 60), 19.5, 23.0, 9.0, 1.7, 0.55, 0.5),
    Friend(
        (236, 196, 170), (142, 92, 44), (88, 120, 78), 17.0, 23.5, 12.0, 0.9, 0.0, 0.0,
        long_hair=True,
    ),
    Friend((146, 98, 68), (18, 14, 14), (196, 176, 120), 18.0, 24.5, 8.0, 1.4, 0.0, 1.0),
    Friend(
        (230, 186, 156), (96, 34, 22), (70, 60, 96), 17.5, 22.5, 13.0, 1.1, 0.0, 0.3,
        long_hair=True,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """One picture.

    Args:
        friend: Who is on it.
        x: How far right of the middle the head is, in pixels.
        y: How far below the middle it is, in pixels.
        scale: Pixels a unit.
        tilt: The tangent of half the angle by which the head is tilted.
        turn: How far nose, eyes and mouth are moved aside as the head turns, in units.
        smile: How far the middle of the mouth hangs below its corners.
        half: Half of the mouth's width.
        gap: How far the lips are apart.
        teeth: How much of the gap shows teeth, 0 to 1.
        cheek: How far the cheeks are raised, 0 to 1.
        eye: How far the eyes are open, 0 to 1.
        brow: How far the brows are raised.
        frown: How far the inner ends of the brows are lowered.
        glasses: Whether glasses are worn.
        light: How much light falls on the face, 0 to 1; the rest comes from behind.
        side: How much more of it comes from the right, -1 to 1.
        haze: How much of the picture is washed out, 0 to 1.
        noise: Seeds the noise of the camera.
    """

    friend: Friend
    x: float
    y: float
    scale: float
    tilt: float
    turn: float
    smile: float
    half: float
    gap: float
    teeth: float
    cheek: float
    eye: float
    brow: float
    frown: float
    glasses: bool
    light: float
    side: float
    haze: float
    noise: int


class Dice:
    """Random numbers that are the same in every version of Python: only ``random`` promises that.

    Args:
        seed: Where they begin.
    """

    def __init__(self, seed: int) -> None:
        self._source = random.Random(seed)  # noqa: S311

    def between(self, low: float, high: float) -> float:
        """Draw a number, evenly."""
        return low + (high - low) * self._source.random()

    def often(self, share: float) -> bool:
        """Draw whether something is so."""
        return self._source.random() < share

    def below(self, number: int) -> int:
        """Draw a whole number from 0 on."""
        return int(self._source.random() * number)

    def order(self, number: int) -> list[int]:
        """Draw an order of whole numbers from 0 on."""
        keys = [self._source.random() for _ in range(number)]
        return sorted(range(number), key=keys.__getitem__)


def frames() -> Iterator[tuple[Frame, int]]:
    """Yield every frame with its label, 1 for happy, burst by burst."""
    dice = Dice(SEED)
    for number in range(BURSTS):
        happy = number % 2
        first = _first(dice, FRIENDS[number // 2 % len(FRIENDS)], bool(happy))
        for _ in range(FRAMES):
            yield _next(dice, first), happy


def _first(dice: Dice, friend: Friend, happy: bool) -> Frame:  # noqa: FBT001
    """Draw what a burst has in common."""
    mood = _happy(dice) if happy else _unhappy(dice)
    return Frame(
        friend,
        x=dice.between(-6.0, 6.0),
        y=dice.between(-4.0, 4.0),
        scale=dice.between(0.76, 1.0),
        tilt=dice.between(-0.09, 0.09),
        turn=dice.between(-4.0, 4.0),
        glasses=dice.often(friend.glasses),
        light=max(dice.between(0.2, 1.0), dice.between(0.2, 1.0)),
        side=dice.between(-1.0, 1.0),
        haze=dice.between(0.0, 0.25),
        noise=0,
        **mood,
    )


def _happy(dice: Dice) -> dict[str, float]:
    gap = dice.between(1.5, 5.0) if dice.often(0.7) else 0.0
    return {
        "smile": dice.between(3.4, 6.5),
        "half": dice.between(9.5, 12.0),
        "gap": gap,
        "teeth": dice.between(0.5, 1.0) if dice.often(0.8) else 0.0,
        "cheek": dice.between(0.5, 1.0),
        "eye": dice.between(0.45, 0.95),
        "brow": dice.between(-0.5, 2.0),
        "frown": 0.0,
    }


def _unhappy(dice: Dice) -> dict[str, float]:
    gap = dice.between(1.0, 5.0) if dice.often(0.4) else 0.0
    return {
        "smile": dice.between(-5.0, -0.4),
        "half": dice.between(6.0, 9.0),
        "gap": gap,
        "teeth": dice.between(0.3, 0.9) if dice.often(0.4) else 0.0,
        "cheek": dice.between(0.0, 0.3),
        "eye": dice.between(0.5, 1.0),
        "brow": dice.between(-1.5, 1.5),
        "frown": dice.between(0.6, 2.8),
    }


def _next(dice: Dice, frame: Frame) -> Frame:
    """Draw a frame of a burst: all moves a little, and eyes are shut now and then."""
    return replace(
        frame,
        x=frame.x + dice.between(-SHIFT, SHIFT),
        y=frame.y + dice.between(-SHIFT, SHIFT),
        scale=frame.scale * dice.between(0.97, 1.03),
        tilt=frame.tilt + dice.between(-TILT, TILT),
        turn=frame.turn + dice.between(-0.8, 0.8),
        smile=frame.smile + dice.between(-0.5, 0.5),
        gap=max(0.0, frame.gap + dice.between(-0.6, 0.6)) if frame.gap else 0.0,
        eye=0.08 if dice.often(0.08) else frame.eye,
        brow=frame.brow + dice.between(-0.4, 0.4),
        light=min(1.0, max(0.1, frame.light + dice.between(-LIGHT, LIGHT))),
        haze=max(0.0, frame.haze + dice.between(-0.05, 0.05)),
        noise=dice.below(MOST_SEEDS),
    )
