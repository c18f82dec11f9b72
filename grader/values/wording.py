"""Values in words that a student reads: what they are, and short ones as Python shows them."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from grader.values.records import ColourModel, Column, History, MadeFolder, Opaque, Table

MAX_SHOWN = 80
_COLLECTIONS: dict[Any, str] = {
    list: "list",
    tuple: "tuple",
    set: "set",
    frozenset: "frozenset",
    dict: "dict",
}
_SIMPLE: tuple[tuple[type, str], ...] = (
    (bool, "a truth value"),
    (np.bool_, "a truth value"),
    (np.timedelta64, "a span of time"),
    (np.datetime64, "a date"),
    (int, "a whole number"),
    (np.integer, "a whole number"),
    (float, "a number"),
    (np.floating, "a number"),
    (complex, "a complex number"),
    (np.complexfloating, "a complex number"),
    (str, "a text"),
    (bytes, "bytes"),
    (np.generic, "a value of NumPy"),
)
# A decimal digit has a little more.
_BITS = 3


def kind_of(value: Any) -> str:
    """Say what a value is, such as "a list of 3" or "an array of shape (2, 3)".

    Args:
        value: As ``decode`` returns it.
    """
    if value is None:
        return "None"
    if isinstance(value, Opaque):
        return value.words
    if type(value) in _COLLECTIONS:
        name = _COLLECTIONS[type(value)]
        return f"a {name} of {len(value)}" if value else f"an empty {name}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "an array of one number"
    if isinstance(value, range):
        return "a range"
    if type(value) in _RECORDS:
        return _RECORDS[type(value)](value)
    if isinstance(value, int) and value.bit_length() > MAX_SHOWN * _BITS:
        return f"a whole number of {value.bit_length()} bits"
    return next((words for kind, words in _SIMPLE if isinstance(value, kind)), "a value")


def _named_history(history: History) -> str:
    names = [name if isinstance(name, str) else kind_of(name) for name in history.history]
    words = f"a History of {' and '.join(filter(None, (', '.join(names[:-1]), *names[-1:])))}"
    return words if names and len(words) <= MAX_SHOWN else f"a History of {len(names)} metrics"


def _named_folder(folder: MadeFolder) -> str:
    if folder.path:
        return f"the path of {folder.path}"
    count = sum(held is not None for held in folder.files.values())
    return f"a folder of {count} file{'s' * (count != 1)}"


def _named_table(table: Table) -> str:
    return f"a table of {len(table.index)} rows and {len(table.columns)} columns"


_RECORDS: dict[Any, Callable[[Any], str]] = {
    Table: _named_table,
    Column: lambda column: f"a column of {len(column.index)} rows",
    History: _named_history,
    ColourModel: lambda model: f"a model of pictures of {model.size[0]} by {model.size[1]}",
    MadeFolder: _named_folder,
}


def shown(value: Any, limit: int = MAX_SHOWN) -> str:
    """Show a value as Python does, if that is short; else say what it is.

    Args:
        value: As ``decode`` returns it.
        limit: How many characters are short.
    """
    text = _python(value, limit)
    return text if text is not None and len(text) <= limit else kind_of(value)


def _python(value: Any, limit: int) -> str | None:
    """Return how Python shows a value; None where that would be long."""
    if isinstance(value, Opaque | Table | Column | History | ColourModel | MadeFolder):
        return None
    if isinstance(value, str | bytes) and not isinstance(value, np.generic):
        return repr(value) if len(value) <= limit else None
    if isinstance(value, np.ndarray):
        fits = value.size <= limit and value.dtype.fields is None
        return f"array({value.tolist()!r})" if fits else None
    if isinstance(value, np.generic):
        return str(value) if value.dtype.kind in "mM" else repr(value.item())
    if isinstance(value, range):
        parts = [_python(part, limit) for part in (value.start, value.stop, value.step)]
        return None if None in parts else f"range({', '.join(map(str, parts))})"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if value.bit_length() <= _BITS * limit else None
    return _several(value, limit) if type(value) in _COLLECTIONS else repr(value)


def _several(value: Any, limit: int) -> str | None:
    if len(value) > limit:
        return None
    if isinstance(value, dict):
        pairs = [(_python(k, limit), _python(v, limit)) for k, v in value.items()]
        known = all(None not in pair for pair in pairs)
        return f"{{{', '.join(f'{k}: {v}' for k, v in pairs)}}}" if known else None
    items = [_python(item, limit) for item in value]
    if None in items:
        return None
    texts = [text for text in items if text is not None]
    return _bracketed(value, sorted(texts) if isinstance(value, set | frozenset) else texts)


def _bracketed(value: Any, texts: list[str]) -> str:
    inner = ", ".join(texts)
    if isinstance(value, tuple):
        return f"({inner},)" if len(texts) == 1 else f"({inner})"
    if isinstance(value, list):
        return f"[{inner}]"
    plain = f"{{{inner}}}" if texts else "set()"
    return plain if isinstance(value, set) else f"frozenset({plain if texts else ''})"


def called(name: str, args: Iterable[Any], keywords: Iterable[tuple[str, Any]]) -> str:
    """Show a call, such as ``area(2, height=3)``.

    Args:
        name: Of the function.
        args: Its arguments by position.
        keywords: Those by name.
    """
    named = [f"{key}={shown(value)}" for key, value in keywords]
    return f"{name}({', '.join([*map(shown, args), *named])})"
