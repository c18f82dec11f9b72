"""Mistakes with arguments: left out, exchanged, or a call that was never made."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from grader.audit.cell_text import Member, Span
from grader.audit.mutant import Proposal, Replacement
from grader.audit.operators import vocabulary
from grader.audit.operators.original_cell import OriginalCell

# Their arguments can stand in any order, or are of the same meaning.
_ALIKE = {"max", "min", "isclose", "array_equal"}
_TURNING = {"str", "int", "float", "list", "dict", "sorted", "set", "round", "abs", "len"}
# Methods that act on their object, or ask Keras for something else than a part of it.
_NO_STEP = {"compile", "fit", "add", "flow_from_directory", "evaluate", "predict", "load_data"}


def drop_argument(cell: OriginalCell) -> Iterator[Proposal]:
    """Leave an argument out."""
    for call in cell.calls:
        items = cell.source.items(call)
        for place, item in enumerate(items):
            if not isinstance(item.node, ast.Starred):
                told = cell.told(item.node)
                yield Proposal((cell.without(items, place),), f"{cell.called(call)} without {told}")


def add_argument(cell: OriginalCell) -> Iterator[Proposal]:
    """Give an argument too many: epochs of a single batch, images without their colours."""
    for call in cell.calls:
        named = {each.arg for each in call.keywords}
        for argument in vocabulary.TOO_MANY.get(cell.called(call), ()):
            if argument.partition("=")[0] not in named and (items := cell.source.items(call)):
                place = items[-1].span.end
                change = Replacement(Span(place, place), f", {argument}")
                yield Proposal((change,), f"{cell.called(call)} with {argument}")


def swap_arguments(cell: OriginalCell) -> Iterator[Proposal]:
    """Exchange two arguments, such as samples and labels."""
    for call in cell.calls:
        if cell.called(call) in _ALIKE | vocabulary.LAYERS:
            continue
        given = [item for item in cell.source.items(call) if item.node in call.args]
        for one, other in pairwise(given):
            yield from _exchanged(cell, one, other)
    for node in cell.expressions:
        if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and _is_pair(node):
            yield from _exchanged(cell, *cell.source.items(node))


def _is_pair(node: ast.Tuple) -> bool:
    """Whether it is two things of a kind, as samples and labels are, and no size."""
    return len(node.elts) == 2 and not any(  # noqa: PLR2004
        isinstance(each, ast.Constant | ast.Starred) for each in node.elts
    )


def _exchanged(cell: OriginalCell, one: Member, other: Member) -> Iterator[Proposal]:
    first, second = cell.source.at(one.span), cell.source.at(other.span)
    if first != second and ast.Starred not in {type(one.node), type(other.node)}:
        told = f"{cell.told(one.node)} and {cell.told(other.node)} exchanged"
        yield Proposal((Replacement(one.span, second), Replacement(other.span, first)), told)


def drop_brackets(cell: OriginalCell) -> Iterator[Proposal]:
    """Name a function or a class where it is to be called."""
    for call in cell.calls:
        if not call.args and not call.keywords:
            span = Span(cell.source.span(call.func).end, cell.source.span(call).end)
            yield Proposal((Replacement(span, ""),), f"{cell.told(call)} is not called")


def drop_step(cell: OriginalCell) -> Iterator[Proposal]:
    """Leave out a call that turns one value into another, such as ``.upper()``."""
    for call in cell.calls:
        inner = _turned(cell, call)
        if inner is not None:
            told = f"{cell.told(inner)} as it is, without {cell.called(call)}"
            yield Proposal((cell.instead(call, cell.source.code(inner)),), told)


def _turned(cell: OriginalCell, call: ast.Call) -> ast.expr | None:
    if isinstance(call.func, ast.Name) and call.func.id in _TURNING and len(call.args) == 1:
        return call.args[0]
    if isinstance(cell.source.parents.get(call), ast.Expr):
        return None
    if isinstance(call.func, ast.Attribute) and call.func.attr not in _NO_STEP:
        receiver = call.func.value
        root = receiver
        while isinstance(root, ast.Attribute):
            root = root.value
        return None if isinstance(root, ast.Name) and root.id in cell.modules else receiver
    return None
