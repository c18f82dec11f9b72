"""Shares as percentages, in all that is said of a submission."""

import math

# Keras logs 32-bit floats: of 46 of 80 images it says 0.57499998807907104.
_NOISE = 1e-5
_ODD = 1e6  # no share; a student's metric named accuracy may return anything


def percent(share: float) -> str:
    """Write a share as a percentage of at most two decimals.

    It is rounded to the nearest; or down, where rounding up would make it a rounder number: a near
    miss never reads as a hit.

    Args:
        share: Usually from 0 to 1.
    """
    if abs(share) >= _ODD:
        return f"{share:.3g}"
    exact = share * 100
    # Half a hundredth goes up, whether it is a hair more or less.
    nearest = math.floor((exact + _NOISE) * 100 + 0.5) / 100
    if nearest > exact + _NOISE and nearest == round(nearest, 1):
        nearest = math.floor(exact * 100) / 100
    return f"{nearest:g}%"
