"""The graded cells of an author's notebook: where they are, and what they define."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.notebook import source
from grader.notebook.files import read_notebook
from grader.notebook.keys import text_of
from grader.notebook.markers import markers, regions
from grader.records.graded_names import is_call
from grader.release import nbgrader
from grader.release.cell import released
from grader.release.faults import CellFault
from grader.release.solution import (
    SolutionCell,
    refusal,
    refuse_no_solution,
    refuse_unmarked,
)
from grader.scaffold.graded_names import Defined, defines, overlap
from grader.scaffold.nbgrader_cells import converted
from grader.scaffold.spelling import END, START, rewritten

_MARKERS = re.compile(r"#.*\b(?:(?:START|END|YOUR)\s+CODE|SOLUTION)\b", re.IGNORECASE)
_HEADING = re.compile(r"^#+[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_LONG = 60


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

    @property
    def is_class(self) -> bool:
        """Whether a class is graded."""
        return isinstance(self.node, ast.ClassDef)

    @property
    def others(self) -> Sequence[str]:
        """Further functions and classes that students write here, and that are not graded."""
        found = regions(self.text)
        return [
            node.name
            for node in self.tree.body
            if isinstance(node, Defined)
            and node.name != self.name
            and any(overlap(node, each.start, each.stop) for each in found)
        ]


@dataclass(frozen=True)
class AuthorNotebook:
    """A notebook with markers.

    Args:
        path: Where it is.
        content: As JSON has it, without what students must not get of given cells.
        graded: Its graded cells, in order.
        told: What is not taken over, in words.
    """

    path: Path
    content: dict[str, Any]
    graded: Sequence[AuthorCell]
    told: Sequence[str] = ()

    @property
    def given(self) -> Iterator[tuple[int, str]]:
        """Numbers and texts of code cells that are not graded."""
        own = {cell.number for cell in self.graded}
        for number, raw in enumerate(self.content["cells"], 1):
            if raw["cell_type"] == "code" and number not in own:
                yield number, text_of(raw)

    @property
    def title(self) -> str:
        """Its first heading; empty where it has none that can be a title."""
        for raw in self.content["cells"]:
            if raw["cell_type"] == "markdown" and (found := _HEADING.search(text_of(raw))):
                words = " ".join(re.sub(r"[*_`]+|<[^>]*>", "", found[1]).split())
                return words if len(words) <= _LONG else ""
        return ""

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
    content, told = converted(read_notebook(path))
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
    return AuthorNotebook(path, content, [found for _, found in read], told)


def _graded(cell: SolutionCell, path: Path) -> AuthorCell | None:
    try:
        text = _marked(cell)
        if text is None:
            return None
        cell.made = released(text, (), ())
        node, name = defines(cell.made.code.tree, text)
        cell.names = [name]
        refuse_unmarked(cell)
        cell.raw = {**cell.raw, "source": text}
    except CellFault as fault:
        raise refusal(fault, cell, path) from fault
    return AuthorCell(cell.number, name, node, cell.made.code.tree, text)


def _marked(cell: SolutionCell) -> str | None:
    """Return the text of a cell with markers; None of one that has none."""
    named = source.GRADED_MARKER.search(cell.text)
    whole = nbgrader.is_solution(cell.raw)
    try:
        text = rewritten(cell.text)
    except CellFault:
        # What is only shown may be anything.
        if named or whole or _MARKERS.search(cell.text):
            raise
        return None
    if whole and not markers(text):
        text = f"{START}\n{text}\n{END}"
    return text if named or markers(text) else None


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
