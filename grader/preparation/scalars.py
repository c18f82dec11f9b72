"""The usual ways to write that numbers are scaled and shifted; each ends in other last digits."""

from collections.abc import Iterator

from grader.preparation.estimates import AffineEstimate
from grader.preparation.records import LEAST_FACTOR, MOST_FACTOR, Step

# What the numbers of an image are divided by, before they are scaled further.
_IMAGES = (255.0, 256.0)
_DIGITS = (1, 2, 3, 4, 5)
_CLOSE = 1e-3


def scalings(line: AffineEstimate) -> Iterator[tuple[Step, ...]]:
    """Yield the ways to come to a line.

    Args:
        line: Estimated, so that its numbers are rounded to those that somebody writes.
    """
    for steps in _all(line):
        if all(LEAST_FACTOR <= abs(step.arguments["by"]) <= MOST_FACTOR for step in steps):
            yield steps


def _all(line: AffineEstimate) -> Iterator[tuple[Step, ...]]:
    for divisor in written(1 / line.slope):
        yield (_step("Divide", divisor),)
        yield (_step("Multiply", 1 / divisor),)
    for factor in written(line.slope):
        yield (_step("Multiply", factor),)
    if line.offset:
        yield from _shifted(line)


def _shifted(line: AffineEstimate) -> Iterator[tuple[Step, ...]]:
    for divisor in written(1 / line.slope):
        for added in written(line.offset):
            yield _step("Divide", divisor), _step("Add", added)
            yield _step("Multiply", 1 / divisor), _step("Add", added)
        for added in written(line.offset / line.slope):
            yield _step("Add", added), _step("Divide", divisor)
            yield _step("Add", added), _step("Multiply", 1 / divisor)
    for image in _IMAGES:
        for factor in written(line.slope * image):
            yield from _twice(image, factor, line.offset)


def _twice(image: float, factor: float, offset: float) -> Iterator[tuple[Step, ...]]:
    """Yield the ways to divide by what images have, and then to scale and shift."""
    first = _step("Divide", image)
    for added in written(offset):
        yield first, _step("Multiply", factor), _step("Add", added)
    for added in written(offset / factor):
        yield first, _step("Add", added), _step("Multiply", factor)
        for divisor in written(1 / factor):
            yield first, _step("Add", added), _step("Divide", divisor)


def written(estimate: float) -> tuple[float, ...]:
    """Return the short numbers that are near to an estimate, the shortest first.

    Args:
        estimate: Finite, and not zero.
    """
    rounded = (float(f"{estimate:.{digits}g}") for digits in _DIGITS)
    near = (each for each in rounded if abs(each - estimate) <= _CLOSE * abs(estimate))
    return tuple(dict.fromkeys(near))


def _step(part: str, by: float) -> Step:
    return Step(part, {"by": by})
