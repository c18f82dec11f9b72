"""What a notebook's cells are recognised by, as JSON has them: their text, or their names.

Standard library only, and any Python 3.8 or newer: see ``source.py``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from grader.notebook.source import GRADED_MARKER, defined_names, normalize, spelled

DEFINES, MARKED = "defines", "marked"
_CODE = "code"
_WORD = re.compile(r"\w+")


def places(
    cells: Iterable[Mapping[str, Any]],
    texts: Iterable[tuple[str, str]],
    names: Collection[str],
) -> defaultdict[tuple[str, str], list[int]]:
    """Find where in a notebook each key is.

    Args:
        cells: Cells of the notebook.
        texts: Keys that ``content`` gave and that are looked for.
        names: Names of functions and classes that are looked for.
    """
    found = defaultdict(list)
    code = [set(_WORD.findall(text)) for kind, text in texts if kind == _CODE]
    for index, cell in enumerate(cells):
        for key in _keys(cell, code, names):
            found[key].append(index)
    return found


def content(cell: Mapping[str, Any]) -> tuple[str, str]:
    """Return the key of a cell that is known by its text."""
    text, kind = text_of(cell), cell["cell_type"]
    return kind, normalize(text) if kind == _CODE else " ".join(text.split())


def marked_names(cell: Mapping[str, Any]) -> list[str]:
    """Return the names with which a cell is marked as graded."""
    return GRADED_MARKER.findall(text_of(cell)) if cell["cell_type"] == _CODE else []


def text_of(cell: Mapping[str, Any]) -> str:
    """Return a cell's source with line feeds as line ends."""
    source = cell.get("source", "")
    text = source if isinstance(source, str) else "".join(source)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _keys(
    cell: Mapping[str, Any], code: Iterable[set[str]], names: Iterable[str]
) -> Iterator[tuple[str, str]]:
    text = text_of(cell)
    if cell["cell_type"] != _CODE:
        yield content(cell)
        return
    # Parsing takes long, so it is left to cells that may be what is looked for.
    if any(all(word in text for word in words) for words in code):
        yield content(cell)
    said = spelled(text)
    if any(name in said for name in names):
        yield from ((DEFINES, name) for name in defined_names(text))
        yield from ((MARKED, name) for name in marked_names(cell))
