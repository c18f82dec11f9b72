"""What a horse or a human looks like, in all of their pictures."""

from dataclasses import dataclass

from grader.assignments.horses_or_humans.drawing.colours import COATS, WHITES, any_of, varied
from grader.canvas import Colour
from grader.drawing.dice import SplitMix

MARKS = ("plain", "plain", "dapples", "patches")
HAIRDOS = ("short", "short", "long", "bun", "bald", "hat")
BELOW = ("trousers", "trousers", "shorts")
GOWNS = ("dress", "gown", "gown")
SLEEVES = (0.4, 1.0, 1.0)


@dataclass(frozen=True)
class Horse:
    """A horse, whatever it does.

    Args:
        coat: Its colour.
        mane: That of its mane and tail.
        legs: That of its lower legs.
        marks: One of ``MARKS``.
        blaze: Whether it has a white stripe down its face.
        socks: Whether its feet are white.
        horn: Whether it is a unicorn.
        stout: How thick it is, about 1.0.
        neck: How long its neck is, about 1.0.
    """

    coat: Colour
    mane: Colour
    legs: Colour
    marks: str
    blaze: bool
    socks: bool
    horn: bool
    stout: float
    neck: float

    @classmethod
    def drawn(cls, dice: SplitMix, *, strange: bool) -> "Horse":
        """Draw one.

        Args:
            dice: All that is random.
            strange: Whether it is one of those that are not trained on.
        """
        coats = WHITES if strange else COATS
        coat, mane, legs = (varied(each, dice) for each in coats[dice.below(len(coats))])
        return cls(
            coat,
            mane,
            legs,
            MARKS[dice.below(len(MARKS))],
            blaze=dice.percent(40),
            socks=dice.percent(35),
            horn=strange and dice.percent(30),
            stout=dice.between(0.92, 1.1),
            neck=dice.between(0.92, 1.1),
        )


@dataclass(frozen=True)
class Human:
    """A human, whatever they do.

    Args:
        skin: Its colour.
        hair: Its colour.
        shirt: That of what is worn above, or of all of a dress.
        trousers: That of what is worn below.
        shoes: Their colour.
        hairdo: One of ``HAIRDOS``.
        below: One of ``BELOW`` or of ``GOWNS``.
        sleeves: How far down the arms they go, 0 to 1.
        wide: Half of the width of their shoulders.
        jacket: That of the open one that is worn; None where there is none.
    """

    skin: Colour
    hair: Colour
    shirt: Colour
    trousers: Colour
    shoes: Colour
    hairdo: str
    below: str
    sleeves: float
    wide: float
    jacket: Colour | None

    @classmethod
    def drawn(cls, dice: SplitMix, *, strange: bool) -> "Human":
        """Draw one.

        Args:
            dice: All that is random.
            strange: Whether it is one of those that are not trained on.
        """
        hairdos, below = (("long", "bun"), GOWNS) if strange else (HAIRDOS, BELOW)
        return cls(
            any_of("skin", dice),
            any_of("hair", dice),
            any_of("dress" if strange else "shirt", dice),
            any_of("trousers", dice),
            any_of("shoes", dice),
            hairdos[dice.below(len(hairdos))],
            below[dice.below(len(below))],
            sleeves=SLEEVES[dice.below(len(SLEEVES))],
            wide=dice.between(8.2, 10.8),
            jacket=any_of("shirt", dice) if not strange and dice.percent(35) else None,
        )

    @property
    def gown(self) -> bool:
        """Whether legs are under a skirt."""
        return self.below in GOWNS
