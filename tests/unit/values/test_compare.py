"""Which values are alike, and how others are told apart."""

import math
from typing import Any

import numpy as np
import pytest
from any_values import ANYTHING
from hypothesis import given
from hypothesis import strategies as st

from grader.values.compare import Tolerance, difference
from grader.values.records import Column, Opaque, Table
from grader.values.wording import shown

ROWS = np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])
OTHER_ROWS = np.array([(1, 3.0)], dtype=[("a", "i8"), ("b", "f8")])
TABLE = Table(["a"], range(2), [np.array([1, 2])])


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (6, 6.0),
        (6, np.int64(6)),
        (6, np.array(6.0)),
        (0.3, 0.1 + 0.2),
        (1.0, np.float32(1.0000001)),
        (True, np.bool_(True)),  # noqa: FBT003 - that is the value
        ("a", np.str_("a")),
        (math.nan, math.nan),
        (math.inf, math.inf),
        (2**70, 2**70),
        (2.0**70, 2**70 + 1),
        (complex(1, math.nan), complex(1, math.nan)),
        ([1, (2.0, {"a": None})], [1.0, (2, {"a": None})]),
        ({1, 2}, frozenset({2, 1})),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (np.ones(3, np.uint8), np.ones(3)),
        (np.array([1.0, math.nan, -math.inf]), np.array([1.0, math.nan, -math.inf])),
        (np.array(["a"]), np.array(["a"], "U9")),
        (np.datetime64("2026-01-01"), np.datetime64("2026-01-01T00")),
        (np.array(["NaT"], "M8[D]"), np.array(["NaT"], "M8[D]")),
        (ROWS, ROWS.astype([("a", "i8"), ("b", "f4")])),
        (TABLE, Table(["a"], [0, 1], [[1, 2]])),
        (Column("a", range(1), [1]), Column("a", [0], np.array([1.0]))),
        (Opaque("a generator"), Opaque("a generator")),
    ],
    ids=repr,
)
def test_alike(expected: Any, actual: Any) -> None:
    assert difference(expected, actual) is None


@pytest.mark.parametrize(
    ("expected", "actual", "words"),
    [
        (6, 5, "5, not 6"),
        (2**70, 2**70 + 1, "not 1180591620717411303424"),
        (1.0, 1.001, "1.001, not 1.0"),
        (math.inf, 1e300, "1e+300, not inf"),
        (math.inf, -math.inf, "-inf, not inf"),
        (1, math.nan, "nan, not 1"),
        (1e-12, 1e-6, "1e-06, not 1e-12"),
        (1, True, "True (a truth value), not 1 (a whole number)"),
        (True, 1, "1 (a whole number), not True (a truth value)"),
        (1, "1", "'1' (a text), not 1 (a whole number)"),
        (1, None, "None, not 1 (a whole number)"),
        (None, 0, "0, not None"),
        ([1, 2, 3], (1, 2, 3), "a tuple of 3, not a list of 3"),
        ([1, 2, 3], [1, 2], "a list of 2, not a list of 3"),
        ([1, [2, 3]], [1, [2, 4]], "4, not 3 at [1][1]"),
        ([1], np.array([1]), "an array of shape (1,), not a list of 1"),
        (range(3), [0, 1, 2], "a list of 3, not a range"),
        (range(3), range(10**18), "range(0, 1000000000000000000, 1), not range(0, 3, 1)"),
        ({"a": 1}, {"a": 2}, "2, not 1 at ['a']"),
        ({"a": 1}, {}, "no key 'a'"),
        ({}, {"a": 1}, "a key 'a' that does not belong there"),
        ({1, 2}, {1, 3}, "2 is missing"),
        ({1}, {1, 3}, "3 does not belong there"),
        (np.ones((2, 3)), np.ones((3, 2)), "an array of shape (3, 2), not of shape (2, 3)"),
        (np.ones(2), np.array([1, 2]), "2, not 1.0 at [1]"),
        (np.ones(2), np.array(["a", "b"]), "an array of texts, not of numbers"),
        (np.array([True]), np.array([1]), "an array of numbers, not of truth values"),
        (np.array([1.0]), np.array([math.nan]), "nan, not 1.0 at [0]"),
        (np.array([[1, 2], [3, 4]]), np.array([[1, 2], [3, 5]]), "5, not 4 at [1, 1]"),
        (ROWS, OTHER_ROWS, "3.0, not 2.0 at ['b'][0]"),
        (ROWS, ROWS[["a"]], "rows with the fields a, not of rows with the fields a, b"),
        (TABLE, Table(["b"], range(2), TABLE.data), "columns ['b'], not ['a']"),
        (TABLE, Table(["a"], range(2), [[1, 3]]), "3, not 2 at ['a'][1]"),
        (TABLE, Table(["a"], [5, 6], TABLE.data), "5, not 0 at row label [0]"),
        (TABLE, [1, 2], "a list of 2, not a table of 2 rows and 1 columns"),
        (Column("a", [0], [1]), Column("b", [0], [1]), "a column called 'b', not 'a'"),
        (np.datetime64("2026-01-01"), np.datetime64("2026-01-02"), "2026-01-02, not 2026-01-01"),
        (np.timedelta64(1, "D"), 1, "1 (a whole number), not 1 days (a span of time)"),
        ("a" * 50 + "b", "a" * 50 + "c", "'aaaaaaaaaac', not 'aaaaaaaaaab' at [40:]"),
        ("a" * 100, "a" * 99, "'aaaaaaaaaa', not 'aaaaaaaaaaa' at [89:]"),
        (["short"], ["shirt"], "'shirt', not 'short' at [0]"),
        (b"a" * 50, b"b" * 50, "not b'aaaa"),
        (2**1000, 2**1001, "a whole number of 1002 bits, not a whole number of 1001 bits"),
        (1, Opaque("a generator"), "a generator, not 1 (a whole number)"),
    ],
    ids=repr,
)
def test_what_differs_is_told(expected: Any, actual: Any, words: str) -> None:
    assert words in (difference(expected, actual) or "")


@given(st.floats(1e-3, 1e9) | st.floats(-1e9, -1e-3), st.floats(1e-9, 1e-3))
def test_a_number_may_be_off_by_the_tolerance(number: float, relative: float) -> None:
    tolerance = Tolerance(relative=relative, absolute=0.0)
    assert difference(number, number * (1 + relative / 2), tolerance) is None


@pytest.mark.parametrize("far", [-1, math.nan, math.inf, "0.1", None])
def test_a_tolerance_is_a_number_from_0_on(far: Any) -> None:
    with pytest.raises(ValueError, match="a number from 0 on"):
        Tolerance(relative=far)
    with pytest.raises(ValueError, match="a number from 0 on"):
        Tolerance(absolute=far)


def test_a_column_that_is_called_like_an_array_is_another_one() -> None:
    name: Any = np.array([1, 2])
    right, found = (Column(each, range(1), [1]) for each in ("a", name))
    assert difference(right, found) == "a column called array([1, 2]), not 'a'"


def test_a_table_with_a_column_that_is_called_like_an_array_is_another_one() -> None:
    name: Any = np.array([1, 2])
    right, found = (Table([each], range(1), [[1]]) for each in ("a", name))
    assert difference(right, found) == "columns [array([1, 2])], not ['a']"


@pytest.mark.parametrize("off", [1, 5])
def test_a_whole_number_must_be_exact(off: int) -> None:
    assert difference(10**12, 10**12 + off, Tolerance(relative=0.1)) is not None


@given(ANYTHING, ANYTHING)
def test_any_two_values_can_be_compared_and_shown(expected: Any, actual: Any) -> None:
    assert difference(expected, expected) is None or expected != expected  # noqa: PLR0124
    words = difference(expected, actual) or ""
    assert len(words) < 2_000
    assert len(shown(actual)) < 500


def test_a_number_of_which_no_text_can_be_made_is_told() -> None:
    assert difference({10**5_000}, {1}) == "a whole number of 16610 bits is missing"
