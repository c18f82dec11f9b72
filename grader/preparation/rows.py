"""Finds which samples of a split an array has, in whichever order, before their values are known.

What orders the numbers within a sample is kept by any scaling, shift or standardisation of a whole
array, so samples are told apart by it.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from grader.preparation.features import picked, varied
from grader.preparation.records import RowNumbers, RowRange, Rows

if TYPE_CHECKING:
    from grader.preparation.records import Array

MAX_NUMBERS = 100_000
_PAIRS = 256
# So many show of most arrays that the samples are not there.
_FIRST = 16


def usual(total: int, count: int) -> Iterator[Rows]:
    """Yield the rows that an array is likely to have: all, the first ones, the last ones.

    Args:
        total: Samples of the split.
        count: Samples of the array, at most as many.
    """
    yield RowRange(0, count)
    if count < total:
        yield RowRange(total - count, total)


def by_order(source: "Array", given: "Array", labels: Sequence["Array"]) -> Iterator[Rows]:
    """Yield the rows by what orders the numbers within each sample; nothing if they are not there.

    Args:
        source: The split's samples (samples, ...).
        given: The array's, each of as many numbers.
        labels: Of both, whole numbers (samples,), which tell apart samples that are alike; none
            where there are no such labels.
    """
    columns = varied(given)
    if len(columns) < 2:  # noqa: PLR2004 - nothing has an order
        return
    drawn = np.random.default_rng(0)
    pairs = drawn.choice(columns, (2, _PAIRS))
    for count in (_FIRST, _PAIRS):
        orders = [_orders(each, *pairs[:, :count]) for each in (source, given)]
        if not holds(*orders):
            return
    yield from _matches(orders, labels)


def _orders(array: "Array", left: "Array", right: "Array") -> "Array":
    one, other = picked(array, left), picked(array, right)
    return np.packbits(np.hstack([one < other, one > other]), axis=1)


def by_values(source: "Array", given: "Array", labels: Sequence["Array"]) -> Iterator[Rows]:
    """Yield the rows by the numbers of each sample, equal to the last bit.

    Args:
        source: The split's samples, changed as the array's are (samples, features).
        given: The array's (samples, features).
        labels: As for ``by_order``.
    """
    yield from _matches([source, given], labels)


def _matches(arrays: Sequence["Array"], labels: Sequence["Array"]) -> Iterator[Rows]:
    """Yield rows that have the same labels as well, and those that may have others."""
    for marks in (labels, ()) if labels else ((),):
        found = _matched(*_keys(arrays, marks))
        if found is not None:
            yield found


def holds(source: "Array", given: "Array") -> bool:
    """Whether the first sample of an array (samples, features) is among those of a split."""
    left = np.arange(len(source))
    for column, number in zip(source.T, given[0], strict=True):
        left = left[column[left] == number]
    return len(left) > 0


def _keys(arrays: Sequence["Array"], labels: Sequence["Array"]) -> Iterator[list[bytes]]:
    for place, array in enumerate(arrays):
        rows = np.ascontiguousarray(array).reshape(len(array), -1).view(np.uint8)
        if labels:
            marks = labels[place].astype(np.int64).reshape(-1, 1).view(np.uint8)
            rows = np.hstack([rows, marks])
        yield [row.tobytes() for row in rows]


def _matched(source: Sequence[bytes], given: Sequence[bytes]) -> Rows | None:
    """Return where each sample is; of those that are alike, each is taken once, in order."""
    places: defaultdict[bytes, deque[int]] = defaultdict(deque)
    for place, key in enumerate(source):
        places[key].append(place)
    if not all(key in places for key in given):
        return None
    numbers = []
    for key in given:
        if not places[key]:
            return None
        numbers.append(places[key].popleft())
    return compact(numbers)


def compact(numbers: Sequence[int]) -> Rows | None:
    """Write row numbers down as a range if they are one; None of too many that are none."""
    start, last, count = numbers[0], numbers[-1], len(numbers)
    step = numbers[1] - start if count > 1 else 1
    if step > 0 and list(numbers) == list(range(start, last + 1, step)):
        return RowRange(start, last + 1, step)
    return RowNumbers(tuple(numbers)) if count <= MAX_NUMBERS else None
