"""Finds how samples of one shape became samples of another."""

from collections.abc import Iterator, Sequence
from itertools import permutations
from math import prod

from grader.preparation.records import Step

# More axes can be exchanged in more ways than anybody uses.
_MAX_EXCHANGED = 3


def reshapings(source: Sequence[int], given: Sequence[int]) -> Iterator[tuple[Step, ...]]:
    """Yield the ways from one shape of a sample to another, the plainest first.

    Args:
        source: Shape of a sample of the dataset, without the axis of samples.
        given: Shape of one that ``fit`` was given.
    """
    if prod(source) != prod(given):
        return
    places = tuple(range(1, len(source) + 1))
    orders = permutations(places) if len(places) <= _MAX_EXCHANGED else iter((places,))
    for order in orders:
        shape = tuple(source[axis - 1] for axis in order)
        exchanged = () if order == places else (Step("Transpose", {"axes": order}),)
        reshaped = () if shape == tuple(given) else (Step("Reshape", {"shape": tuple(given)}),)
        yield (*exchanged, *reshaped)
