"""Mistakes with layers: one that is missing, comes twice, or stands in the wrong place."""

import ast
from collections.abc import Iterator, Sequence
from itertools import pairwise

from grader.audit.cell_text import Member, Span
from grader.audit.mutant import Proposal, Replacement
from grader.audit.operators import vocabulary
from grader.audit.operators.original_cell import OriginalCell


def drop_layer(cell: OriginalCell) -> Iterator[Proposal]:
    """Leave a layer out."""
    for stack in _stacks(cell):
        for place, item in enumerate(stack.items):
            yield Proposal((stack.without(place),), f"without {cell.told(item.node)}")
    for call in cell.calls:
        if _is_applied(cell, call):
            inner = cell.source.code(call.args[0])
            yield Proposal((cell.instead(call, inner),), f"without {cell.told(call.func)}")


def duplicate_layer(cell: OriginalCell) -> Iterator[Proposal]:
    """Have a layer of the output or of the input come twice."""
    for stack in _stacks(cell):
        for place in {0, len(stack.items) - 1}:
            yield Proposal((stack.twice(place),), f"twice {cell.told(stack.items[place].node)}")


def swap_layers(cell: OriginalCell) -> Iterator[Proposal]:
    """Have two layers, one behind the other, in the wrong order."""
    for stack in _stacks(cell):
        for one, other in pairwise(stack.items):
            first, second = cell.source.at(one.span), cell.source.at(other.span)
            if first != second:
                told = f"{cell.told(other.node)} before {cell.told(one.node)}"
                yield Proposal(
                    (Replacement(one.span, second), Replacement(other.span, first)), told
                )


class _Stack:
    """Layers that stand one behind the other: in a list, or as statements."""

    def __init__(self, cell: OriginalCell, items: Sequence[Member], *, listed: bool) -> None:
        self.cell = cell
        self.items = items
        self.listed = listed

    def without(self, place: int) -> Replacement:
        if self.listed:
            return self.cell.without(self.items, place)
        return Replacement(self._whole_line(place), "")

    def twice(self, place: int) -> Replacement:
        span = self.items[place].span
        text, cell = self.cell.source.at(span), self.cell.source
        indent = cell.indent(span.start)
        if not self.listed:
            whole = self._whole_line(place)
            return Replacement(Span(whole.start, whole.start), cell.at(whole))
        divider = ", " if indent is None else f",\n{indent}"
        return Replacement(Span(span.start, span.start), f"{text}{divider}")

    def _whole_line(self, place: int) -> Span:
        span, text = self.items[place].span, self.cell.source.text
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        return Span(start, end + 1 if end >= 0 else len(text))


def _stacks(cell: OriginalCell) -> Iterator[_Stack]:
    for node in cell.expressions:
        if isinstance(node, ast.List) and any(each in cell.layers for each in node.elts):
            yield _Stack(cell, cell.source.items(node), listed=True)
    added = [
        Member(call, cell.source.span(call))
        for call in cell.calls
        if cell.called(call) == "add" and isinstance(cell.source.parents[call], ast.Expr)
    ]
    if added:
        yield _Stack(cell, added, listed=False)


def _is_applied(cell: OriginalCell, call: ast.Call) -> bool:
    """Whether a layer is called with what another one has made."""
    return (
        isinstance(call.func, ast.Call)
        and cell.called(call.func) in vocabulary.LAYERS
        and len(call.args) == 1
    )
