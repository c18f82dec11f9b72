"""Where a graded cell leaves room for the student. Standard library only.

Runs on any Python 3.8 or newer, like all that ``add_metadata.py`` may come to need.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_START = re.compile(r"^\s*#+\s*START\s+CODE\b", re.IGNORECASE)
_END = re.compile(r"^\s*#+\s*END\s+CODE\b", re.IGNORECASE)


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


def regions(source: str) -> tuple[Region, ...]:
    """Find the regions of a cell, in order.

    Spacing, capitals and the number of hashes do not matter, nor what follows the words
    ``START CODE`` and ``END CODE``. A start marker without an end marker is no region.
    """
    lines = source.split("\n")
    found = []
    start = None
    for number, line in enumerate(lines):
        if _START.match(line):
            start = number + 1
        elif _END.match(line) and start is not None:
            found.append(Region(start, number, "\n".join(lines[start:number])))
            start = None
    return tuple(found)


def blank(source: str) -> str:
    """Leave out what lies between the markers; markers and everything else stay."""
    lines = source.split("\n")
    for region in reversed(regions(source)):
        del lines[region.start : region.stop]
    return "\n".join(lines)
