"""Mistakes with names: another variable, the wrong split, the wrong key or axis."""

import ast
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from grader.audit.mutant import Proposal
from grader.audit.operators import vocabulary
from grader.audit.operators.original_cell import OriginalCell

_MOST = 2
_PAIR = 2
_LABELS = {
    "set_xlabel": "set_ylabel", "set_ylabel": "set_xlabel", "xlabel": "ylabel", "ylabel": "xlabel",
}  # fmt: skip


def wrong_variable(cell: OriginalCell) -> Iterator[Proposal]:
    """Use another variable of the function."""
    for node in cell.expressions:
        if isinstance(node, ast.Name) and _is_value(cell, node):
            known = [each for each in _locals(cell, node) if each != node.id]
            for other in known[-_MOST:]:
                yield cell.swap(node, other, "variable")


def wrong_data(cell: OriginalCell) -> Iterator[Proposal]:
    """Use data of the wrong split, of the wrong kind, or from the wrong place."""
    for node in cell.expressions:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            for other in sorted(_siblings(cell, node.id)):
                yield cell.swap(node, other, "data")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _other_place(cell, node, node.value)


def _siblings(cell: OriginalCell, name: str) -> set[str]:
    """Return names that differ in one part, as ``x_test`` and ``y_train`` do from ``x_train``."""
    parts = name.split("_")
    known = cell.around | {*_bound(cell)}
    return {
        other
        for other in known
        if len(parts) > 1
        and len(their := other.split("_")) == len(parts)
        and sum(one != two for one, two in zip(parts, their, strict=True)) == 1
    }


def _other_place(cell: OriginalCell, node: ast.Constant, text: str) -> Iterator[Proposal]:
    if "/" in text:
        for part, others in vocabulary.SPLITS.items():
            if part in text.split("/"):
                for other in others:
                    yield cell.swap(node, repr(text.replace(part, other)), "data")


def wrong_key(cell: OriginalCell) -> Iterator[Proposal]:
    """Look something up under another key."""
    for node in cell.expressions:
        if isinstance(node, ast.Constant) and _is_key(cell, node):
            key = str(node.value)
            others = [each for each in cell.keys if each != key]
            if key in vocabulary.METRICS:
                others = [f"val_{key}", *others]
            for other in others[:_MOST] or [key[:-1]]:
                yield cell.swap(node, f'"{other}"', "key")


def wrong_answer(cell: OriginalCell) -> Iterator[Proposal]:
    """Give another answer to a question: the next letter, half a word, less, in another order."""
    for node in cell.statements:
        value = node.value if isinstance(node, ast.Assign) else None
        if cell.source.parents.get(node) is not cell.source.tree:
            continue
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield cell.swap(value, _other_text(value.value), "answer")
        elif isinstance(value, ast.List | ast.Tuple | ast.Set) and _is_answer(value):
            for other in _other_items(cell, value):
                yield cell.swap(value, other, "answer")


def _other_text(text: str) -> str:
    return f'"{chr(ord(text) + 1) if len(text) == 1 else text[: len(text) // 2]}"'


def _is_answer(value: ast.List | ast.Tuple | ast.Set) -> bool:
    """Whether it is a list of constants, and not of what a cell has computed."""
    return len(value.elts) > 1 and all(isinstance(each, ast.Constant) for each in value.elts)


def _other_items(cell: OriginalCell, value: ast.List | ast.Tuple | ast.Set) -> Iterator[str]:
    """Yield a list without its last item, and one of numbers with the first two exchanged."""
    code = cell.source.code(value)
    items = [cell.source.code(each) for each in value.elts]
    # What is left of a pair must be none: (1) is a number.
    left = ", ".join(items[:-1]) + ("," if len(items) == _PAIR else "")
    yield f"{code[0]}{left}{code[-1]}"
    texts = any(
        isinstance(each, ast.Constant) and isinstance(each.value, str) for each in value.elts
    )
    if not texts and not isinstance(value, ast.Set) and items[0] != items[1]:
        yield f"{code[0]}{', '.join([items[1], items[0], *items[2:]])}{code[-1]}"


def keys(cell: OriginalCell) -> list[str]:
    """Return the texts by which a cell looks something up, in order, each once."""
    found = [each for each in cell.expressions if isinstance(each, ast.Constant)]
    return list(dict.fromkeys(str(each.value) for each in found if _is_key(cell, each)))


def _is_key(cell: OriginalCell, node: ast.Constant) -> bool:
    if not isinstance(node.value, str):
        return False
    parent = cell.source.parents.get(node)
    return isinstance(parent, ast.Subscript) or cell.argument(node) == ("get", "0")


def swap_axes(cell: OriginalCell) -> Iterator[Proposal]:
    """Count along the other axis, or label one as the other."""
    for node in cell.expressions:
        _, argument = cell.argument(node)
        if argument == "axis" and isinstance(node, ast.Constant):
            yield cell.swap(node, "1" if node.value in {0, -1} else "0", "axis")
    for call in cell.calls:
        other = _LABELS.get(cell.called(call))
        if other and isinstance(call.func, ast.Attribute):
            text = cell.source.code(call.func)[: -len(call.func.attr)] + other
            yield cell.swap(call.func, text, "axis")


def _is_value(cell: OriginalCell, node: ast.Name) -> bool:
    """Whether a name stands for a value that is used, and not for what is called."""
    parent = cell.source.parents.get(node)
    called = isinstance(parent, ast.Call) and parent.func is node
    return isinstance(node.ctx, ast.Load) and not called and node.id not in cell.modules


def _bound(cell: OriginalCell) -> list[str]:
    names = [n for n in ast.walk(cell.source.tree) if isinstance(n, ast.Name | ast.arg)]
    ordered = sorted(names, key=lambda each: (each.lineno, each.col_offset))
    bound = [
        each.arg if isinstance(each, ast.arg) else each.id
        for each in ordered
        if isinstance(each, ast.arg) or isinstance(each.ctx, ast.Store)
    ]
    return list(dict.fromkeys(bound))


def _locals(cell: OriginalCell, node: ast.Name) -> Sequence[str]:
    """Return the variables of the function that are bound above a node."""
    function = next(
        (each for each in cell.above(node) if isinstance(each, ast.FunctionDef)), cell.source.tree
    )
    statement = next(each for each in (node, *cell.above(node)) if isinstance(each, ast.stmt))
    names = [
        (each.lineno, each.arg if isinstance(each, ast.arg) else each.id)
        for each in ast.walk(function)
        if isinstance(each, ast.arg) or _is_bound_above(each, statement)
    ]
    return list(dict.fromkeys(name for _, name in sorted(names) if name != "self"))


def _is_bound_above(node: ast.AST, statement: ast.stmt) -> TypeGuard[ast.Name]:
    bound = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    return bound and node.lineno < statement.lineno  # type: ignore[attr-defined]
