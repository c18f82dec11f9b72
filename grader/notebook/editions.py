"""Tells which edition of an assignment a notebook is: by the cells that it has, not by its words.

Nothing that is cheap to write may be worth points. An edition that gives a part away is seen only
where its cells are, and a part counts as given only where the given cell is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from grader.notebook import markers, source
from grader.notebook.live import live_code
from grader.notebook.match import (
    SIMILAR,
    Match,
    alike,
    code_cells,
    graded_cells,
    match,
    unchanged,
    words,
)
from grader.notebook.names import names_of
from grader.records import Cell, Layout, LayoutCell, Role

_UNCHANGED_WEIGHT = 2


class Weight(NamedTuple):
    """What speaks for an edition.

    Args:
        given: Given cells that are as it has them, and signs in those that resemble its own.
        graded: Signs in graded cells, which are the student's; they decide only between equals.
    """

    given: int
    graded: int


def choose(layouts: Sequence[Layout], cells: Sequence[Cell], *, noted: bool = False) -> Layout:
    """Return the layout of which a notebook has the cells; in doubt the first one.

    Args:
        layouts: The known editions. The kit's own is the first, and gives least away.
        cells: The notebook's.
        noted: Whether the notebook bears the kit's notes. If so, what a student wrote into graded
            cells does not speak for another edition.
    """
    weighed = weigh(layouts, cells)
    if noted:
        weighed = [weight._replace(graded=0) for weight in weighed]
    best = max(weighed)
    if weighed[0] == best:
        return layouts[0]
    text = "\n".join(cell.source for cell in code_cells(cells))
    equal = (layout for layout, weight in zip(layouts, weighed, strict=True) if weight == best)
    chosen = max(equal, key=lambda layout: _count(layout.marks, text))
    sure = best.given > weighed[0].given
    return _only_what_is_there(chosen, layouts[0], code_cells(cells), sure=sure)


def weigh(layouts: Sequence[Layout], cells: Sequence[Cell]) -> list[Weight]:
    """Weigh what speaks for each layout."""
    candidates = code_cells(cells)
    # Editions may have the same cells, and differ in their marks alone.
    matches = {layout.cells: match(layout, candidates) for layout in layouts}
    return [_weight(layout, matches[layout.cells]) for layout in layouts]


def _weight(layout: Layout, found: Match) -> Weight:
    # The cell of a part that is given here is the student's where another edition asks for it.
    given = [
        (layout.cells[place], cell)
        for place, cell in found.given.items()
        if not _gives(layout.cells[place], layout)
    ]
    as_given = sum(unchanged(one, source.normalize(cell.source)) for one, cell in given)
    signs = _count_signs(layout, [cell for _, cell in given])
    return Weight(_UNCHANGED_WEIGHT * as_given + signs, _count_signs(layout, found.graded.values()))


def _count_signs(layout: Layout, cells: Iterable[Cell]) -> int:
    # Mere words may well speak for an edition that gives nothing away.
    said = (live_code(cell.source) if layout.given else cell.source for cell in cells)
    return _count(layout.signs, "\n".join(said))


def _count(signs: Iterable[str], text: str) -> int:
    return sum(bool(re.search(sign, text, re.MULTILINE)) for sign in signs)


def _only_what_is_there(
    layout: Layout, strict: Layout, cells: Sequence[Cell], *, sure: bool
) -> Layout:
    """Have those given parts graded of which a notebook has another version."""
    filled_in = {cell.name: cell for cell in strict.cells if cell.name in layout.given}
    written = {
        name: filled_in[name]
        for name in layout.given & filled_in.keys()
        if _is_written(name, graded_cells(cells, name), layout, filled_in[name], sure=sure)
    }
    if not written:
        return layout
    changed = (written.get(_gives(cell, layout) or "", cell) for cell in layout.cells)
    return replace(layout, cells=tuple(changed), given=layout.given - written.keys())


def _is_written(
    name: str, own: Sequence[Cell], layout: Layout, filled_in: LayoutCell, *, sure: bool
) -> bool:
    given = next(cell for cell in layout.cells if _gives(cell, layout) == name)
    if any(unchanged(given, source.normalize(cell.source)) for cell in own):
        return False
    return bool(own) and not (sure and any(_resembles(cell, given, filled_in) for cell in own))


def _resembles(cell: Cell, given: LayoutCell, filled_in: LayoutCell) -> bool:
    """Whether a cell is the given one with an edit, not the one that students fill in."""
    if markers.regions(cell.source) or source.GRADED_MARKER.search(cell.source):
        return False
    if not names_of(given.source).bound <= source.defined_names(live_code(cell.source)):
        return False
    has, empty = words(cell.source), words(markers.blank(filled_in.source))
    likeness = alike(has, words(given.source))
    return likeness >= SIMILAR and likeness > alike(has, empty)


def _gives(cell: LayoutCell, layout: Layout) -> str | None:
    """Return the given part that a cell defines."""
    if cell.role is Role.GRADED:
        return None
    return next(iter(names_of(cell.source).bound & layout.given), None)
