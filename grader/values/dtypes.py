"""The types that an array's items may have: numbers, truth values, texts, dates, and rows of them.

No Python objects: what makes an array of them from bytes makes pointers of bytes.
"""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_FIELDS = 100
# Bound now: a notebook may put something else in its place later on.
_dtype = np.dtype
# A text is of 4 bytes a character; of no character, it takes no room, so that nothing bounds it.
_PLAIN = re.compile(
    r"[<>|](?:b1|i[1248]|u[1248]|f[248]|c8|c16|S[1-9]\d{0,5}|U[1-9]\d{0,5}"
    r"|[mM]8(?:\[\d{0,6}(?:Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?)"
)
_MOST_CODE_POINT = 0x10FFFF


def described(dtype: "np.dtype[Any]") -> Any:
    """Return a type as JSON has it: a text, or a list of names and texts; None for any other.

    Args:
        dtype: Type of an array's items.
    """
    if dtype.fields is None:
        return dtype.str if _PLAIN.fullmatch(dtype.str) else None
    fields = [(name, _type_of(dtype.fields, name)) for name in dtype.names or ()]
    known = 0 < len(fields) <= MOST_FIELDS and all(text for _, text in fields)
    return [list(field) for field in fields] if known else None


def _type_of(fields: Mapping[str, Any], name: str) -> str | None:
    found = fields[name][0]
    plain = found.fields is None and _PLAIN.fullmatch(found.str)
    return str(found.str) if plain else None


def packed(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array whose rows have no gaps between their fields."""
    if array.dtype.fields is None:
        return array
    return array.astype(dtype_of(described(array.dtype)))


def dtype_of(said: Any) -> "np.dtype[Any]":
    """Return the type that was described.

    Args:
        said: What ``described`` made, or anything else.

    Raises:
        ValueError: It is no description of one of these types.
    """
    if isinstance(said, str):
        if not _PLAIN.fullmatch(said):
            raise ValueError("unknown type of items")
        return _dtype(said)
    if not isinstance(said, list) or not 0 < len(said) <= MOST_FIELDS:
        raise ValueError("unknown type of items")
    return _dtype([_field(each) for each in said])


def _field(said: Any) -> tuple[str, "np.dtype[Any]"]:
    match said:
        case [str(name), str(text)]:
            return name, dtype_of(text)
    raise ValueError("unknown type of items")


def check(array: NDArray[Any]) -> None:
    """Look at bytes that were taken for items of an array.

    Args:
        array: The array.

    Raises:
        ValueError: They are no truth values, or no characters.
    """
    if array.dtype.fields is not None:
        for name in array.dtype.names or ():
            check(array[name])
    elif array.dtype.kind == "b" and (array.view(np.uint8) > 1).any():
        raise ValueError("a truth value that is neither true nor false")
    elif array.dtype.kind == "U" and (_code_points(array) > _MOST_CODE_POINT).any():
        raise ValueError("a character that does not exist")


def _code_points(array: NDArray[Any]) -> NDArray[Any]:
    number = np.dtype(np.uint32).newbyteorder(array.dtype.byteorder)
    return np.ascontiguousarray(array).reshape(-1).view(number)
