"""How a face shows its mood: by the shapes of its mouth, brows and eyes, and by no colour."""

from dataclasses import dataclass

from grader.drawing.dice import SplitMix

HAPPY, SAD = "happy", "sad"
# How far a mouth is bent, and by how much the inner ends of brows are higher.
_BEND, _BROWS = (0.22, 0.36), {HAPPY: (-0.02, 0.05), SAD: (0.14, 0.28)}
# How many of a hundred faces have it.
_OPEN, _CLENCHED, _SHUT, _TEARS = 60, 45, 35, {HAPPY: 8, SAD: 16}


@dataclass(frozen=True)
class Mood:
    """The mood of one face.

    Args:
        way: 1.0 if the middle of the mouth hangs below its corners, -1.0 if it is above.
        bend: How far, in units of half a face's width.
        gape: Half of how far the mouth is open, likewise; 0 if it is closed.
        teeth: Whether they can be seen in an open mouth.
        clenched: Whether nothing else can be seen in it.
        brows: How much higher the inner ends of the brows are than the outer ones.
        arch: How far the middle of a brow is above its ends.
        shut: Whether the eyes are closed.
        lid: How far the middle of a closed eye is above its corners.
        tears: Whether there are some.
    """

    way: float
    bend: float
    gape: float
    teeth: bool
    clenched: bool
    brows: float
    arch: float
    shut: bool
    lid: float
    tears: bool

    @classmethod
    def drawn(cls, kind: str, dice: SplitMix) -> "Mood":
        """Draw one of a kind."""
        happy = kind == HAPPY
        way = 1.0 if happy else -1.0
        bend = dice.between(*_BEND)
        opened = dice.percent(_OPEN)
        return cls(
            way,
            bend,
            gape=bend * dice.between(0.6, 1.0) if opened else 0.0,
            teeth=dice.percent(60),
            clenched=dice.percent(_CLENCHED),
            brows=dice.between(*_BROWS[kind]),
            arch=dice.between(0.06, 0.14) if happy else dice.between(-0.03, 0.04),
            shut=dice.percent(_SHUT),
            lid=dice.between(0.08, 0.14) * way,
            tears=dice.percent(_TEARS[kind]),
        )
