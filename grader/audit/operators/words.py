"""Mistakes with the words of the field: a loss, a metric, a mode that is for another task."""

import ast
from collections.abc import Iterator

from grader.audit.cell_text import Span
from grader.audit.mutant import Proposal, Replacement
from grader.audit.operators import vocabulary
from grader.audit.operators.original_cell import OriginalCell, last_name
from grader.audit.operators.vocabulary import Names


def _texts(cell: OriginalCell, argument: str, names: Names) -> Iterator[Proposal]:
    """Swap texts that are given as an argument, or in a list that is."""
    for node in cell.expressions:
        if (
            isinstance(node, ast.Constant)
            and node.value in names
            and _is_given(cell, node, argument)
        ):
            for name in names[str(node.value)]:
                yield cell.swap(node, f'"{name}"', argument)


def _is_given(cell: OriginalCell, node: ast.expr, argument: str) -> bool:
    parent = cell.source.parents.get(node)
    place: ast.AST = parent if isinstance(parent, ast.List) else node
    function, name = cell.argument(place)
    if name == argument:
        return True
    by_place = {str(place): each for place, each in enumerate(vocabulary.COMPILE)}
    return function == "compile" and by_place.get(name) == argument


def _classes(cell: OriginalCell, what: str, names: Names) -> Iterator[Proposal]:
    """Swap the last part of a name, such as that of an optimizer's class."""
    for node in cell.expressions:
        name = last_name(node)
        if name in names and isinstance(node, ast.Attribute):
            for other in names[name]:
                text = cell.source.code(node)[: -len(name)] + other
                yield Proposal((cell.instead(node, text),), f"{what}: {other} for {name}")


def swap_loss(cell: OriginalCell) -> Iterator[Proposal]:
    """Take a loss that is made for other labels, or for another kind of task."""
    yield from _texts(cell, "loss", vocabulary.LOSSES)
    yield from _classes(cell, "loss", vocabulary.LOSSES)


def swap_metric(cell: OriginalCell) -> Iterator[Proposal]:
    """Take a metric that measures something else, or is logged under another name."""
    yield from _texts(cell, "metrics", vocabulary.METRICS)
    yield from _classes(cell, "metric", vocabulary.METRICS)


def swap_optimizer(cell: OriginalCell) -> Iterator[Proposal]:
    """Take plain gradient descent with the learning rate of an adaptive optimizer."""
    yield from _texts(cell, "optimizer", vocabulary.OPTIMIZERS)
    yield from _classes(cell, "optimizer", vocabulary.OPTIMIZERS)


def swap_activation(cell: OriginalCell) -> Iterator[Proposal]:
    """Take an activation that does not suit the output, or lets hardly anything through."""
    for node in cell.expressions:
        function, name = cell.argument(node)
        if not isinstance(node, ast.Constant) or (
            name != "activation" and function != "Activation"
        ):
            continue
        layer = cell.source.parents[cell.source.parents[node]]
        last = layer is cell.output or function == "Activation"
        for other in (vocabulary.OUTPUTS if last else vocabulary.HIDDEN).get(str(node.value), ()):
            yield cell.swap(node, f'"{other}"', "activation")


def swap_mode(cell: OriginalCell) -> Iterator[Proposal]:
    """Take another form of labels, other colours, or the other part of a split."""
    for argument in ("class_mode", "label_mode", "color_mode", "padding", "subset"):
        yield from _texts(cell, argument, vocabulary.ARGUMENTS[argument])


def swap_hook(cell: OriginalCell) -> Iterator[Proposal]:
    """Have a callback called at another time."""
    for node in cell.statements:
        if isinstance(node, ast.FunctionDef) and node.name in vocabulary.HOOKS:
            start = cell.source.text.index(node.name, cell.source.span(node).start)
            for other in vocabulary.HOOKS[node.name]:
                change = Replacement(Span(start, start + len(node.name)), other)
                yield Proposal((change,), f"hook: {other} for {node.name}")
