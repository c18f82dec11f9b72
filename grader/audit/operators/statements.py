"""Mistakes with statements: one that is missing, a placeholder that was left, nothing returned."""

import ast
from collections.abc import Iterator

from grader.audit.cell_text import Span
from grader.audit.mutant import Proposal, Replacement
from grader.audit.operators.original_cell import OriginalCell


def drop_return(cell: OriginalCell) -> Iterator[Proposal]:
    """Return nothing."""
    for node in cell.statements:
        if isinstance(node, ast.Return) and node.value is not None:
            told = f"{cell.told(node.value)} is not returned"
            yield Proposal((cell.instead(node, cell.source.code(node.value)),), told)


def drop_statement(cell: OriginalCell) -> Iterator[Proposal]:
    """Leave out a call, or what is assigned to a part of something."""
    for node in cell.statements:
        if _acts(node):
            yield Proposal((_dropped(cell, node),), f"without {cell.told(node)}")


def _acts(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return isinstance(node.targets[0], ast.Attribute | ast.Subscript)
    return isinstance(node, ast.AugAssign | ast.Expr)


def _dropped(cell: OriginalCell, node: ast.stmt) -> Replacement:
    """Return the change that leaves out a statement; a block is not left empty."""
    parent = cell.source.parents[node]
    blocks = [value for _, value in ast.iter_fields(parent) if isinstance(value, list)]
    alone = any(block == [node] for block in blocks)
    span = cell.source.span(node)
    indent = cell.source.indent(span.start)
    end = cell.source.text.find("\n", span.end)
    rest = cell.source.text[span.end : end if end >= 0 else None]
    if alone or indent is None or rest.strip():
        return Replacement(span, "pass")
    return Replacement(Span(span.start - len(indent), end + 1 if end >= 0 else span.end), "")


def leave_placeholder(cell: OriginalCell) -> Iterator[Proposal]:
    """Leave None where the value is to be."""
    for node in cell.statements:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            told = f"{cell.told(node.targets[0])} is still None"
            yield Proposal((cell.instead(node.value, "None"),), told)


def drop_owner(cell: OriginalCell) -> Iterator[Proposal]:
    """Set an attribute of the object instead of one of its part's."""
    for node in cell.expressions:
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Attribute)
        ):
            text = f"{cell.source.code(node.value.value)}.{node.attr}"
            yield cell.swap(node, text, "owner")
