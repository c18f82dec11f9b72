"""Mistakes of logic: comparisons turned over, conditions that are missing, wrong operators."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from grader.audit.cell_text import Span
from grader.audit.mutant import Proposal, Replacement
from grader.audit.operators.original_cell import OriginalCell, short

# The opposite, and the same with the other answer where both sides are equal.
_COMPARISONS: Mapping[type[ast.cmpop], tuple[str, Sequence[str]]] = {
    ast.Gt: (">", ("<", ">=")),
    ast.GtE: (">=", ("<", ">")),
    ast.Lt: ("<", (">", "<=")),
    ast.LtE: ("<=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}
_ARITHMETIC: Mapping[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"),
}


def invert_comparison(cell: OriginalCell) -> Iterator[Proposal]:
    """Turn a comparison over, or take the other side of equal."""
    for node in cell.expressions:
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            sign, others = _COMPARISONS[type(node.ops[0])]
            for other in others:
                yield _between(cell, (node.left, node.comparators[0]), sign, other)


def swap_arithmetic(cell: OriginalCell) -> Iterator[Proposal]:
    """Add for subtract, multiply for divide, or the other way round."""
    for node in cell.expressions:
        if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC and not _is_text(node):
            sign, other = _ARITHMETIC[type(node.op)]
            yield _between(cell, (node.left, node.right), sign, other)


def _is_text(node: ast.BinOp) -> bool:
    return any(
        (isinstance(each, ast.Constant) and isinstance(each.value, str))
        or isinstance(each, ast.List)
        for each in (node.left, node.right)
    )


def _between(
    cell: OriginalCell, sides: tuple[ast.expr, ast.expr], sign: str, other: str
) -> Proposal:
    """Propose another sign between two sides."""
    gap = Span(cell.source.span(sides[0]).end, cell.source.span(sides[1]).start)
    text = cell.source.at(gap)
    place = text.index(sign)
    span = Span(gap.start + place, gap.start + place + len(sign))
    whole = cell.source.at(Span(cell.source.span(sides[0]).start, cell.source.span(sides[1]).end))
    return Proposal((Replacement(span, other),), f"{other} for {sign} in {short(whole)}")


def swap_logic(cell: OriginalCell) -> Iterator[Proposal]:
    """Take ``or`` for ``and``, or leave out one side of them."""
    for node in cell.expressions:
        if isinstance(node, ast.BoolOp):
            sign, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            yield _between(cell, (node.values[0], node.values[1]), sign, other)
            for each in node.values:
                kept = [cell.source.code(value) for value in node.values if value is not each]
                text = f" {sign} ".join(kept)
                told = f"without {cell.told(each)}"
                yield Proposal((cell.instead(node, text),), told)


def drop_condition(cell: OriginalCell) -> Iterator[Proposal]:
    """Do always, or never, what is to be done on a condition."""
    for node in cell.source.nodes:
        if isinstance(node, ast.If | ast.IfExp):
            for text in ("True", "False"):
                told = f"{text} for the condition {cell.told(node.test)}"
                yield Proposal((cell.instead(node.test, text),), told)


def swap_boolean(cell: OriginalCell) -> Iterator[Proposal]:
    """Take True for False, or False for True."""
    for node in cell.expressions:
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield cell.swap(node, str(not node.value), "truth value")
