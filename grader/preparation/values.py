"""Finds how the numbers of an array were computed from those of another, sample by sample."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from grader.preparation.estimates import AffineEstimate, resembles
from grader.preparation.exact import makes, same, some
from grader.preparation.features import FIRST, Features, picked, telling
from grader.preparation.records import Step
from grader.preparation.scalars import scalings
from grader.preparation.steps import AXES, Known, References, applied, changes

if TYPE_CHECKING:
    from grader.preparation.records import Array

Steps = tuple[Step, ...]
_TYPES = ("float32", "float64")
_SCALED: tuple[Steps, ...] = ((), (Step("Divide", {"by": 255.0}),))
# What is added to a deviation, lest it be zero.
_EPSILONS = (0.0, 1e-8, 1e-7, 1e-6, 1e-5)
_FEW = 500
# More than this would end kernels that have room for the samples themselves: it is enough for the
# 50,000 images of keras.datasets.cifar10 as 64-bit numbers.
MOST_BYTES = 5 * 2**29


def find(references: References, given: "Array") -> Steps | None:
    """Return the steps that make an array, to the last bit; None if none are known to.

    Args:
        references: What statistics may be of, by the split's name; what the array is made of is
            that for None, sample by sample, each of the array's shape.
        given: The array.
    """
    known: Known = {}
    places = telling(given, FIRST)
    features, shown = Features(references, places), picked(given, places)
    for steps in _guesses(references, given):
        # Of all features, statistics take long.
        if _is_by_feature(steps) and not same(features.changed(steps), shown):
            continue
        if _bytes_of_statistics(steps, references) > MOST_BYTES:
            continue
        if makes(steps, references, given, known):
            return steps
    return None


def _bytes_of_statistics(steps: Steps, references: References) -> int:
    """Return how much memory it takes to compute the statistics of steps, as NumPy does it."""
    size, taken = references[None].dtype.itemsize, 0
    for step in steps:
        if step.part == "Cast":
            size = np.dtype(step.arguments["dtype"]).itemsize
        elif "of" in step.arguments:
            # The numbers and their squared distances from the mean; if centred first, those, too.
            copies = 3 if step.arguments.get("centred") else 2
            taken = max(taken, copies * size * references[step.arguments["of"]].size)
    return taken


def _is_by_feature(steps: Steps) -> bool:
    return "samples" in {step.arguments.get("axes") for step in steps}


def _guesses(references: References, given: "Array") -> Iterator[Steps]:
    source, target = references[None], given.dtype.name
    yield ()
    yield (Step("Cast", {"dtype": target}),)
    if not np.issubdtype(given.dtype, np.floating):
        return
    line = AffineEstimate.of(some(source), some(given))
    if line is not None:
        yield from framed(scalings(line), source.dtype.name, target)
    few = {name: some(array, _FEW) for name, array in references.items()}
    # Without channels there are features only; and changed alike, all numbers lie on a line.
    unlikely = {"channels"} if source.ndim <= 2 else set()  # noqa: PLR2004
    unlikely |= {"all"} if line is None else set()
    for axes, of in product(AXES, references):
        if axes not in unlikely:
            chains = _likely(few, some(some(given, _FEW)), axes, of)
            yield from framed(chains, source.dtype.name, target)


def framed(chains: Iterable[Steps], source: str, target: str) -> Iterator[Steps]:
    """Yield each chain as computed in one of the usual types: cast before it, and after it.

    Args:
        chains: Steps that need real numbers.
        source: Type of what they begin with.
        target: Type of what they end with.
    """
    for chain in chains:
        for dtype in dict.fromkeys((target, *_TYPES)):
            before = () if dtype == source else (Step("Cast", {"dtype": dtype}),)
            after = () if dtype == target else (Step("Cast", {"dtype": target}),)
            yield (*before, *chain, *after)


def by_feature(splits: Iterable[str], source: str, target: str) -> Iterator[Steps]:
    """Yield the usual ways in which each feature is changed by itself.

    Args:
        splits: Names of those that statistics may be of.
        source: Type of what they begin with.
        target: Type of what they end with.
    """
    yield ()
    yield (Step("Cast", {"dtype": target}),)
    if np.issubdtype(target, np.floating):
        for of in splits:
            for chains in _statistics("samples", of).values():
                yield from framed(chains, source, target)


def _statistics(axes: str, of: str | None) -> dict[str, list[Steps]]:
    """Return the usual ways to write down each change that takes statistics."""
    common = {"axes": axes, "of": of}
    exact = product(_EPSILONS, (False, True))
    return {
        "Standardize": [
            (Step("Standardize", common | {"epsilon": epsilon, "centred": centred}),)
            for epsilon, centred in exact
        ],
        "MinMax": [(Step("MinMax", common),)],
        "Center": [(Step("Center", common),)],
    }


def _likely(few: References, given: "Array", axes: str, of: str | None) -> Iterator[Steps]:
    """Yield chains with statistics that come near to an array.

    Args:
        few: Some samples of what statistics may be of.
        given: Some samples of the array, made of the same ones of what stands for None.
        axes: What statistics are taken over.
        of: What they are of.
    """
    for part, chains in _statistics(axes, of).items():
        rough = Step(part, {"axes": axes, "of": of})
        for scaled in _SCALED:
            steps = (Step("Cast", {"dtype": "float64"}), *scaled, rough)
            near = applied(changes(steps, few), some(few[None]))
            if resembles(near, given):
                yield from ((*scaled, *chain) for chain in chains)
