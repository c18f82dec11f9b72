"""Makes the notebook that is run: the student's graded cells in the author's own notebook."""

import ast
import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from grader.notebook import issues, markers, source
from grader.notebook.helpers import Helpers
from grader.notebook.match import Match, code_cells, match
from grader.notebook.names import names_of
from grader.notebook.uncoded import not_code, remedy, said_of
from grader.records import (
    Cell,
    CellKind,
    Issue,
    Layout,
    LayoutCell,
    Plan,
    PlannedCell,
    Role,
    Submission,
)
from grader.records.graded_names import calls_of


def restore(submission: Submission, layout: Layout) -> Plan:
    """Plan the run of a submission: given cells from the layout, graded ones as handed in."""
    cells, cut = _up_to_here(submission.cells)
    found = match(layout, cells)
    helpers = _helpers(cells, found, layout)
    planned = tuple(_planned(layout, found, helpers))
    undefined = frozenset(layout.graded) - found.graded.keys() | found.undefined
    there = frozenset().union(*(names_of(cell.source).bound for cell in found.given.values()))
    told = issues.issues(submission, layout, found, helpers)
    return Plan(
        layout=layout,
        cells=planned,
        missing=undefined,
        untouched=_untouched(layout, found),
        put_back=layout.given - there,
        issues=(*submission.issues, *cut, *told),
        uncoded={
            name: (said_of(name, cell), remedy(cell))
            for name, cell in not_code(cells, undefined).items()
        },
    )


def untouched(cell_source: str, given: str = "") -> bool:
    """Whether a graded cell is as it was handed out: placeholders between the given lines.

    Args:
        cell_source: The student's cell.
        given: The cell as the author wrote it; what it has between the markers does not matter.
    """
    texts = [textwrap.dedent(region.text) for region in markers.regions(cell_source)]
    trees = [tree for text in texts if (tree := source.parse(text)) is not None]
    if not texts or len(trees) < len(texts) or not any(map(_has_placeholder, trees)):
        return False
    around = [source.normalize(markers.blank(text)) for text in (cell_source, given)]
    return all(map(_is_placeholder, trees)) and (not given or around[0] == around[1])


def _untouched(layout: Layout, found: Match) -> frozenset[str]:
    given = {cell.name: cell.source for cell in layout.cells if cell.name}
    return frozenset(
        name for name, cell in found.graded.items() if untouched(cell.source, given[name])
    )


def _has_placeholder(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Constant) and node.value is None for node in ast.walk(tree))


def _is_placeholder(tree: ast.AST) -> bool:
    """Whether nothing but None is computed: every name is called with None or only assigned to."""
    roots = {id(_root(node.func)) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    roots |= {
        id(_root(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    return not any(
        (isinstance(node, ast.Constant) and node.value is not None)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in roots)
        for node in ast.walk(tree)
    )


def _root(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node


def _up_to_here(cells: Sequence[Cell]) -> tuple[Sequence[Cell], tuple[Issue, ...]]:
    for place, cell in enumerate(cells):
        if cell.kind is CellKind.CODE and source.GRADE_UP_TO_HERE.search(cell.source):
            return cells[: place + 1], (issues.graded_up_to(cell),)
    return cells, ()


def _helpers(cells: Sequence[Cell], found: Match, layout: Layout) -> Helpers:
    required = [cell for cell in layout.cells if cell.role is Role.REQUIRED]
    own = frozenset(layout.graded).union(*(names_of(cell.source).bound for cell in required))
    graded = {cell.index for cell in found.graded.values()}
    return Helpers([cell for cell in code_cells(cells) if cell.index not in graded], own)


def _planned(layout: Layout, found: Match, helpers: Helpers) -> Iterator[PlannedCell]:
    places = _places(layout, found.graded)
    for place, given in enumerate(layout.cells):
        if given.role is Role.REQUIRED:
            yield _given(given, found.given.get(place))
        for names in places.get(place, ()):
            cell = found.graded[names[0]]
            for helper, text in helpers.before(cell, _limit(layout, found, names)):
                yield PlannedCell(text, Role.OPTIONAL, origin=helper.index)
            yield PlannedCell(
                cell.source, Role.GRADED, names[0], origin=cell.index, calls=calls_of(names)
            )


def _given(given: LayoutCell, cell: Cell | None) -> PlannedCell:
    return PlannedCell(
        given.source, Role.REQUIRED, calls=given.calls, origin=cell.index if cell else None
    )


def _places(layout: Layout, graded: Mapping[str, Cell]) -> dict[int, list[list[str]]]:
    """Graded names by where in the layout their cell is run, those of one cell together."""
    together: dict[int, list[str]] = {}
    for name in layout.graded:
        if name in graded:
            together.setdefault(graded[name].index, []).append(name)
    places: dict[int, list[list[str]]] = {}
    for names in together.values():
        places.setdefault(_place(layout, names), []).append(names)
    return places


def _place(layout: Layout, names: Sequence[str]) -> int:
    """Return the last place of some names before which no given cell calls one of them."""
    last = 0
    for place, cell in enumerate(layout.cells):
        if cell.name in names:
            last = place
        elif cell.calls & set(names):
            break
    return last


def _limit(layout: Layout, found: Match, names: Sequence[str]) -> float:
    calls = [
        cell.index for place, cell in found.given.items() if layout.cells[place].calls & set(names)
    ]
    # What a cell calls itself, it called where it stood.
    calls += [found.graded[name].index for name in calls_of(names)]
    return min(calls, default=math.inf)
