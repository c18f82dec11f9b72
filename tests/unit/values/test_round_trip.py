"""What is written down is read as it was."""

import sys
from collections import Counter, OrderedDict, namedtuple
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from any_values import ANYTHING, ARRAYS
from hypothesis import given
from hypothesis import strategies as st

from grader.values.compare import Tolerance, difference
from grader.values.decode import decode
from grader.values.encode import MAX_ITEMS, TooLargeError, encode
from grader.values.pandas_tables import put_together
from grader.values.records import Column, Opaque, Table

EXACT = Tolerance(0.0, 0.0)
Pair = namedtuple("Pair", "one other")  # noqa: PYI024 - what students write


@given(ANYTHING)
def test_a_value_is_read_as_it_was(value: Any) -> None:
    again = decode(encode(value))
    assert type(again) is type(value)
    assert difference(value, again, EXACT) is None


@given(ARRAYS)
def test_an_array_is_read_as_it_was(array: Any) -> None:
    again = decode(encode(array))
    assert (again.dtype, again.shape, again.tobytes()) == (
        array.dtype,
        array.shape,
        array.tobytes(),
    )
    assert again.flags.writeable


def test_a_structured_array_is_read_as_it_was() -> None:
    rows = np.array([(1, "a", 2.5)], dtype=[("n", "i4"), ("name", "U3"), ("x", "f8")])
    again = decode(encode(rows[["n", "x"]]))
    assert again.tolist() == [(1, 2.5)]
    assert decode(encode(rows))["name"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (OrderedDict(a=1), {"a": 1}),
        (Counter("aab"), {"a": 2, "b": 1}),
        (Pair(1, 2), (1, 2)),
        (np.str_("a"), "a"),
        (np.float64(0.5), 0.5),
        (np.array([[1, 2]]).view(np.recarray), np.array([[1, 2]])),
        (range(1, 9, 2), range(1, 9, 2)),
        (np.array([[1, 2], [3, 4]]).T, np.array([[1, 3], [2, 4]])),
    ],
)
def test_what_is_derived_from_a_plain_kind_is_read_as_that(value: Any, plain: Any) -> None:
    assert difference(plain, decode(encode(value)), EXACT) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (object(), "an object"),
        (len, "the function len"),
        (iter(()), "a tuple_iterator"),
        (np.array([object()]), "an array of object"),
        (np.array([1], dtype=np.longdouble), f"an array of {np.dtype(np.longdouble).name}"),
    ],
)
def test_what_cannot_be_compared_is_told_in_words(value: Any, words: str) -> None:
    assert decode(encode(value)) == Opaque(words)


def test_a_list_that_contains_itself_is_too_large() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(TooLargeError):
        encode(value)


@pytest.mark.parametrize(
    "value",
    [
        "x" * 10**8,
        b"x" * 10**8,
        list(range(MAX_ITEMS + 1)),
        dict.fromkeys(range(MAX_ITEMS + 1)),
        set(range(MAX_ITEMS + 1)),
        [["x" * 100] * 100] * 100,
        np.zeros(10**8, np.uint8),
        np.broadcast_to(np.uint8(1), (10**6, 10**6)),
        1 << 10**7,
    ],
    ids=["text", "bytes", "list", "dict", "set", "in all", "array", "broadcast", "number"],
)
def test_what_is_too_long_is_not_written_down(value: Any) -> None:
    with pytest.raises(TooLargeError):
        encode(value)


class Lies:
    """Says of itself that it is a list, and equal to everything."""

    __module__ = "pandas.core.frame"

    __class__ = list  # type: ignore[assignment]

    def __eq__(self, _: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)


class Endless(list[int]):
    def __iter__(self) -> Any:
        return iter(int, 1)

    def __len__(self) -> int:
        return 3


class Text(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "another"

    def __eq__(self, _: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def test_a_class_that_lies_is_not_asked() -> None:
    assert decode(encode(Lies())) == Opaque("a Lies")
    assert decode(encode(Endless([1, 2]))) == [1, 2]
    assert decode(encode(Text("mine"))) == "mine"


@given(
    st.lists(st.text(max_size=3), min_size=1, max_size=3),
    st.lists(st.integers(0, 9), max_size=4),
)
def test_a_table_is_read_as_it_was(columns: list[str], rows: list[int]) -> None:
    data = [np.array(rows), *[[str(n) for n in rows]] * (len(columns) - 1)]
    table = Table(columns, range(len(rows)), data)
    assert difference(table, decode(encode(table)), EXACT) is None


class Index(list[Any]):
    def to_numpy(self) -> Any:
        return np.array(self)


class Series:
    def __init__(self, values: Any, index: Any = None, name: Any = None) -> None:
        self.values, self.index, self.name = values, Index(index), name

    def to_numpy(self) -> Any:
        return np.asarray(self.values)


class DataFrame:
    def __init__(self, data: dict[int, Any], index: Any) -> None:
        self.data, self.columns, self.index = data, Index(data), Index(index)

    @property
    def iloc(self) -> Any:
        frame = self

        class Located:
            def __getitem__(self, place: tuple[slice, int]) -> Series:
                return Series(frame.data[place[1]], frame.index)

        return Located()


@pytest.fixture
def pandas(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Stand in for pandas, which the kit does not need."""
    module = ModuleType("pandas")
    vars(module).update(Series=Series, DataFrame=DataFrame)
    monkeypatch.setitem(sys.modules, "pandas", module)
    return module


@pytest.mark.usefixtures("pandas")
def test_tables_of_pandas_go_into_a_kernel_and_come_out_of_it() -> None:
    table = Table(["a", "b"], [10, 20], [np.array([1, 2]), np.array([True, False])])
    inside = decode(encode(table), put_together)
    assert type(inside) is DataFrame
    assert difference(table, decode(encode(inside)), EXACT) is None


@pytest.mark.usefixtures("pandas")
def test_columns_of_pandas_go_into_a_kernel_and_come_out_of_it() -> None:
    column = Column("a", ["x", "y"], np.array([1.5, 2.5]))
    inside = decode(encode([column]), put_together)
    assert type(inside[0]) is Series
    assert difference([column], decode(encode(inside)), EXACT) is None
