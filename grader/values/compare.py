"""Whether a value is what it should be, and if not, where it first differs.

Values of different kinds differ: a tuple is no list, a list is no array, a truth value is no
number. Numbers do not: 6, 6.0 and an array's item of 6 are alike. The sizes of an array's items
make no difference, either.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.values.records import Column, History, Opaque, Table
from grader.values.wording import kind_of, shown

_NUMBERS = (int, float, complex, np.number)
_TRUTHS = (bool, np.bool_)
_INEXACT = (float, complex, np.inexact)
# Of a long text, the part is shown in which it first differs, and so much before.
_SHORT, _BEFORE = 40, 10
_KINDS = {"b": "truth values", "S": "bytes", "U": "texts", "M": "dates", "m": "times"}


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far numbers may be from what they should be; whole numbers must be exact.

    Args:
        relative: Share of the expected number.
        absolute: In its own unit; the larger of the two counts.

    Raises:
        ValueError: One of them is no number from 0 on.
    """

    relative: float = 1e-6
    absolute: float = 1e-9

    def __post_init__(self) -> None:
        for far in (self.relative, self.absolute):
            if not isinstance(far, int | float) or not 0 <= far < math.inf:
                raise ValueError(f"a tolerance is a number from 0 on, found {far!r}")


def difference(expected: Any, actual: Any, tolerance: Tolerance = Tolerance()) -> str | None:
    """Say in a phrase how a value differs from what it should be; None if it does not.

    Args:
        expected: What it should be, as ``decode`` returns it.
        actual: What it is, likewise.
        tolerance: How far numbers may be off.
    """
    found = next(_Comparison(tolerance).differences(expected, actual, ""), None)
    if found is None:
        return None
    place, words = found
    return f"{words} at {place}" if place else words


Found = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Comparison:
    tolerance: Tolerance

    def differences(self, expected: Any, actual: Any, place: str) -> Found:
        """Yield where values differ, and how; those after the first may make no sense."""
        expected, actual = _scalar(expected), _scalar(actual)
        for kinds, compare in _BY_KIND:
            if isinstance(expected, kinds):
                # A truth value is derived from a whole number.
                truths = isinstance(expected, _TRUTHS), isinstance(actual, _TRUTHS)
                if isinstance(actual, kinds) and truths[0] == truths[1]:
                    yield from compare(self, expected, actual, place)
                else:
                    yield place, f"{_named(actual)}, not {_named(expected)}"
                return
        if type(expected) is not type(actual) or expected != actual:
            yield place, _not(actual, expected)

    def plain(self, expected: Any, actual: Any, place: str) -> Found:
        if expected != actual:
            yield place, _not(actual, expected)

    def texts(self, expected: Any, actual: Any, place: str) -> Found:
        if expected != actual:
            lengths = len(expected), len(actual)
            pairs = enumerate(zip(expected, actual, strict=False))
            first = next((n for n, (one, other) in pairs if one != other), min(lengths))
            start = max(0, first - _BEFORE) if max(lengths) > _SHORT else 0
            where = f"{place}[{start}:]" if start else place
            yield where, _not(actual[start:][:_SHORT], expected[start:][:_SHORT])

    def times(self, expected: Any, actual: Any, place: str) -> Found:
        if expected != actual and not (_not_a_time(expected) and _not_a_time(actual)):
            yield place, _not(actual, expected)

    def numbers(self, expected: Any, actual: Any, place: str) -> Found:
        exact = not isinstance(expected, _INEXACT) and not isinstance(actual, _INEXACT)
        alike = int(expected) == int(actual) if exact else self._close(expected, actual)
        if not alike:
            yield place, _not(actual, expected)

    def _close(self, expected: Any, actual: Any) -> bool:
        try:
            one, other = complex(expected), complex(actual)
        except OverflowError:
            return bool(expected == actual)
        return all(
            (math.isnan(e) and math.isnan(a))
            or math.isclose(e, a, rel_tol=0.0, abs_tol=self._within(one))
            for e, a in ((one.real, other.real), (one.imag, other.imag))
        )

    def _within(self, expected: complex) -> float:
        size = math.hypot(expected.real, expected.imag)
        relative = self.tolerance.relative * size if math.isfinite(size) else 0.0
        return max(relative, self.tolerance.absolute)

    def sequences(self, expected: Any, actual: Any, place: str) -> Found:
        if len(expected) != len(actual) or type(expected) is not type(actual):
            yield place, f"{kind_of(actual)}, not {kind_of(expected)}"
            return
        for n, pair in enumerate(zip(expected, actual, strict=True)):
            yield from self.differences(*pair, f"{place}[{n}]")

    def dictionaries(self, expected: Any, actual: Any, place: str) -> Found:
        for key in expected:
            if key not in actual:
                yield place, f"no key {shown(key)}"
        for key in actual:
            if key not in expected:
                yield place, f"a key {shown(key)} that does not belong there"
        for key in expected:
            yield from self.differences(expected[key], actual[key], f"{place}[{shown(key)}]")

    def sets(self, expected: Any, actual: Any, place: str) -> Found:
        lacking, more = expected - actual, actual - expected
        if lacking:
            yield place, f"{shown(min(lacking, key=shown))} is missing"
        elif more:
            yield place, f"{shown(min(more, key=shown))} does not belong there"

    def arrays(self, expected: NDArray[Any], actual: NDArray[Any], place: str) -> Found:
        if expected.shape != actual.shape:
            yield place, f"an array of shape {actual.shape}, not of shape {expected.shape}"
        elif (kinds := (_items(expected), _items(actual)))[0] != kinds[1]:
            yield place, f"an array of {kinds[1]}, not of {kinds[0]}"
        elif expected.dtype.fields is not None:
            for name in expected.dtype.names or ():
                yield from self.arrays(expected[name], actual[name], f"{place}[{name!r}]")
        else:
            yield from self._items(expected, actual, place)

    def _items(self, expected: NDArray[Any], actual: NDArray[Any], place: str) -> Found:
        wrong = self._wrong(expected, actual)
        if wrong.any():
            first = tuple(map(int, np.unravel_index(int(wrong.argmax()), wrong.shape)))
            where = f"{place}[{', '.join(map(str, first))}]" if first else place
            yield where, _not(actual[first], expected[first])

    def _wrong(self, expected: NDArray[Any], actual: NDArray[Any]) -> NDArray[np.bool_]:
        if expected.dtype.kind not in "fc" and actual.dtype.kind not in "fc":
            both_not = _not_a_time(expected) & _not_a_time(actual)
            return np.asarray((expected != actual) & ~both_not)
        with np.errstate(all="ignore"):
            size = np.abs(expected.astype(complex))
            within = np.where(np.isfinite(size), self.tolerance.relative * size, 0.0)
            within = np.maximum(within, self.tolerance.absolute)
            near = np.abs(expected.astype(complex) - actual.astype(complex)) <= within
        both_nan = np.isnan(expected) & np.isnan(actual)
        return np.asarray(~(near | (expected == actual) | both_nan))

    def columns(self, expected: Column, actual: Column, place: str) -> Found:
        if any(self.differences(expected.name, actual.name, "")):
            yield place, f"a column called {shown(actual.name)}, not {shown(expected.name)}"
        yield from self._rows(expected.index, actual.index, f"{place} row label ".lstrip())
        yield from self._rows(expected.values, actual.values, place)

    def tables(self, expected: Table, actual: Table, place: str) -> Found:
        if any(self.differences(expected.columns, actual.columns, "")):
            names = shown(actual.columns), shown(expected.columns)
            yield place, f"columns {names[0]}, not {names[1]}"
            return
        yield from self._rows(expected.index, actual.index, f"{place} row label ".lstrip())
        for name, one, other in zip(expected.columns, expected.data, actual.data, strict=True):
            yield from self._rows(one, other, f"{place}[{shown(name)}]")

    def _rows(self, expected: Any, actual: Any, place: str) -> Found:
        """Compare rows: whether they are in a list or an array is a matter of what they hold."""
        yield from self.sequences(_listed(expected), _listed(actual), place)


Compare = Callable[[_Comparison, Any, Any, str], Found]
_BY_KIND: tuple[tuple[Any, Compare], ...] = (
    (_TRUTHS, _Comparison.plain),
    # A span of time is derived from a number.
    (np.timedelta64, _Comparison.times),
    (np.datetime64, _Comparison.times),
    (_NUMBERS, _Comparison.numbers),
    (str, _Comparison.texts),
    (bytes, _Comparison.texts),
    (list, _Comparison.sequences),
    (tuple, _Comparison.sequences),
    # Not item by item: nothing bounds how many there are.
    (range, _Comparison.plain),
    (dict, _Comparison.dictionaries),
    ((set, frozenset), _Comparison.sets),
    (np.ndarray, _Comparison.arrays),
    (Table, _Comparison.tables),
    (Column, _Comparison.columns),
    # Which numbers its epochs have is no matter.
    (History, lambda by, e, a, at: by.dictionaries(e.history, a.history, f"{at}.history")),
)


def _scalar(value: Any) -> Any:
    """Return the one item of an array that has no axes; anything else as it is."""
    return value[()] if isinstance(value, np.ndarray) and not value.ndim else value


def _not_a_time(value: Any) -> Any:
    return np.isnat(value) if value.dtype.kind in "mM" else np.False_


def _named(value: Any) -> str:
    simple = isinstance(value, bool | int | float | complex | str | bytes | np.generic)
    return f"{shown(value)} ({kind_of(value)})" if simple else kind_of(value)


def _not(actual: Any, expected: Any) -> str:
    if isinstance(actual, Opaque) or isinstance(expected, Opaque):
        return f"{kind_of(actual)}, not {kind_of(expected)}"
    return f"{shown(actual)}, not {shown(expected)}"


def _items(array: NDArray[Any]) -> str:
    if array.dtype.fields is not None:
        return f"rows with the fields {', '.join(array.dtype.names or ())}"
    return _KINDS.get(array.dtype.kind, "numbers")


def _listed(rows: Any) -> list[Any]:
    return rows.tolist() if isinstance(rows, np.ndarray) else list(rows)
