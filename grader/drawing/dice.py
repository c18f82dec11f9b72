"""Random numbers that are the same on every machine and with every library: 64-bit integers.

It is the generator SplitMix64, whose numbers follow from where it is by whole numbers alone.
"""

import numpy as np
from numpy.typing import NDArray

from grader.canvas import Plane

_STEP = 0x9E3779B97F4A7C15
_MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_WORD = 1 << 64
# Of 64 random bits, a float holds 53.
_UNUSED, _UNIT = 11, 1.0 / (1 << 53)


class SplitMix:
    """A sequence of random numbers.

    Args:
        seed: Where it begins; other whole numbers give other sequences.
    """

    def __init__(self, *seed: int) -> None:
        self._state = 0
        for number in seed:
            self._state = (self._next() ^ number) % _WORD

    def between(self, low: float, high: float) -> float:
        """Return a number from ``low`` to ``high``."""
        return low + (high - low) * ((self._next() >> _UNUSED) * _UNIT)

    def below(self, count: int) -> int:
        """Return a whole number from 0, less than ``count``."""
        return self._next() % count

    def percent(self, chance: int) -> bool:
        """Whether what happens in so many of a hundred cases happens."""
        return self.below(100) < chance

    def plane(self, height: int, width: int) -> Plane:
        """Return as many numbers from 0 to 1 (height, width)."""
        start = np.asarray(self._next(), dtype=np.uint64)
        places = np.arange(1, height * width + 1, dtype=np.uint64)
        found = _mixed(start + places * np.asarray(_STEP, dtype=np.uint64))
        bits = (found >> np.asarray(_UNUSED, dtype=np.uint64)).astype(np.float64)
        return (bits * _UNIT).reshape(height, width)

    def _next(self) -> int:
        self._state = (self._state + _STEP) % _WORD
        mixed = self._state
        for shift, factor in zip((30, 27), _MIX, strict=True):
            mixed = ((mixed ^ (mixed >> shift)) * factor) % _WORD
        return mixed ^ (mixed >> 31)


def _mixed(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    # Products of arrays of 64 bits are what is left of them by 2**64, as above.
    for shift, factor in zip((30, 27), _MIX, strict=True):
        words = (words ^ (words >> np.asarray(shift, dtype=np.uint64))) * np.asarray(
            factor, dtype=np.uint64
        )
    return words ^ (words >> np.asarray(31, dtype=np.uint64))
