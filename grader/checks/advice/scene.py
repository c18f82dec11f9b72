"""Where an exception was raised: which cell and line, and what that line does.

Lines are read by Python's own parser, never by searching their text.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from grader.checks.advice.wording import inner_message
from grader.evidence import Raised
from grader.notebook import source
from grader.records import Plan, PlannedCell

Node = TypeVar("Node", bound=ast.stmt | ast.expr)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Scene:
    """An exception and its surroundings.

    Args:
        raised: The exception.
        plan: What was run; None if that is not known.
        place: Which cell of the plan ran, from 0; None if that is not known.
        errors: Exceptions with which cells of the plan ended, by place.
    """

    raised: Raised
    plan: Plan | None = None
    place: int | None = None
    errors: Mapping[int, Raised] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What the exception says, without what Keras and TensorFlow put around it."""
        return inner_message(self.raised)

    @property
    def called_by_keras(self) -> bool:
        """Whether the exception wears what Keras puts around one when a model is called."""
        return self.raised.message.startswith("Exception encountered when calling")

    @property
    def direct(self) -> bool:
        """Whether the line itself may have raised, and not something that it called."""
        return self.raised.direct is not False

    @cached_property
    def cell(self) -> PlannedCell | None:
        """The cell in which the line is."""
        cells = self.plan.cells if self.plan else ()
        if self.raised.cell:
            return next((cell for cell in cells if cell.name == self.raised.cell), None)
        return cells[self.place] if self.place is not None and self.place < len(cells) else None

    @cached_property
    def tree(self) -> ast.Module | None:
        """That cell as Python reads it; None if it does not, or if the cell is not known."""
        return source.parse(self.cell.source) if self.cell else None

    def nodes(self, kind: type[Node]) -> list[Node]:
        """Return the line's expressions or statements of a kind, inner ones first.

        Those that begin on the line come alone; where there is none, those that it is a part of.
        """
        line = self.raised.line
        if self.tree is None or line is None:
            return []
        found = [node for node in ast.walk(self.tree) if isinstance(node, kind)]
        spanning = [n for n in found if n.lineno <= line <= (n.end_lineno or n.lineno)]
        beginning = [node for node in spanning if node.lineno == line]
        return sorted(beginning or spanning, key=_size)

    @property
    def raises_itself(self) -> bool:
        """Whether the line is a ``raise`` of the student's."""
        return self.direct and any(n.lineno == self.raised.line for n in self.nodes(ast.Raise))

    @cached_property
    def calls(self) -> Mapping[str, ast.Call]:
        """What the line calls, by the last part of its name."""
        return {last_name(call.func): call for call in reversed(self.nodes(ast.Call))}

    @property
    def keywords(self) -> Mapping[str, ast.expr]:
        """What the line passes by name."""
        given = (keyword for call in self.calls.values() for keyword in call.keywords)
        return {keyword.arg: keyword.value for keyword in given if keyword.arg}

    @cached_property
    def function(self) -> Function | None:
        """The innermost function in which the line is."""
        line, nodes = self.raised.line or 0, ast.walk(self.tree) if self.tree else ()
        functions = [node for node in nodes if isinstance(node, Function)]
        around = [node for node in functions if node.lineno < line <= (node.end_lineno or 0)]
        return max(around, key=lambda node: node.lineno, default=None)

    def value_of(self, name: str) -> ast.expr | None:
        """Return the last value that a name was given before the line, in the same function."""
        scope = self.function or self.tree
        if scope is None or self.raised.line is None:
            return None
        given = [
            node
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign)
            and node.lineno < self.raised.line
            and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
        ]
        return max(given, key=lambda node: node.lineno).value if given else None

    def made_earlier(self, name: str) -> ast.expr | None:
        """Return the last value that a name was given in earlier cells, outside of functions."""
        if self.function is not None or self.cell is None or self.plan is None:
            return None
        before = self.plan.cells[: self.plan.cells.index(self.cell)]
        statements = (node for cell in before for node in _statements(cell))
        given = [
            node.value
            for node in statements
            if isinstance(node, ast.Assign)
            and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
        ]
        return given[-1] if given else None

    def is_function(self, name: str) -> bool:
        """Whether a name is that of a function which a cell defines."""
        cells = self.plan.cells if self.plan else ()
        return any(
            isinstance(node, Function) and node.name == name
            for cell in cells
            for node in _statements(cell)
        )

    def is_parameter(self, name: str) -> bool:
        """Whether a name is a parameter of the function in which the line is."""
        return self.function is not None and name in parameters(self.function)

    def is_graded(self, name: str) -> bool:
        """Whether a name is one that a graded cell defines."""
        return self.plan is not None and any(cell.name == name for cell in self.plan.cells)

    def arguments(self, function: str) -> Iterator[Mapping[str, ast.expr]]:
        """Yield what is passed by name in each call of a function, in all cells."""
        for call in self.given(function):
            yield {word.arg: word.value for word in call.keywords if word.arg}

    def given(self, function: str) -> Iterator[ast.Call]:
        """Yield each call of a function, in all cells."""
        for cell in self.plan.cells if self.plan else ():
            for node in ast.walk(source.parse(cell.source) or ast.Module([], [])):
                if isinstance(node, ast.Call) and last_name(node.func) == function:
                    yield node


def _statements(cell: PlannedCell) -> list[ast.stmt]:
    tree = source.parse(cell.source)
    return tree.body if tree else []


def _size(node: ast.stmt | ast.expr) -> tuple[int, int]:
    lines = (node.end_lineno or node.lineno) - node.lineno
    return lines, (node.end_col_offset or 0) - node.col_offset


def parameters(function: Function) -> list[str]:
    """Return the names of a function's parameters that may be given by place."""
    return [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]


def last_name(node: ast.expr) -> str:
    """Return the last part of a dotted name; empty if it has none."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_none(node: ast.expr | None) -> bool:
    """Whether an expression is a plain None."""
    return isinstance(node, ast.Constant) and node.value is None


def text_of(node: ast.AST | None) -> str | None:
    """Return the text that an expression is; None if it is no plain text."""
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None
