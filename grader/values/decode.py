"""Reads values that were written down, by whomever: nothing is believed of what it says."""

import base64
import json
import math
from collections.abc import Callable
from typing import Any

from numpy import frombuffer, ndarray
from numpy.typing import NDArray

from grader.values import colour_models, dtypes, made_folders
from grader.values.encode import MAX_DEPTH, MAX_ITEMS
from grader.values.records import ColourModel, Column, History, Opaque, Table

_FLOATS = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}
_MAX_AXES = 32
# A range takes no room, however long.
MAX_ROWS = 1_000_000
_MAX_WORDS = 500
# Whatever Python and NumPy raise for what is not as it should be.
_UNREADABLE = (ValueError, TypeError, LookupError, RecursionError, OverflowError, MemoryError)
Made = Callable[[Any], Any]


class UnreadableError(ValueError):
    """A text that is no value written down."""


def decode(text: str, made: Made = lambda value: value) -> Any:
    """Read a value.

    Args:
        text: As ``encode`` wrote it, or anything else.
        made: Is given each table, column, history, model and folder that was read, and returns what
            is to take its place.

    Returns:
        Plain values, arrays, what ``grader.values.records`` has, and ``Opaque`` for what was of no
        known kind.

    Raises:
        UnreadableError: It is no such text.
    """
    try:
        return _Decoder(made).value(json.loads(text, parse_constant=_refuse), MAX_DEPTH)
    except _UNREADABLE as error:
        raise UnreadableError(f"not a value written down: {error}") from None


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number of JSON")


class _Decoder:
    def __init__(self, made: Made) -> None:
        self._made = made
        self._items = MAX_ITEMS

    def value(self, tree: Any, depth: int) -> Any:
        self._items -= 1
        if depth < 0 or self._items < 0:
            raise ValueError("too many items, or too deeply nested")
        if not isinstance(tree, list):
            return _plain(tree)
        tag, *parts = tree
        return _READERS[tag](self, parts, depth - 1)

    def items(self, parts: Any, depth: int) -> list[Any]:
        [items] = parts
        if not isinstance(items, list):
            raise TypeError("no items")
        return [self.value(item, depth) for item in items]

    def dictionary(self, parts: Any, depth: int) -> dict[Any, Any]:
        [pairs] = parts
        return {self.value(key, depth): self.value(item, depth) for key, item in pairs}

    def range(self, parts: Any, depth: int) -> range:
        start, stop, step = (self.value(part, depth) for part in parts)
        return range(start, stop, step)

    def column(self, parts: Any, depth: int) -> Any:
        name, index, values = (self.value(part, depth) for part in parts)
        _check_rows(index, values)
        return self._made(Column(name, index, values))

    def table(self, parts: Any, depth: int) -> Any:
        columns, index, data = (self.value(part, depth) for part in parts)
        if not isinstance(columns, list) or not isinstance(data, list) or len(columns) != len(data):
            raise ValueError("a table needs a name for each column")
        _check_rows(index, *data)
        return self._made(Table(columns, index, data))

    def history(self, parts: Any, depth: int) -> Any:
        logged, epoch = (self.value(part, depth) for part in parts)
        return self._made(History.as_written(logged, epoch))

    def colour_model(self, parts: Any, depth: int) -> Any:
        return self._made(ColourModel(*(self.value(part, depth) for part in parts)))

    def folder(self, parts: Any, depth: int) -> Any:
        files, path = (self.value(part, depth) for part in parts)
        return self._made(made_folders.read_again(files, path))


def _plain(tree: Any) -> Any:
    if tree is None or isinstance(tree, bool | int | float | str):
        return tree
    raise TypeError("unknown kind of value")


def _check_rows(index: Any, *columns: Any) -> None:
    if isinstance(index, range) and len(index) > MAX_ROWS:
        raise ValueError("too many rows")
    for each in (index, *columns):
        if not isinstance(each, list | range | ndarray) or len(each) != len(index):
            raise ValueError("columns of different lengths")


def _whole(_: _Decoder, parts: Any, __: int) -> int:
    [text] = parts
    return int(text, 16)


def _float(_: _Decoder, parts: Any, __: int) -> float:
    [name] = parts
    return _FLOATS[name]


def _complex(decoder: _Decoder, parts: Any, depth: int) -> complex:
    real, imaginary = (float(decoder.value(part, depth)) for part in parts)
    return complex(real, imaginary)


def _bytes(_: _Decoder, parts: Any, __: int) -> bytes:
    [text] = parts
    return base64.b64decode(text, validate=True)


def _array(_: _Decoder, parts: Any, __: int) -> NDArray[Any]:
    said, shape, text = parts
    dtype, content = dtypes.dtype_of(said), base64.b64decode(text, validate=True)
    known = len(shape) <= _MAX_AXES and all(type(n) is int and n >= 0 for n in shape)
    if not known or math.prod(shape) * dtype.itemsize != len(content):
        raise ValueError("an array of another size than it says")
    array = frombuffer(content, dtype).reshape(shape).copy()
    dtypes.check(array)
    return array


def _scalar(decoder: _Decoder, parts: Any, depth: int) -> Any:
    return _array(decoder, parts, depth)[()]


def _other(_: _Decoder, parts: Any, __: int) -> Opaque:
    [text] = parts
    if not isinstance(text, str) or len(text) > _MAX_WORDS:
        raise ValueError("no words")
    return Opaque(text)


_READERS: dict[str, Callable[[_Decoder, Any, int], Any]] = {
    "int": _whole,
    "float": _float,
    "complex": _complex,
    "bytes": _bytes,
    "list": _Decoder.items,
    "tuple": lambda decoder, parts, depth: tuple(decoder.items(parts, depth)),
    "set": lambda decoder, parts, depth: set(decoder.items(parts, depth)),
    "frozenset": lambda decoder, parts, depth: frozenset(decoder.items(parts, depth)),
    "dict": _Decoder.dictionary,
    "range": _Decoder.range,
    "array": _array,
    "scalar": _scalar,
    "column": _Decoder.column,
    "table": _Decoder.table,
    "history": _Decoder.history,
    colour_models.TAG: _Decoder.colour_model,
    made_folders.TAG: _Decoder.folder,
    "other": _other,
}
