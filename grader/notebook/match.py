"""Finds out which cell of a submission is which cell of the notebook that was handed out.

Cells are recognised by what they contain. Tags, markers, order and file name may all be lost.
"""

import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.notebook import source
from grader.notebook.called import called_on, calling_cells, is_written
from grader.notebook.names import names_of, scopes
from grader.records import Cell, CellKind, Layout, LayoutCell, Role
from grader.records.graded_names import is_call

SIMILAR = 0.6
# An unchanged cell of the course shares this much of its words with ours in its place.
_PLAUSIBLE = 0.25
# Normalising is slow, so it is only done for the cells that look most like a given one.
_CANDIDATES = 8
_MAX_WORDED = 8_000
_COMMENT = re.compile(r"#.*")
_WORD = re.compile(r"\w+")
_KEYWORDS = frozenset(keyword.kwlist)


@dataclass(frozen=True, slots=True)
class Match:
    """Which cell of a submission is which cell of a layout.

    Args:
        graded: The student's cell for each graded name, the last one of several.
        undefined: Graded names whose cell is only marked with the name and binds another one.
        superseded: Earlier cells that define a graded name again.
        given: The student's cell for each given cell, by its place in the layout.
        added: Code cells that belong to nothing in the layout.
    """

    graded: Mapping[str, Cell]
    undefined: frozenset[str]
    superseded: tuple[Cell, ...]
    given: Mapping[int, Cell]
    added: tuple[Cell, ...]


def code_cells(cells: Sequence[Cell]) -> list[Cell]:
    """Return the code cells that hold more than white space."""
    return [cell for cell in cells if cell.kind is CellKind.CODE and cell.source.strip()]


def graded_cells(cells: Sequence[Cell], name: str) -> list[Cell]:
    """Return the cells that define ``name``; without any those that assign it, or are so marked.

    Of a call on a variable, they are those that ``calling_cells`` returns.
    """
    if is_call(name):
        return calling_cells(cells, name)
    naming = [cell for cell in cells if name in source.spelled(cell.source)]
    definition = re.compile(rf"\b(?:def|class)[ \t]+{name}\b")
    defining = [cell for cell in naming if definition.search(source.spelled(cell.source))]
    found = [cell for cell in defining if name in source.defined_names(cell.source)]
    if not found:
        found = [cell for cell in naming if name in names_of(cell.source).bound]
    marked = [cell for cell in cells if name in source.GRADED_MARKER.findall(cell.source)]
    return found or marked or [cell for cell in naming if _assigns_in_vain(cell, name)]


def _assigns_in_vain(cell: Cell, name: str) -> bool:
    """Whether a cell would assign a name if Python could read it."""
    assignment = re.compile(rf"^[ \t]*{name}[ \t]*(?::[^=\n]*)?=(?!=)", re.MULTILINE)
    return scopes(cell.source) is None and bool(assignment.search(source.spelled(cell.source)))


def match(layout: Layout, cells: Sequence[Cell]) -> Match:
    """Match the cells of a submission to those of a layout."""
    candidates = code_cells(cells)
    found = {name: graded_cells(_own(candidates, layout, name), name) for name in layout.graded}
    graded = {name: several[-1] for name, several in found.items() if several}
    kept = {cell.index for cell in graded.values()}
    taken = {cell.index for several in found.values() for cell in several}
    free = [cell for cell in candidates if cell.index not in taken]
    given = _match_given(layout, free)
    used = {cell.index for cell in given.values()}
    return Match(
        graded=graded,
        undefined=frozenset(name for name, cell in graded.items() if _lacks(cell, name)),
        superseded=tuple(cell for cell in candidates if cell.index in taken - kept),
        given=given,
        added=tuple(cell for cell in free if cell.index not in used),
    )


def _own(candidates: Sequence[Cell], layout: Layout, name: str) -> Sequence[Cell]:
    """Return the cells that may be a part's own: a given one may make a graded call once more.

    What students write may be that call to the letter: it is told by its marks, and without them by
    its place, as what is given does once more what was done before.
    """
    if not is_call(name):
        return candidates
    again = [cell for _, cell in _given(layout) if name in called_on(cell.source)]
    if not again:
        return candidates
    same = [
        cell.index
        for cell in candidates
        if not is_written(cell)
        and any(unchanged(given, source.normalize(cell.source)) for given in again)
    ]
    return [cell for cell in candidates if cell.index not in same[-len(again) :]]


def unchanged(given: LayoutCell, normalized: str) -> bool:
    """Whether a normalised source is the given cell, or a form of it known by its digest."""
    return (
        normalized == source.normalize(given.source) or source.digest(normalized) in given.digests
    )


def words(text: str) -> frozenset[str]:
    """Words of a source without its comments; none when it is too long for a given cell."""
    code = _COMMENT.sub("", text) if len(text) <= _MAX_WORDED else ""
    return frozenset(_WORD.findall(code)) - _KEYWORDS


def _lacks(cell: Cell, name: str) -> bool:
    # What cannot be read fails when it is run, and says better why. Who marks a cell as that of a
    # call may write it in other words.
    if is_call(name) or scopes(cell.source) is None:
        return False
    return name not in names_of(cell.source).bound | source.defined_names(cell.source)


def _match_given(layout: Layout, free: Sequence[Cell]) -> dict[int, Cell]:
    worded = _worded(free)
    found = _unchanged_cells(layout, worded)
    used = {cell.index for cell in found.values()}
    pairs = sorted(_similar(layout, worded), key=lambda pair: -pair[0])
    for _, place, cell in pairs:
        if place not in found and cell.index not in used:
            found[place] = cell
            used.add(cell.index)
    return found


def _worded(cells: Sequence[Cell]) -> list[tuple[Cell, frozenset[str]]]:
    return [(cell, words(cell.source)) for cell in cells]


def _unchanged_cells(
    layout: Layout, worded: Sequence[tuple[Cell, frozenset[str]]]
) -> dict[int, Cell]:
    found: dict[int, Cell] = {}
    used: set[int] = set()
    for place, given in _given(layout):
        expected = words(given.source)
        ranked = sorted(((alike(expected, has), cell) for cell, has in worded
                         if cell.index not in used), key=lambda pair: -pair[0])  # fmt: skip
        for likeness, cell in ranked[:_CANDIDATES]:
            if likeness >= _PLAUSIBLE and unchanged(given, source.normalize(cell.source)):
                found[place] = cell
                used.add(cell.index)
                break
    return found


def _similar(
    layout: Layout, worded: Sequence[tuple[Cell, frozenset[str]]]
) -> Iterator[tuple[float, int, Cell]]:
    for place, given in _given(layout):
        expected, binds = words(given.source), names_of(given.source).bound
        for cell, has in worded:
            likeness = alike(expected, has)
            if likeness < SIMILAR and binds & has:
                likeness = alike(binds, names_of(cell.source).bound)
            if likeness >= SIMILAR:
                yield likeness, place, cell


def _given(layout: Layout) -> Iterator[tuple[int, LayoutCell]]:
    return (
        (place, cell) for place, cell in enumerate(layout.cells) if cell.role is not Role.GRADED
    )


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return what two sets of words have in common, from 0 to 1 (Dice's coefficient)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
