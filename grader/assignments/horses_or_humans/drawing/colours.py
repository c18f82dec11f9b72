"""What horses and humans may look like: the usual ones, and those that are met later alone."""

from collections.abc import Mapping

from grader.canvas import WHITE, Colour
from grader.drawing.dice import SplitMix

_VARIES = 12.0
# Coat, mane and lower legs: bay, dark bay, chestnut, liver chestnut, black, dark grey, dun.
COATS: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((134.0, 76.0, 42.0), (28.0, 22.0, 20.0), (34.0, 26.0, 24.0)),
    ((92.0, 54.0, 36.0), (22.0, 18.0, 18.0), (26.0, 22.0, 22.0)),
    ((166.0, 92.0, 48.0), (176.0, 112.0, 62.0), (160.0, 88.0, 46.0)),
    ((104.0, 58.0, 38.0), (90.0, 50.0, 34.0), (100.0, 56.0, 38.0)),
    ((44.0, 40.0, 42.0), (22.0, 20.0, 22.0), (36.0, 32.0, 34.0)),
    ((96.0, 96.0, 104.0), (48.0, 48.0, 54.0), (54.0, 54.0, 60.0)),
    ((168.0, 128.0, 82.0), (52.0, 38.0, 30.0), (60.0, 46.0, 38.0)),
)
# White, cream, palomino, grey.
WHITES: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((236.0, 234.0, 230.0), (246.0, 244.0, 240.0), (222.0, 218.0, 214.0)),
    ((232.0, 212.0, 172.0), (246.0, 238.0, 220.0), (222.0, 200.0, 162.0)),
    ((214.0, 170.0, 106.0), (246.0, 234.0, 206.0), (200.0, 160.0, 110.0)),
    ((142.0, 144.0, 154.0), (212.0, 214.0, 220.0), (112.0, 114.0, 124.0)),
)
SKINS: tuple[Colour, ...] = (
    (240.0, 200.0, 172.0), (224.0, 176.0, 142.0), (196.0, 144.0, 104.0), (150.0, 102.0, 70.0),
    (104.0, 68.0, 48.0),
)  # fmt: skip
HAIRS: tuple[Colour, ...] = (
    (30.0, 24.0, 22.0), (72.0, 46.0, 30.0), (128.0, 82.0, 46.0), (214.0, 176.0, 104.0),
    (164.0, 72.0, 36.0), (176.0, 172.0, 168.0),
)  # fmt: skip
# What shirts, trousers and shoes may be.
SHIRTS: tuple[Colour, ...] = (
    (238.0, 238.0, 236.0), (62.0, 98.0, 156.0), (190.0, 52.0, 48.0), (74.0, 128.0, 84.0),
    (232.0, 186.0, 70.0), (120.0, 84.0, 140.0), (150.0, 196.0, 214.0),
)  # fmt: skip
TROUSERS: tuple[Colour, ...] = (
    (58.0, 88.0, 150.0), (104.0, 136.0, 184.0), (196.0, 196.0, 200.0), (222.0, 214.0, 196.0),
    (126.0, 150.0, 136.0),
)  # fmt: skip
DRESSES: tuple[Colour, ...] = (
    (128.0, 72.0, 42.0), (88.0, 52.0, 36.0), (160.0, 90.0, 48.0), (46.0, 42.0, 44.0),
    (112.0, 60.0, 92.0), (160.0, 122.0, 78.0),
)  # fmt: skip
SHOES: tuple[Colour, ...] = (
    (40.0, 34.0, 32.0), (110.0, 70.0, 44.0), (226.0, 224.0, 220.0), (150.0, 40.0, 40.0)
)  # fmt: skip
_ALL: Mapping[str, tuple[Colour, ...]] = {
    "skin": SKINS, "hair": HAIRS, "shirt": SHIRTS, "trousers": TROUSERS, "dress": DRESSES,
    "shoes": SHOES,
}  # fmt: skip


def any_of(what: str, dice: SplitMix) -> Colour:
    """Return a colour of something that humans have on or about them, a little changed."""
    colours = _ALL[what]
    return varied(colours[dice.below(len(colours))], dice)


def varied(colour: Colour, dice: SplitMix) -> Colour:
    """Return a colour that is a little brighter or darker, in each of its parts."""
    red, green, blue = (min(WHITE, max(0.0, c + dice.between(-_VARIES, _VARIES))) for c in colour)
    return red, green, blue


def shaded(colour: Colour, share: float = 0.72) -> Colour:
    """Return a colour in the shade."""
    return colour[0] * share, colour[1] * share, colour[2] * share


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return what lies between two colours."""
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue
