"""Finds what graded cells need of the cells that a student added or changed.

Of such a cell only those statements are run that a graded cell depends on. The rest of it, a
mounted disk, an installation, a plot, would fail or cost time where it is graded.
"""

import ast
import builtins
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from grader.notebook import source
from grader.notebook.names import Names, names_of
from grader.records import Cell

_ANYWHERE = frozenset({*dir(builtins), "get_ipython", "display", "__name__", "__file__"})
_EVERYTHING = frozenset({"import *"})
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a cell, or several that share a line.

    Args:
        cell: The cell.
        first: Its first line, from 0.
        end: The line after its last one.
        names: What it binds and needs.
        changes: Names whose objects it changes, as in ``layers.append(1)``.
    """

    cell: Cell
    first: int
    end: int
    names: Names
    changes: frozenset[str] = frozenset()


@dataclass(slots=True)
class Helpers:
    """Cells that are not graded, from which graded cells may need something.

    Args:
        cells: These cells.
        own: Names that the layout's cells define; nothing of the student's replaces them.
    """

    cells: Sequence[Cell]
    own: frozenset[str]
    _statements: dict[int, list[Statement]] = field(default_factory=dict)
    _run: set[tuple[int, int]] = field(default_factory=set)

    def before(self, graded: Cell, limit: float) -> list[tuple[Cell, str]]:
        """Return what must run before a graded cell and has not yet, cell by cell.

        Args:
            graded: The graded cell.
            limit: Position of the cell that first calls what it defines. What is bound again
                after that did not count when the student ran it.
        """
        needed = self._needed(names_of(graded.source).used, limit)
        fresh = {key: found for key, found in needed.items() if key not in self._run}
        self._run |= fresh.keys()
        by_cell: dict[int, list[Statement]] = {}
        for _, found in sorted(fresh.items()):
            by_cell.setdefault(found.cell.index, []).append(found)
        return [(several[0].cell, _text(several)) for several in by_cell.values()]

    def used(self, cell: Cell) -> frozenset[str]:
        """Names that what was run of a cell binds."""
        several = self._statements.get(cell.index, ())
        run = [found for found in several if (cell.index, found.first) in self._run]
        bound = (_EVERYTHING if "*" in found.names.bound else found.names.bound for found in run)
        return frozenset().union(*bound) - self.own

    def _needed(self, used: Iterable[str], limit: float) -> dict[tuple[int, int], Statement]:
        chosen: dict[tuple[int, int], Statement] = {}
        done: set[str] = set()
        waiting = [*used]
        while waiting:
            name = waiting.pop()
            if name in done or name in self.own or name in _ANYWHERE:
                continue
            done.add(name)
            found = self._binding(name, limit) or self._binding("*", limit)
            for statement in (*found, *self._changing(name, found, limit)):
                key = (statement.cell.index, statement.first)
                if key not in chosen:
                    chosen[key] = statement
                    waiting += statement.names.used
        return chosen

    def _binding(self, name: str, limit: float) -> list[Statement]:
        found = [s for s in self._of(name) if name in s.names.bound]
        return [s for s in found if s.cell.index < limit] or found

    def _changing(self, name: str, found: Sequence[Statement], limit: float) -> list[Statement]:
        own = {statement.cell.index for statement in found}
        changing = (s for s in self._of(name) if name in s.changes) if own else ()
        return [s for s in changing if s.cell.index < limit or s.cell.index in own]

    def _of(self, name: str) -> Iterator[Statement]:
        for cell in self.cells:
            if name in cell.source or not cell.source.isascii():
                if cell.index not in self._statements:
                    self._statements[cell.index] = list(_statements(cell))
                yield from self._statements[cell.index]


def _statements(cell: Cell) -> Iterator[Statement]:
    text = source.readable(cell.source)
    tree = source.parse(text)
    if tree is None:
        yield Statement(cell, 0, text.count("\n") + 1, names_of(cell.source))
        return
    lines = text.split("\n")
    for start, end, nodes in _spans(tree.body):
        names = names_of("\n".join(lines[start:end]))
        changes = frozenset(name for node in nodes for name in _changes(node))
        yield Statement(cell, start, end, names, changes)


def _spans(body: Sequence[ast.stmt]) -> Iterator[tuple[int, int, list[ast.stmt]]]:
    spans: list[tuple[int, int, list[ast.stmt]]] = []
    for node in body:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
        end = node.end_lineno or node.lineno
        if spans and first < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end), [*spans[-1][2], node])
        else:
            spans.append((first, end, [node]))
    yield from spans


def _changes(statement: ast.stmt) -> Iterator[str]:
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _SCOPES):
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield from _root(node.value.func)
        elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield from _root(node)


def _root(node: ast.expr) -> Iterator[str]:
    inner = node
    while isinstance(inner, ast.Attribute | ast.Subscript):
        inner = inner.value
    if isinstance(inner, ast.Name) and inner is not node:
        yield inner.id


def _text(several: Sequence[Statement]) -> str:
    lines = source.readable(several[0].cell.source, values=True).split("\n")
    kept = {number for found in several for number in range(found.first, found.end)}
    # Lines keep their numbers, so that an error is reported where the student finds it.
    text = "\n".join(line if number in kept else "" for number, line in enumerate(lines))
    return text.rstrip() + "\n"
