"""Where the joints of a limb are: each part of it is turned against the one before."""

from collections.abc import Sequence
from typing import TypeAlias

from grader.drawing.brush import Point
from grader.drawing.turning import cosine_and_sine

# How long a part is, and by how much it is turned forwards: the tangent of half the angle.
Part: TypeAlias = tuple[float, float]


def joints(start: Point, parts: Sequence[Part], side: float = 1.0) -> list[Point]:
    """Return where a limb begins, bends and ends; without a turn, it hangs straight down.

    Args:
        start: Where it begins.
        parts: What it is made of.
        side: -1.0 to turn it the other way.
    """
    (x, y), (dx, dy) = start, (0.0, 1.0)
    found = [start]
    for length, turn in parts:
        cosine, sine = cosine_and_sine(turn * side)
        dx, dy = cosine * dx + sine * dy, cosine * dy - sine * dx
        x, y = x + length * dx, y + length * dy
        found.append((x, y))
    return found


def between(one: Point, other: Point, share: float) -> Point:
    """Return a point on the way from one to the other."""
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
