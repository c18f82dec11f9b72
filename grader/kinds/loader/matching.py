"""Whether a loader shows the images that were drawn for a run: each class has two colours."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from grader.inspection.bounded import MAX_BYTES
from grader.inspection.shown import ENOUGH
from grader.kinds.batches import Loader

Colour = tuple[int, ...]
Pair = frozenset[Colour]
# Which channels are bright survives scaling, flips, turns, and another brightness.
COLOURS: tuple[Colour, ...] = (
    (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255),
)  # fmt: skip
# Turned or flipped, the upper half is the lower one.
PAIRS = [frozenset(pair) for pair in combinations(COLOURS, 2)]
_CHANNELS = 3
# Shifted far enough, an image shows one of them.
LEAST = 0.5
_RARE = 1 / 1_000
# Of the largest type of numbers.
_VALUE_BYTES = 8
_Shown = Sequence[tuple[Sequence[Colour], float | None]]


def shows(loader: Loader, drawn: Collection[Pair], least: int) -> bool:
    """Whether a loader shows enough of the images that were drawn.

    Args:
        loader: What a kernel said of it.
        drawn: The colours of each class.
        least: How many images there are for certain.
    """
    if not loader.batch_shape or loader.batch_shape[-1] != _CHANNELS:
        # It has no images, or none in colour, which is judged elsewhere.
        return True
    if len(loader.shown) < expected(loader, least):
        return False
    shown = [([_bright(pixel) for pixel in each.pixels], each.label) for each in loader.shown]
    turned = [([pixel[::-1] for pixel in pixels], label) for pixels, label in shown]
    return _matches(shown, drawn) or _matches(turned, drawn)


def expected(loader: Loader, least: int) -> int:
    """Return how many images must be shown.

    Whoever says that there are fewer than there are is believed here, and has too few images.
    """
    image = math.prod(axis or 0 for axis in (loader.batch_shape or ())[-3:]) * _VALUE_BYTES
    held = MAX_BYTES // max(image, 1)
    there = least if loader.images is None else loader.images
    return max(min(ENOUGH, there, held), 1)


def _matches(shown: _Shown, drawn: Collection[Pair]) -> bool:
    """Whether enough images of each label have drawn colours, and always the same ones.

    One label for all, as of a folder above the class folders, is no class of any image.
    """
    pairs = [(_pair(pixels), label) for pixels, label in shown]
    known = [(pair, label) for pair, label in pairs if pair in drawn]
    of = {
        label: {pair for pair, other in known if other == label}
        for _, label in shown
        if label is not None
    }
    one_each = all(len(found) == 1 for found in of.values())
    told_apart = len(set().union(*of.values())) == len(of) or len(drawn) > len(PAIRS)
    labelled = one_each and told_apart
    if not (labelled or len(of) == 1) or len(known) < max(1.0, LEAST * len(shown)):
        return False
    alike = len(known) - len(of) if of and labelled else 0
    # There may be too few of them to leave nothing to chance.
    return len(known) == len(shown) or _chance(len(shown), len(known), alike, drawn) < _RARE


def _chance(shown: int, known: int, alike: int, drawn: Collection[Pair]) -> float:
    """Return how likely it is that of some images of noise as many have drawn colours.

    Args:
        shown: How many images there are.
        known: How many of them have drawn colours, at least.
        alike: How many of those must have the same colours as another one of their label.
        drawn: The colours of each class.
    """
    kinds = len(set(drawn))
    one = kinds / len(PAIRS)
    many = (
        math.comb(shown, n) * one**n * (1 - one) ** (shown - n) for n in range(known, shown + 1)
    )
    # Channels may be in either order.
    return 2 * sum(many) / float(kinds**alike)


def _bright(values: Sequence[float | None]) -> Colour:
    """Say of each channel whether it is nearer to the brightest of them or to the darkest."""
    known = [0.0 if value is None else value for value in values]
    middle = (min(known, default=0.0) + max(known, default=0.0)) / 2
    return tuple(255 if value > middle else 0 for value in known)


def _pair(pixels: Iterable[Colour]) -> Pair:
    """Return the two colours that most of the pixels have: an image moved about has others, too."""
    counted = Counter(pixel for pixel in pixels if pixel in COLOURS)
    return frozenset(colour for colour, _ in counted.most_common(2))
