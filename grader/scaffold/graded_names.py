"""Which name a cell of an author's notebook is graded by."""

import ast
import keyword
import re
from collections.abc import Iterator, Sequence

from grader.notebook import source
from grader.notebook.called import called_on
from grader.notebook.markers import Region, regions
from grader.notebook.names import names_of
from grader.records.graded_names import is_call, method_of
from grader.release.faults import CellFault

Defined = ast.FunctionDef | ast.ClassDef
_FIGURE = "FIGURE"
_FIT = "fit"
# As modules are usually called; what is called of them is no call on a variable.
_MODULES = {"np", "pd", "plt", "sns", "tf", "keras", "os"}
_AXES = r"\.(?:subplots?|axes|gca|add_subplot|figure)\("


def defines(tree: ast.Module, text: str) -> tuple[Defined | None, str]:
    """Return the function or class that is graded, and the graded name."""
    found = regions(text)
    nodes = [node for node in tree.body if isinstance(node, Defined)]
    within = [node for node in nodes if any(overlap(node, each.start, each.stop) for each in found)]
    named = source.GRADED_MARKER.search(text)
    row = text[: named.start()].count("\n") + 1 if named else None
    bound = names_of(text).bound
    if named:
        name = named[1]
        if any(not each.isidentifier() or keyword.iskeyword(each) for each in name.split(".")):
            raise CellFault(row, f"{name!r} is no name of Python.", "Write one that is.")
        if is_call(name):
            _require_called(name, text, row)
        elif name not in bound and _FIGURE not in named[0].upper():
            raise CellFault(
                row,
                f"The comment names {name}; the cell defines {', '.join(sorted(bound)) or None}.",
                "Write the name that it defines.",
            )
    elif within:
        name = within[0].name
    else:
        name = _variable(tree, found)
    return next((node for node in nodes if node.name == name), None), name


def _require_called(name: str, text: str, row: int | None) -> None:
    if name not in called_on(text):
        told = f"The comment names {name}; the cell calls {', '.join(sorted(called_on(text)))}."
        raise CellFault(row, told, "Write the call on a variable that it makes.")


def overlap(node: ast.stmt, start: int, stop: int) -> bool:
    """Whether a statement has one of the lines from ``start`` up to, and without, ``stop``."""
    return node.lineno - 1 < stop and (node.end_lineno or node.lineno) > start


def _variable(tree: ast.Module, found: Sequence[Region]) -> str:
    """Return the variable that is set last between the markers, or the call that is made there.

    A training is known by its call, whatever it is kept in; other calls only where nothing is set.
    """
    nodes = [
        node for node in tree.body if any(overlap(node, each.start, each.stop) for each in found)
    ]
    names = [target.id for node in nodes for target in _targets(node)]
    calls = [call for node in nodes if (call := _call_of(node))]
    fits = [call for call in calls if method_of(call) == _FIT]
    known = fits or names or _changed(tree, nodes) or calls
    if not known:
        row = found[0].start if found else None
        raise CellFault(
            row,
            "Expected a function, a class, a variable that is defined here, or a call on one; "
            "found none.",
            "Give a name to what is to be graded, such as answer = ....",
        )
    return known[-1]


def _changed(tree: ast.Module, nodes: Sequence[ast.stmt]) -> list[str]:
    """Return variables of the cell that are changed: axes that are drawn on, what gets items."""
    drawn = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and re.search(_AXES, ast.unparse(node.value))
        for target in _targets(node)
    }
    bound = {target.id for node in tree.body for target in _targets(node)}
    changed = []
    for node in nodes:
        match node:
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
                changed += [name] if name in drawn else []
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))]):
                changed += [name] if name in bound else []
    return changed


def _call_of(node: ast.stmt) -> str:
    """Return the call on a variable that a statement is, or keeps; empty where it is another."""
    match node:
        case ast.Expr(value=value) | ast.Assign(value=value):
            pass
        case _:
            return ""
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=variable), attr=method)):
            # What is set by another call is a value.
            alone = isinstance(node, ast.Expr) and variable not in _MODULES
            return f"{variable}.{method}" if alone or method == _FIT else ""
    return ""


def _targets(node: ast.stmt) -> Iterator[ast.Name]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    for target in targets:
        for each in target.elts if isinstance(target, ast.Tuple) else [target]:
            if isinstance(each, ast.Name):
                yield each
