"""Says which given cells a student changed or deleted; in doubt it says nothing."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.notebook import source
from grader.notebook.helpers import Helpers
from grader.notebook.match import Match, unchanged
from grader.notebook.names import names_of
from grader.records import Cell, Issue, Layout, LayoutCell, Role, Severity

_MOST_SEARCHED = 300
_LONGEST = 20_000
_SHOWN = 70


def given_issues(
    layout: Layout, found: Match, cells: Sequence[Cell], helpers: Helpers
) -> Iterator[Issue]:
    """Yield what became of the given cells that are run.

    Args:
        layout: The edition.
        found: Which cell is which.
        cells: Code cells of the submission.
        helpers: What was run of cells that are not the author's.
    """
    present = _Present(layout, cells)
    for place, given in enumerate(layout.cells):
        cell = found.given.get(place)
        if given.role is not Role.REQUIRED:
            continue
        if cell is None:
            yield from _missing(given, present)
        elif not unchanged(given, source.normalize(cell.source)):
            yield from _changed(given, cell, present, sorted(helpers.used(cell)))


class _Present:
    """What all the cells of a submission say together; read only when it is asked for."""

    def __init__(self, layout: Layout, cells: Sequence[Cell]) -> None:
        self._layout = layout
        short = [cell for cell in cells if len(cell.source) <= _LONGEST]
        self._cells = short[:_MOST_SEARCHED]

    @cached_property
    def statements(self) -> frozenset[str]:
        return frozenset().union(*(_statements(cell.source) for cell in self._cells))

    @cached_property
    def given(self) -> frozenset[str]:
        return frozenset().union(*(_statements(cell.source) for cell in self._layout.cells))

    @cached_property
    def bound(self) -> frozenset[str]:
        return frozenset().union(*(names_of(cell.source).bound for cell in self._cells))


def _missing(given: LayoutCell, present: _Present) -> Iterator[Issue]:
    expected = [*_statements(given.source)]
    binds = names_of(given.source).bound
    # Where the text is ours and not the released one, only names tell.
    lost = not binds & present.bound if given.reworded else set(expected) - present.statements
    if lost and (binds or not given.reworded):
        yield Issue(
            "given-cell-missing",
            f"A given cell was not found and was put back; it begins {_shown(expected[0])}.",
            severity=Severity.INFO,
        )


def _changed(
    given: LayoutCell, cell: Cell, present: _Present, kept: Sequence[str]
) -> Iterator[Issue]:
    lost, new = _contradiction(given, cell) if given.reworded else _difference(given, cell, present)
    if lost or new:
        also = f" What a graded cell uses of it was kept: {', '.join(kept[:5])}." if kept else ""
        yield Issue(
            "given-cell-restored",
            "This cell is given and was changed: expected "
            f"{_shown(lost) if lost else 'nothing more'}, found "
            f"{_shown(new) if new else 'nothing in its place'}. It was put back for the run.{also}",
            "Nothing to do; only graded cells are yours to change.",
            cell.index,
        )


def _difference(given: LayoutCell, cell: Cell, present: _Present) -> tuple[str, str]:
    lost = (text for text in _statements(given.source) if text not in present.statements)
    new = (text for text in _statements(cell.source) if text not in present.given)
    return next(lost, ""), next(new, "")


def _contradiction(given: LayoutCell, cell: Cell) -> tuple[str, str]:
    """Return a fact of a given cell and what the student's says instead, in whatever words."""
    expected = [fact for fact in _facts(given.source) if fact.literal]
    said = {fact.text for fact in expected}
    found = [fact for fact in _facts(cell.source) if fact.text not in said]
    kept = {fact.text for fact in _facts(cell.source)}
    for fact in expected:
        rival = next((other.text for other in found if other.about == fact.about), "")
        if rival and fact.text not in kept:
            return fact.text, rival
    return "", ""


@dataclass(frozen=True, slots=True)
class _Fact:
    """A number of a cell, or what it sets a name to.

    Args:
        text: As Python spells it.
        about: The name, or ``number``.
        literal: Whether the text says all, without a call or another name.
    """

    text: str
    about: str
    literal: bool = True


def _facts(text: str) -> Iterator[_Fact]:
    tree = source.parse(text)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
            yield _Fact(repr(node.value), "number")
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            literal = isinstance(node.value, ast.Constant)
            yield _Fact(next(_spelled(node)), node.targets[0].id, literal)


def _statements(text: str) -> dict[str, None]:
    """Statements of a cell, spelled uniformly, in order; imports name by name."""
    tree = source.parse(text)
    nodes = tree.body if tree else []
    return dict.fromkeys(spelled for node in nodes for spelled in _spelled(node))


def _spelled(node: ast.stmt) -> Iterator[str]:
    try:
        if isinstance(node, ast.Import):
            yield from (ast.unparse(ast.Import([alias])) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield ast.unparse(ast.ImportFrom(node.module, [alias], node.level))
        else:
            yield ast.unparse(node)
    except (RecursionError, ValueError):
        # Too deep, or a backslash in an f-string, which older Pythons cannot write.
        yield f"the statement in line {node.lineno}"


def _shown(text: str) -> str:
    line = text.strip().partition("\n")[0]
    return repr(line if len(line) <= _SHOWN else f"{line[: _SHOWN - 3]}...")
