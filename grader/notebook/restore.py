"""Makes the notebook that is run: the student's graded cells in the author's own notebook."""

import ast
import textwrap
from collections.abc import Iterator, Sequence

from grader.notebook import markers, source
from grader.notebook.match import Match, match, unchanged
from grader.records import (
    Cell,
    Issue,
    Layout,
    LayoutCell,
    Plan,
    PlannedCell,
    Role,
    Severity,
    Submission,
)


def restore(submission: Submission, layout: Layout) -> Plan:
    """Plan the run of a submission: given cells from the layout, graded ones as handed in."""
    cells, issues = _up_to_here(submission.cells)
    found = match(layout, cells)
    planned: list[PlannedCell] = []
    run: set[int] = set()
    for place, given in enumerate(layout.cells):
        if given.role is Role.REQUIRED:
            planned.append(_given(given, found.given.get(place)))
            continue
        cell = found.graded.get(given.name or "")
        if cell is not None and cell.index not in run:
            helpers = [h for h in _helpers(cell, found, layout) if h.index not in run]
            planned += [_student(helper, Role.OPTIONAL) for helper in helpers]
            planned.append(_student(cell, Role.GRADED, given.name))
            run |= {cell.index, *(helper.index for helper in helpers)}
    return Plan(
        layout=layout,
        cells=tuple(planned),
        missing=frozenset(layout.graded) - found.graded.keys(),
        untouched=frozenset(n for n, cell in found.graded.items() if untouched(cell.source)),
        issues=(*issues, *_issues(layout, found, run)),
    )


def untouched(cell_source: str) -> bool:
    """Whether all that stands between a cell's markers is placeholders: no constant but None."""
    texts = [textwrap.dedent(region.text) for region in markers.regions(cell_source)]
    trees = [source.parse(text) for text in texts]
    constants = [
        node.value
        for tree in trees
        if tree is not None
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
    ]
    return bool(texts) and None not in trees and all(value is None for value in constants)


def _given(given: LayoutCell, cell: Cell | None) -> PlannedCell:
    return PlannedCell(
        given.source, Role.REQUIRED, calls=given.calls, origin=cell.index if cell else None
    )


def _student(cell: Cell, role: Role, name: str | None = None) -> PlannedCell:
    return PlannedCell(cell.source, role, name, origin=cell.index)


def _up_to_here(cells: Sequence[Cell]) -> tuple[Sequence[Cell], tuple[Issue, ...]]:
    for place, cell in enumerate(cells):
        if cell.kind == "code" and source.GRADE_UP_TO_HERE.search(cell.source):
            issue = Issue(
                "graded-up-to-here",
                f"Cell {cell.index + 1} says # grade-up-to-here: what follows it was left out.",
                "Remove that line to have the whole notebook graded.",
                cell.index,
            )
            return cells[: place + 1], (issue,)
    return cells, ()


def _helpers(graded: Cell, found: Match, layout: Layout) -> list[Cell]:
    """Cells that the student added and that define a name which the graded cell uses.

    A name that the layout's own cells define is theirs: a ``base_dir`` of the student's does not
    replace the given one.
    """
    own = frozenset[str]().union(
        *(source.names(cell.source).bound for cell in layout.cells if cell.role is Role.REQUIRED)
    )
    wanted = set(source.names(graded.source).used) - own
    chosen: dict[int, Cell] = {}
    # Backwards, so that what a helper itself needs is known before earlier cells are looked at.
    for cell in reversed(found.added):
        names = source.names(cell.source)
        if (names.bound - own) & wanted:
            chosen[cell.index] = cell
            wanted |= names.used - own
    return [chosen[index] for index in sorted(chosen)]


def _issues(layout: Layout, found: Match, run: set[int]) -> Iterator[Issue]:
    for place, given in enumerate(layout.cells):
        if given.role is Role.REQUIRED:
            yield from _given_issue(given, found.given.get(place))
    for cell in found.superseded:
        yield Issue(
            "graded-cell-twice",
            f"Cell {cell.index + 1} defines what a later cell defines again: the later counts.",
            "Keep one of them.",
            cell.index,
        )
    for cell in found.added:
        used = cell.index in run
        yield Issue(
            "cell-added",
            f"Cell {cell.index + 1} is not part of the assignment: it was "
            + ("run, because a graded cell uses what it defines." if used else "not run."),
            cell=cell.index,
            severity=Severity.INFO,
        )


def _given_issue(given: LayoutCell, cell: Cell | None) -> Iterator[Issue]:
    first = next(
        (line for line in given.source.splitlines() if line.strip() and line[0] != "#"), ""
    )
    if cell is None:
        yield Issue(
            "given-cell-missing",
            f"A given cell is missing and was put back: {first!r}.",
            severity=Severity.INFO,
        )
    elif not unchanged(given, source.normalize(cell.source)):
        yield Issue(
            "given-cell-restored",
            f"Cell {cell.index + 1} is given and had been changed: it was put back before the run.",
            "Nothing to do; only graded cells are yours to change.",
            cell.index,
        )
