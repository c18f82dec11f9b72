"""What an operator sees: a graded cell, the names around it, and where Keras' words stand."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from grader.audit.cell_text import CellText, Member, Span
from grader.audit.mutant import Proposal, Replacement
from grader.audit.operators import vocabulary

# They show something, and change nothing that is looked at.
_SHOWING = {"print", "display", "show", "summary"}
_SHORT = 60


@dataclass(frozen=True)
class OriginalCell:
    """A cell that is to be changed.

    Args:
        source: Its text, and what that says.
        around: Names that the other cells of the notebook define.
        modules: Names that were imported, in whichever cell.
        keys: Texts by which something is looked up, in whichever cell.
    """

    source: CellText
    around: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    keys: Sequence[str] = field(default=())

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Calls that do more than show something."""
        return [call for call in self._of(ast.Call) if self.called(call) not in _SHOWING]

    @cached_property
    def statements(self) -> list[ast.stmt]:
        """Statements, but for those that only show something."""
        return [each for each in self._of(ast.stmt) if not self._only_shows(each)]

    @cached_property
    def expressions(self) -> list[ast.expr]:
        """Expressions, but for those in what is only shown."""
        return [each for each in self._of(ast.expr) if not self._is_shown(each)]

    def _of(self, kind: type) -> list:  # type: ignore[type-arg]
        return [node for node in self.source.nodes if isinstance(node, kind)]

    def _is_shown(self, node: ast.AST) -> bool:
        return any(
            (isinstance(each, ast.Call) and self.called(each) in _SHOWING) or _is_told(each)
            for each in (node, *self.above(node))
        )

    def _only_shows(self, statement: ast.stmt) -> bool:
        value = statement.value if isinstance(statement, ast.Expr) else None
        return value is not None and (isinstance(value, ast.Constant) or self._is_shown(value))

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield what a node stands in, the innermost first."""
        while node in self.source.parents:
            node = self.source.parents[node]
            yield node

    def called(self, call: ast.Call) -> str:
        """Return the last part of the name that is called; empty where it has none."""
        return last_name(call.func)

    def argument(self, node: ast.AST) -> tuple[str, str]:
        """Return which function takes a node as which argument: a name, or its place from 0.

        Both are empty where it is no argument.
        """
        parent = self.source.parents.get(node)
        if isinstance(parent, ast.keyword):
            call = self.source.parents[parent]
            return (self.called(call), parent.arg or "") if isinstance(call, ast.Call) else ("", "")
        if isinstance(parent, ast.Call) and node in parent.args:
            return self.called(parent), str(parent.args.index(node))
        return "", ""

    @cached_property
    def layers(self) -> list[ast.Call]:
        """Calls that make a layer of Keras, in the order of the text."""
        return [call for call in self.calls if self.called(call) in vocabulary.LAYERS]

    @cached_property
    def output(self) -> ast.Call | None:
        """The layer that the model ends with, as far as the text tells: the last dense one."""
        dense = [call for call in self.layers if self.called(call) == "Dense"]
        return dense[-1] if dense else None

    def instead(self, node: ast.expr | ast.keyword | ast.stmt, text: str) -> Replacement:
        """Return the change that puts a text in the place of a node."""
        return Replacement(self.source.span(node), text)

    def swap(self, node: ast.expr, text: str, what: str) -> Proposal:
        """Propose another text in the place of a node."""
        return Proposal((self.instead(node, text),), f"{what}: {short(text)} for {self.told(node)}")

    def without(self, items: Sequence[Member], place: int) -> Replacement:
        """Return the change that leaves out one of the things that commas divide."""
        span = items[place].span
        if place + 1 < len(items):
            return Replacement(Span(span.start, items[place + 1].span.start), "")
        if place:
            return Replacement(Span(items[place - 1].span.end, span.end), "")
        rest = self.source.text[span.end :]
        comma = len(rest) - len(rest.lstrip()) + 1 if rest.lstrip()[:1] == "," else 0
        return Replacement(Span(span.start, span.end + comma), "")

    def told(self, node: ast.expr | ast.keyword | ast.stmt) -> str:
        """Return a node's text, on one line and not too long."""
        return short(self.source.code(node))


def last_name(node: ast.AST) -> str:
    """Return the last part of a dotted name; empty of anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def short(text: str) -> str:
    """Put a text on one line, and cut it."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 3]}..."


def _is_told(node: ast.AST) -> bool:
    """Whether it is part of a message: of an exception, or of an assertion."""
    return isinstance(node, ast.Raise | ast.Assert | ast.JoinedStr)
