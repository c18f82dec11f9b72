"""The statements of cells, found by the names that they bind and change.

Each cell is taken apart once and each statement is looked at once, so that the time this takes
grows with the length of the code and no faster.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.errors import RejectedError
from grader.notebook import source
from grader.notebook.names import STAR, Names, names_of
from grader.records import Cell

# Several times as many as a long notebook has; each takes a tenth of a millisecond.
MAX_STATEMENTS = 2_000
# Between ASCII characters a name may have any letters and marks, more than ``\w`` knows.
_WORD = re.compile(r"[A-Za-z0-9_\u0080-\U0010ffff]+")
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True)
class Statement:
    """A statement of a cell, or several that share a line.

    Args:
        cell: The cell.
        first: Its first line, from 0.
        end: The line after its last one.
        text: Its lines.
        nodes: Its syntax; none where the cell cannot be parsed, and the statement is all of it.
    """

    cell: Cell
    first: int
    end: int
    text: str
    nodes: Sequence[ast.stmt] = ()

    @property
    def key(self) -> tuple[int, int]:
        """Where it is in the notebook."""
        return self.cell.index, self.first

    @cached_property
    def names(self) -> Names:
        """What it binds and needs."""
        return names_of(self.text)

    @cached_property
    def changes(self) -> frozenset[str]:
        """Names whose objects it changes, as in ``layers.append(1)``."""
        return frozenset(name for node in self.nodes for name in _changes(node))


class Statements:
    """The statements of some cells.

    Args:
        cells: The cells, in order.
    """

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells
        self._looked_at: set[tuple[int, int]] = set()

    def of(self, cell: Cell) -> Sequence[Statement]:
        """Return the statements of one of the cells."""
        return self._by_cell.get(cell.index, ())

    def binding(self, name: str) -> list[Statement]:
        """Return those that bind a name; ``*`` for an import of everything.

        Raises:
            RejectedError: More had to be looked at than any notebook has.
        """
        return [found for found in self._with_word(name) if name in found.names.bound]

    def changing(self, name: str) -> list[Statement]:
        """Return those that change the object of a name.

        Raises:
            RejectedError: As above.
        """
        return [found for found in self._with_word(name) if name in found.changes]

    def _with_word(self, word: str) -> Sequence[Statement]:
        found = self._by_word.get(word, ())
        self._look_at(found)
        return found

    def _look_at(self, found: Iterable[Statement]) -> None:
        self._looked_at.update(statement.key for statement in found)
        if len(self._looked_at) > MAX_STATEMENTS:
            raise RejectedError(
                "too-much-code",
                f"What its graded cells use is spread over more than {MAX_STATEMENTS:,} statements "
                "of other cells.",
                "Keep in the notebook what the assignment needs, and hand it in again.",
            )

    @cached_property
    def _by_cell(self) -> dict[int, list[Statement]]:
        return {cell.index: list(_statements(cell)) for cell in self._cells}

    @cached_property
    def _by_word(self) -> dict[str, list[Statement]]:
        words = defaultdict[str, list[Statement]](list)
        for statements in self._by_cell.values():
            for statement in statements:
                for word in _words(statement):
                    words[word].append(statement)
        return words


def _words(statement: Statement) -> set[str]:
    """Return at least the names that a statement binds and changes."""
    if len(statement.text) > source.MAX_PARSED:
        return {*statement.names.bound}
    star = {"*"} if STAR.search(statement.text) else set[str]()
    return star.union(_WORD.findall(source.spelled(statement.text)))


def _statements(cell: Cell) -> Iterator[Statement]:
    text, tree = source.taken_apart(cell.source)
    if tree is None:
        yield Statement(cell, 0, text.count("\n") + 1, cell.source)
        return
    lines = text.split("\n")
    for start, end, nodes in _spans(tree.body):
        yield Statement(cell, start, end, "\n".join(lines[start:end]), nodes)


def _spans(body: Sequence[ast.stmt]) -> Iterator[tuple[int, int, list[ast.stmt]]]:
    start, end, nodes = 0, 0, list[ast.stmt]()
    for node in body:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
        if nodes and first >= end:
            yield start, end, nodes
            nodes = []
        if not nodes:
            start, end = first, 0
        nodes.append(node)
        end = max(end, node.end_lineno or node.lineno)
    if nodes:
        yield start, end, nodes


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
