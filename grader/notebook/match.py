"""Finds out what a submission is: which edition of which notebook, which cell is which.

Cells are recognised by what they contain. Tags, markers, order and file name may all be lost.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.notebook import source
from grader.records import Cell, CellKind, Layout, LayoutCell, Role

SIMILAR = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """Which cell of a submission is which cell of a layout.

    Args:
        graded: The student's cell for each graded name, the last one of several.
        superseded: Earlier cells that define a graded name again.
        given: The student's cell for each given cell, by its place in the layout.
        added: Code cells that belong to nothing in the layout.
    """

    graded: Mapping[str, Cell]
    superseded: tuple[Cell, ...]
    given: Mapping[int, Cell]
    added: tuple[Cell, ...]


def code_cells(cells: Sequence[Cell]) -> list[Cell]:
    """Return the code cells that hold more than white space."""
    return [cell for cell in cells if cell.kind is CellKind.CODE and cell.source.strip()]


def graded_cells(cells: Sequence[Cell], name: str) -> list[Cell]:
    """Return the cells that define ``name``, or, when there are none, those marked with it."""
    defining = [cell for cell in cells if name in source.defined_names(cell.source)]
    if defining:
        return defining
    return [cell for cell in cells if name in source.GRADED_MARKER.findall(cell.source)]


def score(layout: Layout, cells: Sequence[Cell]) -> int:
    """Count the signs of a layout that a submission carries."""
    text = "\n".join(cell.source for cell in code_cells(cells))
    return sum(bool(re.search(sign, text)) for sign in layout.signs)


def choose(layouts: Sequence[Layout], cells: Sequence[Cell]) -> Layout:
    """Return the layout with the most signs, the first one of several."""
    return max(layouts, key=lambda layout: score(layout, cells))


def match(layout: Layout, cells: Sequence[Cell]) -> Match:
    """Match the cells of a submission to those of a layout."""
    candidates = code_cells(cells)
    found = {name: graded_cells(candidates, name) for name in layout.graded}
    graded = {name: several[-1] for name, several in found.items() if several}
    kept = {cell.index for cell in graded.values()}
    taken = {cell.index for several in found.values() for cell in several}
    superseded = tuple(cell for cell in candidates if cell.index in taken - kept)
    free = [cell for cell in candidates if cell.index not in taken]
    given = _match_given(layout, free)
    used = {cell.index for cell in given.values()}
    added = tuple(cell for cell in free if cell.index not in used)
    return Match(graded, superseded, given, added)


def _match_given(layout: Layout, free: Sequence[Cell]) -> dict[int, Cell]:
    normal = {cell.index: source.normalize(cell.source) for cell in free}
    by_index = {cell.index: cell for cell in free}
    found: dict[int, Cell] = {}
    for place, given in enumerate(layout.cells):
        if given.role is Role.GRADED or not normal:
            continue
        best = max(normal, key=lambda index: _likeness(given, normal[index]))
        if _likeness(given, normal[best]) >= SIMILAR:
            found[place] = by_index[best]
            del normal[best]
    return found


def _likeness(given: LayoutCell, found: str) -> float:
    if unchanged(given, found):
        return 1.0
    if max(len(found), 1) > 4 * max(len(given.source), 100):
        return 0.0
    expected = source.normalize(given.source)
    return difflib.SequenceMatcher(None, expected, found, autojunk=False).ratio()


def unchanged(given: LayoutCell, normalized: str) -> bool:
    """Whether a normalised source is the given cell, or a form of it known by its digest."""
    return (
        normalized == source.normalize(given.source) or source.digest(normalized) in given.digests
    )
