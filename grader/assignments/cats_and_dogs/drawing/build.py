"""How an animal is built and what it wears: drawn anew for each picture."""

from dataclasses import dataclass

from grader.canvas import WHITE, Colour
from grader.drawing.dice import SplitMix

CAT, DOG = "CAT", "DOG"
_COATS: tuple[Colour, ...] = (
    (46.0, 42.0, 44.0), (92.0, 88.0, 90.0), (150.0, 146.0, 142.0), (226.0, 220.0, 212.0),
    (196.0, 128.0, 64.0), (120.0, 76.0, 44.0), (222.0, 184.0, 132.0), (84.0, 58.0, 42.0),
)  # fmt: skip
# What a cat's and a dog's measures are about, in units of a picture 64 units wide.
_MEASURES = {
    "belly": (9.0, 10.5),
    "leg": (2.0, 2.6),
    "tail": (17.0, 10.0),
    "tail_width": (1.7, 2.6),
    "head": (9.6, 10.6),
    "head_height": (9.0, 11.0),
    "muzzle": (2.6, 5.6),
    "muzzle_width": (4.0, 5.0),
    "nose": (0.9, 2.3),
    "eye": (2.1, 1.3),
}
# How far each measure varies, as a share of what the two kinds differ by. From one half on, there
# are animals that could be either, by that measure alone.
_VARIES = 0.25
_TAIL, _YELLOW, _WHISKERS = 80, {CAT: 70, DOG: 8}, {CAT: 70, DOG: 5}
PATTERNS = ("plain", "stripes", "spots", "bib")
# Most dogs' ears hang; of upright ones, a small network could tell nothing.
EARS = ("hanging", "hanging", "folded")


@dataclass(frozen=True)
class Build:
    """One animal.

    Args:
        kind: ``CAT`` or ``DOG``.
        measures: By name.
        coat: Its colour.
        second: The colour of patterns.
        ears: The colour of its ears.
        pattern: One of ``PATTERNS``.
        ear: One of ``EARS``; those of a cat are pointed.
        yellow: Whether its eyes are.
        whiskers: Whether they can be seen.
        tailed: Whether its tail can be seen.
    """

    kind: str
    measures: dict[str, float]
    coat: Colour
    second: Colour
    ears: Colour
    pattern: str
    ear: str
    yellow: bool
    whiskers: bool
    tailed: bool

    @classmethod
    def drawn(cls, kind: str, dice: SplitMix) -> "Build":
        """Draw one of a kind."""
        coat = _varied(_COATS[dice.below(len(_COATS))], dice)
        second = _COATS[dice.below(len(_COATS))]
        measures = {
            name: _measure(about, about[kind == DOG], dice) for name, about in _MEASURES.items()
        }
        return cls(
            kind,
            measures,
            coat,
            second,
            second if dice.below(3) == 0 else darker(coat),
            PATTERNS[dice.below(len(PATTERNS))],
            EARS[dice.below(len(EARS))],
            yellow=dice.percent(_YELLOW[kind]),
            whiskers=dice.percent(_WHISKERS[kind]),
            tailed=dice.percent(_TAIL),
        )


def _measure(about: tuple[float, float], own: float, dice: SplitMix) -> float:
    spread = abs(about[0] - about[1]) * _VARIES
    return dice.between(own - spread, own + spread)


def _varied(colour: Colour, dice: SplitMix) -> Colour:
    red, green, blue = (min(WHITE, max(0.0, c + dice.between(-18.0, 18.0))) for c in colour)
    return red, green, blue


def darker(colour: Colour) -> Colour:
    """Return a colour in the shade."""
    return colour[0] * 0.72, colour[1] * 0.72, colour[2] * 0.72


def lighter(colour: Colour) -> Colour:
    """Return a colour in the light."""
    red, green, blue = (c + (WHITE - c) * 0.35 for c in colour)
    return red, green, blue
