"""Tables of pandas, where a notebook has it; the kit does not need it."""

import importlib
import sys
from typing import Any

from grader.inspection.bounded import is_of
from grader.values.records import Column, Table

COLUMN, TABLE = "column", "table"
_MOST_COLUMNS = 1_000


def taken_apart(value: Any) -> tuple[Any, ...] | None:
    """Return a tag and the parts of a table or of a column; None for anything else.

    Args:
        value: Anything; tables of the grader's own are written down as pandas' are.
    """
    if is_of(value, Table):
        return TABLE, value.columns, value.index, value.data
    if is_of(value, Column):
        return COLUMN, value.name, value.index, value.values
    pandas = sys.modules.get("pandas")
    if _is(value, pandas, "DataFrame"):
        columns = list(value.columns)[:_MOST_COLUMNS]
        data = [_rows(value.iloc[:, place]) for place in range(len(columns))]
        return TABLE, columns, _labels(value.index, pandas), data
    if _is(value, pandas, "Series"):
        return COLUMN, value.name, _labels(value.index, pandas), _rows(value)
    return None


def _is(value: Any, pandas: Any, name: str) -> bool:
    kind = getattr(pandas, name, None)
    return isinstance(kind, type) and is_of(value, kind)


def _labels(index: Any, pandas: Any) -> Any:
    if _is(index, pandas, "RangeIndex"):
        return range(index.start, index.stop, index.step)
    return _rows(index)


def _rows(column: Any) -> Any:
    """Return what is in a column: an array, or a list of Python's own objects."""
    found = column.to_numpy()
    return found.tolist() if found.dtype.hasobject else found


def put_together(value: Any) -> Any:
    """Make pandas' own of a table or of a column; return anything else as it is.

    Args:
        value: As it was read.

    Raises:
        ImportError: There is no pandas here.
    """
    if not isinstance(value, Table | Column):
        return value
    pandas = importlib.import_module("pandas")
    if isinstance(value, Column):
        return pandas.Series(value.values, index=value.index, name=value.name)
    frame = pandas.DataFrame(dict(enumerate(value.data)), index=value.index)
    frame.columns = value.columns
    return frame
