"""Where a graded cell leaves room for the student. Standard library only.

Runs on any Python 3.8 or newer, like all that ``add_metadata.py`` may come to need.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from grader.notebook.source import MAX_NORMALIZED, UNREADABLE

_START = re.compile(r"^\s*#+\s*START\s+CODE\b", re.IGNORECASE)
_END = re.compile(r"^\s*#+\s*END\s+CODE\b", re.IGNORECASE)
# Without one of these, no string goes on for several lines.
_LONG_STRING = re.compile(r"\"{3}|'{3}|\\\n")
_FSTRING = (getattr(tokenize, "FSTRING_START", None), getattr(tokenize, "FSTRING_END", None))


@dataclass(frozen=True)
class Marker:
    """A line that marks where a region begins or ends.

    Args:
        line: Its position in the cell, from 0.
        starts: Whether a region begins below it; else one ends above it.
    """

    line: int
    starts: bool


@dataclass(frozen=True)
class Region:
    """The lines between a start marker and its end marker, without the markers.

    Args:
        start: Position in the cell of the first line after the start marker, from 0.
        stop: Position of the end marker.
        text: What lies between them.
    """

    start: int
    stop: int
    text: str


def markers(source: str) -> tuple[Marker, ...]:
    """Find the markers of a cell, in order.

    Spacing, capitals and the number of hashes do not matter, nor what follows the words
    ``START CODE`` and ``END CODE``. What stands in a string is no marker.
    """
    lines = source.split("\n")
    found = [
        Marker(number, bool(_START.match(line)))
        for number, line in enumerate(lines)
        if _START.match(line) or _END.match(line)
    ]
    inside = _within_strings(source) if found and _LONG_STRING.search(source) else frozenset()
    return tuple(marker for marker in found if marker.line not in inside)


def regions(source: str) -> tuple[Region, ...]:
    """Find the regions of a cell, in order; a start marker without an end marker is none."""
    lines = source.split("\n")
    found = []
    start = None
    for marker in markers(source):
        if marker.starts:
            start = marker.line + 1
        elif start is not None:
            text = "\n".join(lines[start : marker.line])
            found.append(Region(start, marker.line, text))
            start = None
    return tuple(found)


def blank(source: str) -> str:
    """Leave out what lies between the markers; markers and everything else stay."""
    lines = source.split("\n")
    for region in reversed(regions(source)):
        del lines[region.start : region.stop]
    return "\n".join(lines)


def _within_strings(source: str) -> frozenset[int]:
    """Return the lines, from 0, that begin within a string."""
    found: set[int] = set()
    if len(source) <= MAX_NORMALIZED:
        try:
            for first, last in _strings(source):
                found.update(range(first, last))
        except (tokenize.TokenError, IndexError, *UNREADABLE):
            pass  # what could be read of it counts
    return frozenset(found)


def _strings(source: str) -> Iterator[tuple[int, int]]:
    """Yield first and last lines, from 1, of strings."""
    starts = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.STRING:
            yield token.start[0], token.end[0]
        elif token.type == _FSTRING[0]:
            starts.append(token.start[0])
        elif token.type == _FSTRING[1]:
            yield starts.pop(), token.end[0]
