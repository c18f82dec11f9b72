"""Whether a hint gives away the line that it hints at."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import dedent

from grader.assignments.declaring import Place, require
from grader.checks import Check
from grader.notebook import source
from grader.notebook.markers import regions
from grader.notebook.read import read
from grader.records import CellKind

# Shorter ones, such as x = 1, are in many a sentence.
_SHORTEST = 6


def given_away(hint: str, solution: Iterable[str]) -> str | None:
    """Return what of a solution a hint has in it; None if it has nothing.

    Args:
        hint: The hint.
        solution: Its lines and named arguments.
    """
    said = _plain(hint)
    return next((each for each in solution if _plain(each) in said), None)


def solved(notebook: Path) -> Iterator[str]:
    """Yield the lines and the named arguments that make up a solution.

    Args:
        notebook: The solution; what students get has nothing to be given away.

    Raises:
        RejectedError: The notebook cannot be read.
    """
    cells = (cell for cell in read(notebook).cells if cell.kind is CellKind.CODE)
    for region in (region for cell in cells for region in regions(cell.source)):
        # Within a function, it is indented.
        tree = source.parse(dedent(region.text))
        yield from _telling(tree) if tree else ()


def _telling(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        told = ""
        if isinstance(node, ast.keyword) and node.arg:
            told = f"{node.arg}={ast.unparse(node.value)}"
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.Return):
            told = ast.unparse(node)
        if len(_plain(told)) >= _SHORTEST and not told.endswith("None"):
            yield told


def _plain(text: str) -> str:
    return "".join(text.split()).replace("'", '"')


def require_hints(checks: Iterable[Check], notebook: Path) -> None:
    """No hint gives away the line that it hints at; that takes a solution to compare with.

    Args:
        checks: The rubric.
        notebook: What students get, or its solution; it need not be there.

    Raises:
        DeclarationError: One does; names the file and the line.
    """
    if not notebook.is_file():
        return
    solution = list(solved(notebook))
    for check in checks:
        line = given_away(check.hint, solution)
        require(line is None, f"The hint of {check.id} has {line} of the solution in it.",
                "Ask for it, or say what to look at.",
                Place.of_function(check.function))  # fmt: skip
