"""Appends what was observed to a file, one JSON object a line, at once."""

import itertools
import json
import os
import threading
from collections import Counter
from pathlib import Path

from grader.inspection.plain import plain

# What the reader accepts is a little more: a student's loop must not push its own evidence out.
MAX_LINES_OF_A_KIND = 250
MAX_LINE = 1_000_000
MAX_FILE = 15_000_000
# Bound now: a notebook may put something else in its place later on.
_TO_JSON = json.JSONEncoder(allow_nan=False).encode


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
