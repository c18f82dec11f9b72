"""A cell's text and its syntax tree: what stands where."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.release.code import CellCode

# What has a place in the text.
Placed = ast.expr | ast.stmt | ast.keyword
Divided = ast.Call | ast.List | ast.Tuple | ast.Set


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: characters from ``start`` up to, and without, ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Member:
    """One of the things that commas divide: an argument, or a member of a list.

    Args:
        node: What it is.
        span: Where it stands, with the brackets that are around it alone.
    """

    node: ast.expr | ast.keyword
    span: Span


class CellText:
    """The text of a code cell, and what it says.

    Args:
        text: The text.
        name: The graded name that it defines.

    Raises:
        CellFault: It is no Python.
    """

    def __init__(self, text: str, name: str = "") -> None:
        self.text = text
        self.name = name
        self._code = CellCode.of(text)
        self.tree = self._code.tree
        self._starts = [0]
        for line in self._code.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """What each node stands in."""
        nodes = ast.walk(self.tree)
        return {child: node for node in nodes for child in ast.iter_child_nodes(node)}

    @cached_property
    def nodes(self) -> Sequence[Placed]:
        """What has a place, in the order of the text, the outer ones first."""
        found = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, Placed) and self._is_python(node)
        ]
        spans = {node: self.span(node) for node in found}
        return sorted(found, key=lambda node: (spans[node].start, -spans[node].end))

    def _is_python(self, node: Placed) -> bool:
        """Whether the lines of a node are Python's own, as which they were read."""
        lines = slice(node.lineno - 1, node.end_lineno or node.lineno)
        return self._code.readable[lines] == self._code.lines[lines]

    def span(self, node: Placed) -> Span:
        """Return where a node stands, without brackets around it."""
        end = node.end_lineno or node.lineno, node.end_col_offset or 0
        return Span(self._offset(node.lineno, node.col_offset), self._offset(*end))

    def code(self, node: Placed) -> str:
        """Return the text of a node."""
        return self.at(self.span(node))

    def at(self, span: Span) -> str:
        """Return what stands somewhere."""
        return self.text[span.start : span.end]

    def indent(self, place: int) -> str | None:
        """Return what is before a character in its line; None if that is more than space."""
        before = self.text[:place].rpartition("\n")[2]
        return None if before.strip() else before

    def items(self, node: Divided) -> list[Member]:
        """Return what commas divide in a call, a list, a tuple or a set, in order."""
        found, start = self._members(node)
        ends = [start, *(self.span(each).end for each in found)]
        starts = [*(self.span(each).start for each in found), self.span(node).end]
        gaps = [Span(*gap) for gap in zip(ends, starts, strict=True)]
        opened = [self._opening(gap) for gap in gaps]
        return [
            Member(
                each, Span(opened[place], self._closing(gaps[place + 1], gaps[place].end, begin))
            )
            for place, (each, begin) in enumerate(zip(found, opened, strict=False))
        ]

    def _members(self, node: Divided) -> tuple[list[ast.expr | ast.keyword], int]:
        if not isinstance(node, ast.Call):
            return [*node.elts], self.span(node).start
        given: list[ast.expr | ast.keyword] = [*node.args, *node.keywords]
        if any(isinstance(each, ast.GeneratorExp) for each in given):
            # It may share its brackets with the call.
            return [], 0
        found = sorted(given, key=lambda each: (each.lineno, each.col_offset))
        return found, self.span(node.func).end

    def _opening(self, gap: Span) -> int:
        """Return where an item begins that ends a gap: at the first bracket of its own."""
        tokens = list(self._tokens(gap))
        names = [token for token, _ in tokens]
        own = next((each for each in (",", "[", "{", "(") if each in names), None)
        behind = tokens[names.index(own) + 1 :] if own else tokens
        return behind[0][1] if behind else gap.end

    def _closing(self, gap: Span, node: int, opened: int) -> int:
        """Return where an item ends whose node a gap follows: behind as many brackets."""
        brackets = sum(sign == "(" for sign, _ in self._tokens(Span(opened, node)))
        ends = [place + 1 for sign, place in self._tokens(gap) if sign == ")"]
        return ends[brackets - 1] if brackets else gap.start

    def _tokens(self, gap: Span) -> Iterator[tuple[str, int]]:
        return (each for each in self._all_tokens if gap.start <= each[1] < gap.end)

    @cached_property
    def _all_tokens(self) -> list[tuple[str, int]]:
        """Each token, and where it begins."""
        return [
            (each.string, self._starts[each.start[0] - 1] + each.start[1])
            for each in self._code.code_tokens(1, len(self._code.lines))
        ]

    def _offset(self, line: int, column: int) -> int:
        """Return the place of a character, before which there are so many bytes in its line."""
        before = self._code.line(line).encode()[:column]
        return self._starts[line - 1] + len(before.decode())
