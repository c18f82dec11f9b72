"""What stands for values that Python itself has no plain type for."""

from dataclasses import dataclass
from typing import Any

from numpy import ndarray


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value of another kind than can be compared, in words such as "a generator"."""

    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column with labels, as a pandas Series is.

    Args:
        name: Its name, None where it has none.
        index: Label of each row: a list, a range or an array.
        values: The rows, an array or a list.
    """

    name: Any
    index: Any
    values: Any


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of equal length, as a pandas DataFrame is.

    Args:
        columns: Names of the columns.
        index: Label of each row: a list, a range or an array.
        data: Each column's rows, an array or a list.
    """

    columns: list[Any]
    index: Any
    data: list[Any]


def can_change(value: object) -> bool:
    """Whether something that has items can be changed in its place: it, or what it holds."""
    if isinstance(value, Table | Column):
        return True
    if isinstance(value, ndarray):
        return value.size > 0
    if isinstance(value, tuple):
        return any(map(can_change, value))
    return isinstance(value, list | set | dict) and bool(value)
