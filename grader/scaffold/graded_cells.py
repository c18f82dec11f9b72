"""The graded cells of an author's notebook: where they are, and what they define."""

import ast
import keyword
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.notebook import source
from grader.notebook.called import called_on
from grader.notebook.files import read_notebook
from grader.notebook.keys import text_of
from grader.notebook.markers import markers, regions
from grader.notebook.names import names_of
from grader.records.graded_names import is_call, method_of
from grader.release.cell import released
from grader.release.faults import CellFault
from grader.release.solution import (
    SolutionCell,
    refusal,
    refuse_no_solution,
    refuse_unmarked,
)
from grader.scaffold.spelling import rewritten

Defined = ast.FunctionDef | ast.ClassDef
_MARKERS = re.compile(r"#.*\b(?:(?:START|END|YOUR)\s+CODE|SOLUTION)\b", re.IGNORECASE)
_FIGURE = "FIGURE"
_FIT = "fit"
# As modules are usually called; what is called of them is no call on a variable.
_MODULES = {"np", "pd", "plt", "sns", "tf", "keras", "os"}


@dataclass(frozen=True)
class AuthorCell:
    """A cell that students write.

    Args:
        number: Its place in the notebook, from 1.
        name: What it defines, or which call on a variable it makes.
        node: The function or class; None where that is a variable.
        tree: Its syntax.
        text: With markers as this kit spells them.
    """

    number: int
    name: str
    node: Defined | None
    tree: ast.Module
    text: str

    @property
    def code(self) -> ast.AST:
        """What is looked at to tell of which kind it is."""
        return self.node or self.tree


@dataclass(frozen=True)
class AuthorNotebook:
    """A notebook with markers.

    Args:
        path: Where it is.
        content: As JSON has it.
        graded: Its graded cells, in order.
    """

    path: Path
    content: dict[str, Any]
    graded: Sequence[AuthorCell]

    @property
    def given(self) -> Iterator[tuple[int, str]]:
        """Numbers and texts of code cells that are not graded."""
        own = {cell.number for cell in self.graded}
        for number, raw in enumerate(self.content["cells"], 1):
            if raw["cell_type"] == "code" and number not in own:
                yield number, text_of(raw)

    def kept(self, cell: AuthorCell) -> str:
        """Return the variable in which a given cell keeps what a function returns.

        Raises:
            UsageError: None does.
        """
        for _, text in self.given:
            for node in getattr(source.parse(text), "body", ()):
                match node:
                    case ast.Assign(
                        targets=[ast.Name(id=variable)], value=ast.Call(func=ast.Name(id=called))
                    ) if called == cell.name:
                        return variable
        raise UsageError(
            f"{self.path}, cell {cell.number} ({cell.name}): expected a cell without markers that "
            f"keeps what {cell.name} returns, such as kept = {cell.name}(...); found none. Add "
            "one below."
        )


def author_notebook(path: Path) -> AuthorNotebook:
    """Read a notebook that has a solution between markers.

    Raises:
        RejectedError: It is no notebook.
        UsageError: It cannot be used; names the cell and the line, and says what to do.
    """
    content = read_notebook(path)
    code = [
        SolutionCell(number, raw, ())
        for number, raw in enumerate(content["cells"], 1)
        if raw["cell_type"] == "code"
    ]
    if not any(cell.text.strip() for cell in code):
        raise UsageError(
            f"{path}: expected cells of code, found none. Name the notebook that has your solution."
        )
    read = [(cell, found) for cell in code if (found := _graded(cell, path)) is not None]
    refuse_no_solution([cell for cell, _ in read], path)
    _refuse_twice([found for _, found in read], path)
    return AuthorNotebook(path, content, [found for _, found in read])


def _graded(cell: SolutionCell, path: Path) -> AuthorCell | None:
    try:
        text = _marked(cell)
        if text is None:
            return None
        cell.made = released(text, (), ())
        node, name = _defines(cell.made.code.tree, text)
        cell.names = [name]
        refuse_unmarked(cell)
        cell.raw = {**cell.raw, "source": text}
    except CellFault as fault:
        raise refusal(fault, cell, path) from fault
    return AuthorCell(cell.number, name, node, cell.made.code.tree, text)


def _marked(cell: SolutionCell) -> str | None:
    """Return the text of a cell with markers; None of one that has none."""
    named = source.GRADED_MARKER.search(cell.text)
    try:
        text = rewritten(cell.text)
    except CellFault:
        # What is only shown may be anything.
        if named or _MARKERS.search(cell.text):
            raise
        return None
    return text if named or markers(text) else None


def _defines(tree: ast.Module, text: str) -> tuple[Defined | None, str]:
    """Return the function or class that is graded, and the graded name."""
    found = regions(text)
    nodes = [node for node in tree.body if isinstance(node, Defined)]
    within = [
        node for node in nodes if any(_overlap(node, each.start, each.stop) for each in found)
    ]
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


def _overlap(node: ast.stmt, start: int, stop: int) -> bool:
    return node.lineno - 1 < stop and (node.end_lineno or node.lineno) > start


def _variable(tree: ast.Module, found: Sequence[Any]) -> str:
    """Return the variable that is set last between the markers, or the call that is made there.

    A training is known by its call, whatever it is kept in; other calls only where nothing is set.
    """
    nodes = [
        node for node in tree.body if any(_overlap(node, each.start, each.stop) for each in found)
    ]
    names = [target.id for node in nodes for target in _targets(node)]
    calls = [call for node in nodes if (call := _call_of(node))]
    fits = [call for call in calls if method_of(call) == _FIT]
    known = fits or names or calls
    if not known:
        row = found[0].start if found else None
        raise CellFault(
            row,
            "Expected a function, a class, a variable that is defined here, or a call on one; "
            "found none.",
            "Give a name to what is to be graded, such as answer = ....",
        )
    return known[-1]


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


def _refuse_twice(cells: Sequence[AuthorCell], path: Path) -> None:
    seen: dict[str, int] = {}
    for cell in cells:
        if cell.name in seen:
            raise UsageError(
                f"{path}: cells {seen[cell.name]} and {cell.number} both "
                f"{'call' if is_call(cell.name) else 'define'} {cell.name}. Give "
                "one of them another name, or make one cell of both."
            )
        seen[cell.name] = cell.number
