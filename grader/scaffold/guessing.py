"""Of which kind a graded cell is, by what its code calls."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum

from grader.notebook.constants import constants
from grader.records.graded_names import is_call, method_of
from grader.scaffold.graded_cells import AuthorCell, AuthorNotebook
from grader.scaffold.python_code import quoted

LOADS = {"flow_from_directory", "image_dataset_from_directory"}
_DRAWS = {
    "plot": "line",
    "scatter": "scatter",
    "bar": "bars",
    "hist": "histogram",
    "imshow": "image",
}


class PartKind(StrEnum):
    """What is graded, in a word."""

    LOADER = "loader"
    CALLBACK = "callback"
    TRAINING = "training"
    FIGURE = "figure"
    FUNCTION = "function"
    VALUE = "value"
    CELL = "cell"


def kind_of(cell: AuthorCell) -> PartKind:
    """Return the kind that a graded cell seems to be of."""
    called = {name for name, _ in calls(cell.code)}
    if is_call(cell.name) or re.search(r"#+\s*GRADED\s+CELL", cell.text):
        return PartKind.TRAINING if method_of(cell.name) == "fit" else PartKind.CELL
    if re.search(r"#+\s*GRADED\s+FIGURE", cell.text):
        return PartKind.FIGURE
    draws = called & {*_DRAWS, "subplots", "figure"}
    if cell.node is None:
        return PartKind.FIGURE if draws else PartKind.VALUE
    if isinstance(cell.node, ast.ClassDef):
        bases = " ".join(map(ast.unparse, cell.node.bases))
        return PartKind.CALLBACK if "Callback" in bases else PartKind.FUNCTION
    known = {"fit": PartKind.TRAINING} | dict.fromkeys(LOADS, PartKind.LOADER)
    found = [kind for name, kind in known.items() if name in called]
    return found[0] if found else PartKind.FIGURE if draws else PartKind.FUNCTION


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls in some code, each with the last part of its name."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            function = each.func
            name = function.attr if isinstance(function, ast.Attribute) else ""
            yield name or getattr(function, "id", ""), each


def given_to(node: ast.AST, functions: set[str], argument: str) -> ast.expr | None:
    """Return what a call is given under a name; None where no call is."""
    for name, made in calls(node):
        if name in functions:
            for each in made.keywords:
                if each.arg == argument:
                    return each.value
    return None


def drawn(cell: AuthorCell) -> list[str]:
    """Return the kinds of what is drawn, as figures name them."""
    return list(dict.fromkeys(_DRAWS[name] for name, _ in calls(cell.code) if name in _DRAWS))


def loaded_folder(cell: AuthorCell, notebook: AuthorNotebook) -> str:
    """Return the folder that images are loaded from, as it is written; empty if unknown."""
    for name, made in calls(cell.code):
        if name in LOADS:
            listed = [
                *made.args[:1],
                *(each.value for each in made.keywords if each.arg == "directory"),
            ]
            for each in listed:
                found: object
                if isinstance(each, ast.Name):
                    found = constants(text for _, text in notebook.given).get(each.id)
                else:
                    found = each.value if isinstance(each, ast.Constant) else None
                if isinstance(found, str):
                    return found
    return ""


def compared(cell: AuthorCell) -> float | None:
    """Return the accuracy with which a callback compares; None if unknown."""
    for node in ast.walk(cell.code):
        if isinstance(node, ast.Compare):
            for each in (node.left, *node.comparators):
                if isinstance(each, ast.Constant) and isinstance(each.value, float):
                    return each.value if 0 < each.value < 1 else None
    return None


def snake(name: str) -> str:
    """Return a name in small letters, with underscores between its words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|\.", "_", name).lower().strip("_") or "part"


def required(node: ast.AST | None) -> int:
    """Return how many arguments a function must be given by position."""
    if not isinstance(node, ast.FunctionDef):
        return 0
    return len(node.args.posonlyargs) + len(node.args.args) - len(node.args.defaults)


def constant(node: ast.expr | None) -> object:
    """Return a value that is written down; None where it is computed."""
    try:
        return ast.literal_eval(node) if node is not None else None
    except ValueError:
        return None


def literal(cell: AuthorCell) -> str:
    """Return what a variable is set to as Python writes it; empty where it is computed."""
    for node in cell.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)) if (
                name == cell.name and value is not None
            ):
                return quoted(value) if isinstance(value, str) else repr(value)
    return ""
