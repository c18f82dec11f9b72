"""Appends what was observed to a file, one JSON object a line, at once."""

import json
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MAX_TEXT = 2_000
MAX_NAME = 200
MAX_ITEMS = 1_000


class Channel:
    """An append-only file of observations, opened before any of the student's code runs."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def send(self, kind: str, **fields: object) -> None:
        """Write one observation; a process killed right after it does not take it along."""
        line = json.dumps(plain({"kind": kind, **fields}), allow_nan=False)
        os.write(self._descriptor, line.encode("ascii") + b"\n")


def plain(value: object) -> Any:
    """Reduce a value to what JSON can say: NaN and infinities to null, objects to their names."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, str):
        return text(value)
    if isinstance(value, Mapping):
        return {text(str(key), MAX_NAME): plain(item) for key, item in list(value.items())}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in list(value)[:MAX_ITEMS]]
    return _scalar(value)


def _scalar(value: object) -> Any:
    item = getattr(value, "item", None)
    if callable(item) and getattr(value, "ndim", None) == 0:
        return plain(item())
    return text(type(value).__name__, MAX_NAME)


def text(value: object, limit: int = MAX_TEXT) -> str:
    """Shorten a text and replace what UTF-8 cannot carry."""
    words = str(value)
    if len(words) > limit:
        words = words[: limit - 1] + "…"
    return words.encode("utf-8", "replace").decode("utf-8")


def integer(value: object) -> int | None:
    """Return a whole number, or None when the value is none."""
    try:
        return int(value) if not isinstance(value, str) else None  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        return None


def number(value: object) -> float | None:
    """Return a finite float, or None when the value is none."""
    try:
        result = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def shape(value: object) -> list[int | None] | None:
    """Return a shape as a list of lengths, None standing for an axis of any length."""
    try:
        return [None if axis is None else int(axis) for axis in value]  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
