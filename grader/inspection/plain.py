"""Values of any kind as what JSON can say, in bounds, whatever their makers have them answer."""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_TEXT = 2_000
MAX_NAME = 200
MAX_ITEMS = 1_000
MAX_AXES = 8
_INT64 = 2**63
# They may be of any length, and reading a number in them would take a copy.
_TEXTS = (str, bytes, bytearray, memoryview)


@dataclass(frozen=True, slots=True)
class Whole:
    """A text of the probe's own, bounded where it was made, that is written down as it is."""

    text: str


def plain(value: object) -> Any:
    """Reduce a value to what JSON can say: NaN and infinities to null, objects to their names."""
    if value is None or isinstance(value, bool):
        return value
    if type(value) is Whole:
        return value.text
    if isinstance(value, int):
        return integer(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, str):
        return text(value)
    if isinstance(value, Mapping):
        return {text(key, MAX_NAME): plain(item) for key, item in _first(value.items())}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in _first(value)]
    return _scalar(value)


def _first(items: Any) -> list[Any]:
    return list(itertools.islice(items, MAX_ITEMS))


def _scalar(value: object) -> Any:
    try:
        if getattr(value, "ndim", None) == 0:
            return plain(value.item())  # type: ignore[attr-defined]
    except Exception:  # noqa: BLE001 - a student's object may answer with anything
        return None
    return text(type(value).__name__, MAX_NAME)


def text(value: object, limit: int = MAX_TEXT) -> str:
    """Shorten a text and replace what UTF-8 cannot carry."""
    # Of a class derived from str, the text itself: it may say of itself what it likes.
    words = str.__str__(value) if isinstance(value, str) else str(value)
    if len(words) > limit:
        words = words[: limit - 1] + "…"
    return words.encode("utf-8", "replace").decode("utf-8")


def integer(value: object) -> int | None:
    """Return a whole number of 64 bits, or None when the value is none."""
    try:
        result = None if isinstance(value, _TEXTS) else int(value)  # type: ignore[call-overload]
    except Exception:  # noqa: BLE001 - a student's object may answer with anything
        return None
    return result if result is not None and -_INT64 <= result < _INT64 else None


def number(value: object) -> float | None:
    """Return a finite float, or None when the value is none."""
    try:
        result = math.nan if isinstance(value, _TEXTS) else float(value)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - a student's object may answer with anything
        return None
    return result if math.isfinite(result) else None


def shape(value: object) -> list[int | None] | None:
    """Return a shape as a list of lengths, None standing for an axis of any length."""
    # TensorFlow's own shapes can be made a list; whatever else could is not gone through.
    if not isinstance(value, list | tuple) and not hasattr(type(value), "as_list"):
        return None
    try:
        axes = list(itertools.islice(value, MAX_AXES + 1))  # type: ignore[call-overload]
        found = [None if axis is None else int(axis) for axis in axes]
    except Exception:  # noqa: BLE001 - a student's object may answer with anything
        return None
    return found if len(found) <= MAX_AXES else None


def attribute(owner: Any, name: str) -> Any:
    """Return an attribute, or None where there is none or reading it raises."""
    try:
        return getattr(owner, name, None)
    except Exception:  # noqa: BLE001 - Keras raises so while a layer is not built, students at will
        return None
