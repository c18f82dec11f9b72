"""Which statements stand between two markers."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from grader.release.clauses import Clause, Function, clauses, first_row, last_row
from grader.release.code import CellCode
from grader.release.faults import CellFault


@dataclass(frozen=True, slots=True)
class Suite:
    """What stands between two markers.

    Args:
        first: The row below the start marker.
        last: The row above the end marker.
        statements: Whole statements of one block; none where there are comments only.
        within: The statement of which a part stands there; None where whole ones do.
        in_function: Whether it is a part of a function.
    """

    first: int
    last: int
    statements: Sequence[ast.stmt]
    within: ast.stmt | None = None
    in_function: bool = False


def suite(code: CellCode, first: int, last: int) -> Suite:
    """Find what stands in some rows.

    Args:
        code: The cell.
        first: The row below the start marker.
        last: The row above the end marker.

    Raises:
        CellFault: The markers cut a block in two.
    """
    body: Sequence[ast.stmt] = code.tree.body
    in_function = False
    while True:
        touched = [node for node in body if last_row(node) >= first and first_row(node) <= last]
        cut = [node for node in touched if first_row(node) < first or last_row(node) > last]
        if not cut:
            return Suite(first, last, touched, in_function=in_function)
        if len(touched) > 1:
            raise _cut(first_row(cut[0]))
        [node] = touched
        clause = _clause_around(node, code, first, last)
        if clause is None:
            return Suite(first, last, (), node, in_function)
        body = clause.body
        in_function = in_function or isinstance(node, Function)


def _clause_around(node: ast.stmt, code: CellCode, first: int, last: int) -> Clause | None:
    """Return the clause in whose block some rows are; None where they are in one expression."""
    touched = [each for each in clauses(node, code) if each.end >= first and each.first <= last]
    if not touched:
        return None
    if len(touched) > 1 or first <= touched[0].first:
        raise _cut(touched[-1].first)
    [clause] = touched
    if first <= clause.last <= last and not clause.in_one_line:
        raise _cut(clause.first)
    return None if last < clause.last or clause.in_one_line else clause


def _cut(row: int) -> CellFault:
    return CellFault(
        row,
        "The markers have a part of this between them, and a part outside.",
        "Put them around whole statements of one block, or around whole arguments or items.",
    )
