"""Writes values down. It runs in a student's kernel: whatever it is given, it calls nothing of it.

A class may say of itself what it likes. It is asked nothing: of a class derived from ``list``, the
items are taken as ``list`` itself gives them.
"""

import base64
import json
import math
import sys
from collections.abc import Callable, Iterable
from typing import Any

from numpy import asarray, generic, ndarray

from grader.inspection.bounded import is_of
from grader.inspection.returned import words
from grader.values import dtypes, libraries, made_folders
from grader.values.records import Opaque

MAX_CHARS = 500_000
# What a kernel is asked with is one line of code.
MAX_ASKED_CHARS = 4_000_000
MAX_DEPTH = 20
MAX_ITEMS = 10_000
# JSON's numbers are exact up to here, whoever reads them.
EXACT = 2**53
# Bound now, as what comes of NumPy is: a notebook may put something else in their place later on.
_TO_JSON = json.JSONEncoder(allow_nan=False).encode
# A large whole number has so many bits a hexadecimal digit.
_BITS = 4
_BASE64 = 4 / 3


class TooLargeError(ValueError):
    """A value that is too long, or too deeply nested, to be written down."""


def encode(value: object, limit: int = MAX_CHARS) -> str:
    """Write a value down.

    Args:
        value: Anything. What is of no known kind is written down as what it is called.
        limit: How many characters that may take.

    Raises:
        TooLargeError: It takes more, has over ``MAX_ITEMS`` items, or contains itself.
    """
    text = _TO_JSON(_Encoder(limit).tree(value, MAX_DEPTH))
    if len(text) > limit:
        raise TooLargeError(f"{len(text)} characters")
    return text


class _Encoder:
    """Makes lists and texts of one value.

    Args:
        limit: How many characters they may have.
    """

    def __init__(self, limit: int) -> None:
        self._left = limit
        self._items = MAX_ITEMS

    def tree(self, value: Any, depth: int) -> Any:
        self._items -= 1
        if depth < 0 or self._items < 0:
            raise TooLargeError("too many items, or too deeply nested")
        if value is None or value is True or value is False:
            return value
        for kind, write in _WRITERS:
            if is_of(value, kind):
                return write(self, value, depth - 1)
        parts = libraries.taken_apart(value) or made_folders.taken_apart(value)
        if parts is not None:
            return [parts[0], *(self.tree(part, depth - 1) for part in parts[1:])]
        tensor = _values_of_tensor(value)
        return self.other(value) if tensor is None else self.array(tensor, depth)

    def take(self, characters: float) -> None:
        """Count characters before they are made."""
        self._left -= math.ceil(characters)
        if self._left < 0:
            raise TooLargeError("too long")

    def several(self, tag: str, items: Iterable[Any], depth: int) -> list[Any]:
        return [tag, [self.tree(item, depth) for item in items]]

    def other(self, value: Any) -> list[Any]:
        # One of the grader's own was told in words already.
        return ["other", value.words if is_of(value, Opaque) else words(value)]

    def whole(self, value: int, _: int) -> Any:
        self.take(int.bit_length(value) / _BITS)
        plain = int.__int__(value)
        return plain if abs(plain) < EXACT else ["int", f"{plain:x}"]

    def float(self, value: float, _: int) -> Any:
        plain = float.__float__(value)
        return plain if math.isfinite(plain) else ["float", repr(plain)]

    def complex(self, value: complex, depth: int) -> Any:
        plain = complex.__complex__(value)
        return ["complex", self.float(plain.real, depth), self.float(plain.imag, depth)]

    def text(self, value: str, _: int) -> str:
        self.take(str.__len__(value))
        return str.__str__(value)

    def bytes(self, value: bytes, _: int) -> list[Any]:
        self.take(bytes.__len__(value) * _BASE64)
        return ["bytes", _base64(bytes.__getitem__(value, slice(None)))]

    def dictionary(self, value: dict[Any, Any], depth: int) -> list[Any]:
        self.fits(dict.__len__(value))
        pairs = list(dict.items(value))
        return ["dict", [[self.tree(key, depth), self.tree(item, depth)] for key, item in pairs]]

    def range(self, value: range, depth: int) -> list[Any]:
        return ["range", *(self.whole(n, depth) for n in (value.start, value.stop, value.step))]

    def scalar(self, value: Any, depth: int) -> list[Any]:
        tag, *parts = self.array(asarray(value), depth)
        return ["scalar" if tag == "array" else tag, *parts]

    def array(self, value: Any, _: int) -> list[Any]:
        plain = ndarray.view(value, ndarray)
        said = dtypes.described(plain.dtype)
        if said is None:
            return ["other", f"an array of {plain.dtype.name}"]
        self.take(plain.nbytes * _BASE64)
        return ["array", said, list(plain.shape), _base64(dtypes.packed(plain).tobytes())]

    def fits(self, items: int) -> None:
        """Look at a length before anything is made of the items."""
        if items > self._items:
            raise TooLargeError(f"{items} items")


def _sequence(tag: str, kind: Any) -> Callable[[_Encoder, Any, int], list[Any]]:
    def write(encoder: _Encoder, value: Any, depth: int) -> list[Any]:
        encoder.fits(kind.__len__(value))
        return encoder.several(tag, kind.__iter__(value), depth)

    return write


# Of a class that is derived from two of them, the first counts: NumPy's numbers and texts are
# derived from Python's.
_WRITERS: tuple[tuple[type, Callable[[_Encoder, Any, int], Any]], ...] = (
    (generic, _Encoder.scalar),
    (ndarray, _Encoder.array),
    (int, _Encoder.whole),
    (float, _Encoder.float),
    (complex, _Encoder.complex),
    (str, _Encoder.text),
    (bytes, _Encoder.bytes),
    *((kind, _sequence(kind.__name__, kind)) for kind in (list, tuple, set, frozenset)),
    (dict, _Encoder.dictionary),
    (range, _Encoder.range),
)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _values_of_tensor(value: Any) -> Any:
    """Return the values of a TensorFlow tensor that has some, as an array of NumPy."""
    tensorflow = sys.modules.get("tensorflow")
    kinds = tuple(
        kind
        for name in ("Tensor", "Variable")
        if isinstance(kind := getattr(tensorflow, name, None), type)
    )
    if not is_of(value, *kinds) or not hasattr(type(value), "numpy"):
        return None
    found = value.numpy()
    return found if is_of(found, ndarray) else asarray(found)
