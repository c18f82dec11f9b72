"""How often right submissions fail by bad luck: shares of failures, and how sure they are."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from scipy.stats import binomtest

from tests.prove.results import BEFORE, MOST_EPOCHS

# As many seeds as are published.
TRIES = 3
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1, and the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{_percent(self.value)} ({_percent(self.low)} to {_percent(self.high)})"


def with_one(failed: int, seeds: int) -> Share:
    """Return the share of failures with one seed; the interval is Clopper and Pearson's.

    Args:
        failed: Seeds that failed.
        seeds: All seeds that were tried.
    """
    interval = binomtest(failed, seeds).proportion_ci(CONFIDENCE, method="exact")
    return Share(failed / seeds, float(interval.low), float(interval.high))


def with_several(failed: int, seeds: int, tries: int = TRIES) -> Share:
    """Return the share of failures where several seeds are tried, and all of them have to fail.

    It is the exact share of all choices of so many seeds, an unbiased estimate; the interval is
    that of one seed, to the power of the tries.

    Args:
        failed: Seeds that failed.
        seeds: All seeds that were tried.
        tries: Seeds of a choice.
    """
    one = with_one(failed, seeds)
    return Share(comb(failed, tries) / comb(seeds, tries), one.low**tries, one.high**tries)


def failures(epochs: Sequence[int]) -> int:
    """Count those that did not reach the target in time."""
    return sum(each >= BEFORE for each in epochs)


def spread(epochs: Sequence[int]) -> str:
    """Write the median and the range of epochs, of a training that never got there as ``never``."""
    most = "never" if max(epochs) > MOST_EPOCHS else str(max(epochs))
    return f"{statistics.median(epochs):g} ({min(epochs)} to {most})"


def table(epochs: Mapping[str, Mapping[int, int]]) -> str:
    """Write a line for each architecture, and one for all together.

    Args:
        epochs: By architecture and seed, after how many epochs the target was reached.
    """
    heads = (
        "architecture",
        "epochs",
        "failed",
        "one seed fails",
        "three seeds fail",
        "published seeds",
    )
    rows = [_row(name, found) for name, found in epochs.items()]
    return lines(heads, [*rows, _all(list(epochs.values()))])


def _row(name: str, found: Mapping[int, int]) -> Sequence[str]:
    seeds, failed = len(found), failures(list(found.values()))
    several = str(with_several(failed, seeds)) if seeds >= TRIES else ""
    passing = (str(seed) for seed in range(1, TRIES + 1) if found.get(seed, BEFORE) < BEFORE)
    first = next(passing, None)
    published = f"passes with {first}" if first else "none passes"
    one = str(with_one(failed, seeds))
    return (name, spread(list(found.values())), f"{failed} of {seeds}", one, several, published)


def _all(found: Sequence[Mapping[int, int]]) -> Sequence[str]:
    epochs = [each for one in found for each in one.values()]
    failed = failures(epochs)
    passed = sum(any(one.get(s, BEFORE) < BEFORE for s in range(1, TRIES + 1)) for one in found)
    mean = ""
    if all(len(one) >= TRIES for one in found):
        each = [with_several(failures(list(one.values())), len(one)).value for one in found]
        mean = _percent(statistics.mean(each))
    one = str(with_one(failed, len(epochs)))
    passes = f"{passed} of {len(found)} pass"
    return ("all", spread(epochs), f"{failed} of {len(epochs)}", one, mean, passes)


def lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table."""
    every = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in every)


def _percent(share: float) -> str:
    """Write a share with two digits that count; what is no more than a hair is not nothing."""
    percent = 100 * share
    if percent == 0 or percent >= 10:
        return f"{percent:.0f} %"
    return f"{percent:.2g} %" if percent >= 0.001 else "< 0.001 %"
