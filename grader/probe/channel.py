"""Appends what was observed to a file, one JSON object a line, at once."""

import itertools
import json
import math
import os
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_TEXT = 2_000
MAX_NAME = 200
MAX_ITEMS = 1_000
MAX_AXES = 8
# What the reader accepts is a little more: a student's loop must not push its own evidence out.
MAX_LINES_OF_A_KIND = 250
MAX_LINE = 1_000_000
MAX_FILE = 15_000_000
_INT64 = 2**63
# They may be of any length, and reading a number in them would take a copy.
_TEXTS = (str, bytes, bytearray, memoryview)
# Bound now: a notebook may put something else in its place later on.
_TO_JSON = json.JSONEncoder(allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Whole:
    """A text of the probe's own, bounded where it was made, that is written down as it is."""

    text: str


class Channel:
    """An append-only, bounded file of observations, opened before any of the student's code runs.

    They are numbered, so that others among them are noticed.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._places = itertools.count()
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._lines: Counter[str] = Counter()
        self._bytes = 0

    def send(self, kind: str, **fields: object) -> None:
        """Write one observation; a process killed right after it does not take it along.

        What forks of the kernel do is none: they would use the same numbers.
        """
        if os.getpid() != self._process:
            return
        line = _TO_JSON(plain({"kind": kind, **fields})).encode("ascii")
        self._lines[kind] += 1
        full = self._bytes + len(line) > MAX_FILE and kind != "fault"
        if full or len(line) > MAX_LINE:
            self._leave_out(kind, f"an observation of {len(line)} bytes is too long")
        elif self._lines[kind] <= MAX_LINES_OF_A_KIND:
            self._write(line)
        elif self._lines[kind] == MAX_LINES_OF_A_KIND + 1:
            self._leave_out(kind, f"more than {MAX_LINES_OF_A_KIND} observations")

    def _leave_out(self, kind: str, why: str) -> None:
        if kind == "fault":
            return
        self.send("fault", name="evidence", message=f"{kind}: {why}; left out")

    def _write(self, line: bytes) -> None:
        with self._lock:
            self._bytes += len(line) + 1
            os.write(self._descriptor, b'%s, "place": %d}\n' % (line[:-1], next(self._places)))


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
