"""What a face looks like whatever its mood: its style, colours and measures."""

from dataclasses import dataclass

from grader.canvas import WHITE, Colour
from grader.drawing.dice import SplitMix
from grader.drawing.scenery import any_colour

PHOTOGRAPH, CARTOON, SKETCH = "photograph", "cartoon", "sketch"
# How many of a hundred pictures are in which style.
_STYLES = ((PHOTOGRAPH, 48), (CARTOON, 30), (SKETCH, 22))
_SKINS: tuple[Colour, ...] = (
    (244.0, 212.0, 188.0), (228.0, 184.0, 150.0), (204.0, 152.0, 112.0), (168.0, 118.0, 84.0),
    (124.0, 82.0, 58.0), (92.0, 62.0, 46.0),
)  # fmt: skip
_HAIRS: tuple[Colour, ...] = (
    (34.0, 28.0, 28.0), (70.0, 48.0, 34.0), (120.0, 82.0, 48.0), (200.0, 164.0, 104.0),
    (150.0, 74.0, 40.0), (176.0, 172.0, 168.0), (226.0, 222.0, 216.0),
)  # fmt: skip
_INK: Colour = (32.0, 28.0, 30.0)
_PALE: Colour = (236.0, 234.0, 226.0)
_CHALK = 45
# How much of each colour a board has.
_BOARD = (0.7, 1.15, 0.95)
_LIPS: Colour = (150.0, 60.0, 62.0)
HAIRCUTS = ("short", "short", "long", "curls", "bald", "hat")


def style_of(dice: SplitMix) -> str:
    """Draw the style of a picture."""
    at = dice.below(100)
    for name, chance in _STYLES:
        if at < chance:
            return name
        at -= chance
    return PHOTOGRAPH


@dataclass(frozen=True)
class Look:
    """One face.

    Args:
        style: One of the three.
        skin: Its colour.
        hair: The same of its hair or hat.
        clothes: The same of what it wears.
        line: The same of all that is drawn as a line.
        lips: The same of its lips.
        outline: How thick a line is around it, in units of its half width; 0 for none.
        haircut: One of ``HAIRCUTS``.
        chin: How wide it is below, as a share of its width above.
        long: How far its lower part is below the upper one.
        eyes_apart: How far each eye is from the middle.
        eye: Half the height of an eye.
        mouth_wide: Half the width of the mouth.
        mouth_low: How far the mouth is below the middle.
        pen: Half the thickness of a line.
        wide_eyed: Whether the white of its eyes can be seen.
        glasses: Whether it has some.
        beard: Whether it has one.
    """

    style: str
    skin: Colour
    hair: Colour
    clothes: Colour
    line: Colour
    lips: Colour
    outline: float
    haircut: str
    chin: float
    long: float
    eyes_apart: float
    eye: float
    mouth_wide: float
    mouth_low: float
    pen: float
    wide_eyed: bool
    glasses: bool
    beard: bool

    @classmethod
    def drawn(cls, style: str, dice: SplitMix) -> "Look":
        """Draw one of a style."""
        photograph = style == PHOTOGRAPH
        skin = varied(_SKINS[dice.below(len(_SKINS))], dice, 14.0)
        hair = varied(_HAIRS[dice.below(len(_HAIRS))], dice, 14.0)
        if style == CARTOON:
            skin, hair = any_colour(dice, 110.0, 250.0), any_colour(dice, 30.0, 230.0)
        line = darker(skin, 0.42) if photograph else _INK
        if style == SKETCH:
            # With a pen on paper, or with chalk on a board.
            chalk = dice.percent(_CHALK)
            light = dice.between(30.0, 80.0) if chalk else dice.between(205.0, 250.0)
            red, green, blue = _BOARD if chalk else (1.0, 1.0, 1.0)
            ground = light * red, light * green, light * blue
            skin, hair, line = ground, ground, _PALE if chalk else _INK
        return cls(
            style,
            skin,
            hair,
            clothes=skin if style == SKETCH else any_colour(dice),
            line=line,
            lips=_mixed(darker(skin, 0.8), _LIPS, 0.5) if photograph else line,
            outline=0.0 if photograph else dice.between(0.02, 0.06),
            haircut=HAIRCUTS[dice.below(len(HAIRCUTS))],
            chin=dice.between(0.72, 0.98),
            long=dice.between(0.05, 0.4),
            eyes_apart=dice.between(0.34, 0.44),
            eye=dice.between(0.08, 0.14),
            mouth_wide=dice.between(0.46, 0.6),
            mouth_low=dice.between(0.5, 0.62),
            pen=dice.between(0.035, 0.06),
            wide_eyed=photograph or dice.percent(50),
            glasses=dice.percent(12),
            beard=photograph and dice.percent(12),
        )


def varied(colour: Colour, dice: SplitMix, by: float) -> Colour:
    """Return a colour that is a little different."""
    red, green, blue = (min(WHITE, max(0.0, c + dice.between(-by, by))) for c in colour)
    return red, green, blue


def darker(colour: Colour, by: float) -> Colour:
    """Return a colour that is darker."""
    return colour[0] * by, colour[1] * by, colour[2] * by


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue
