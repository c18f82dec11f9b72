"""Compound statements: their clauses, each with a first line and a block."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.release.code import CellCode

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Function = ast.FunctionDef | ast.AsyncFunctionDef
_TRIES = (ast.Try, getattr(ast, "TryStar", ast.Try))


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a compound statement, such as ``if ...:`` or ``else:``, and its block.

    Args:
        first: First row of what stands before the block.
        last: Last row of that, or of the whole clause where its block stands in the same line.
        body: The block; of ``match`` none, as its cases are clauses of their own.
        bare: Whether it is a keyword alone, as ``else:`` and ``try:`` are.
    """

    first: int
    last: int
    body: Sequence[ast.stmt]
    bare: bool = False

    @property
    def in_one_line(self) -> bool:
        """Whether its block stands in the same line."""
        return bool(self.body) and first_row(self.body[0]) <= self.last

    @property
    def end(self) -> int:
        """Its last row."""
        return max([self.last, *(last_row(each) for each in self.body)])


def first_row(node: ast.stmt) -> int:
    """Return the row in which a statement begins, be it with a decorator."""
    decorators: Sequence[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)])


def last_row(node: ast.stmt) -> int:
    """Return the row in which a statement ends."""
    return node.end_lineno or node.lineno


def clauses(node: ast.stmt, code: CellCode) -> list[Clause]:
    """Return the clauses of a statement in order; none of a simple one."""
    return list(_clauses(node, code))


def _clauses(node: ast.stmt, code: CellCode) -> Iterator[Clause]:
    if isinstance(node, ast.Match):
        yield _clause(node.lineno, [], code)
        for case in node.cases:
            yield _clause(code.begins(case.pattern.lineno), case.body, code)
        return
    body = getattr(node, "body", None)
    if not isinstance(body, list):
        return
    yield _clause(node.lineno, body, code, bare=isinstance(node, _TRIES))
    for handler in getattr(node, "handlers", ()):
        yield _clause(handler.lineno, handler.body, code)
    otherwise = getattr(node, "orelse", [])
    if isinstance(node, ast.If) and _is_elif(otherwise, code):
        yield from _clauses(otherwise[0], code)
    elif otherwise:
        yield _clause(_keyword(otherwise[0], "else", code), otherwise, code, bare=True)
    if finally_ := getattr(node, "finalbody", []):
        yield _clause(_keyword(finally_[0], "finally", code), finally_, code, bare=True)


def _clause(row: int, body: Sequence[ast.stmt], code: CellCode, *, bare: bool = False) -> Clause:
    return Clause(row, code.logical[row], body, bare)


def _is_elif(body: Sequence[ast.stmt], code: CellCode) -> bool:
    return len(body) == 1 and code.line(body[0].lineno).lstrip().startswith("elif")


def _keyword(node: ast.stmt, word: str, code: CellCode) -> int:
    """Return the row of a keyword that stands before a block, or in the same line."""
    row = code.begins(first_row(node))
    return row if code.line(row).lstrip().startswith(word) else code.before(row)
