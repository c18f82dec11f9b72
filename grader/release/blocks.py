"""What students get in the place of whole statements, and of the blocks within them."""

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from grader.release.clauses import Clause, Definition, clauses, first_row, last_row
from grader.release.code import CellCode
from grader.release.directives import Directive, Directives, Verb, stripped
from grader.release.faults import CellFault
from grader.release.items import Item, LineKind, depth, indentation
from grader.release.placeholders import NOTHING, placeholders

Group = Sequence[ast.stmt]


@dataclass(frozen=True, slots=True)
class Blocks:
    """Replaces the statements of blocks.

    Args:
        code: The cell.
        directives: What its author says of its lines.
        graded: Names of functions and classes of which students get the first line.
        needed: Names that code outside the markers uses.
    """

    code: CellCode
    directives: Directives
    graded: Collection[str]
    needed: Collection[str]

    def items(self, statements: Group, first: int, last: int) -> list[Item]:
        """Return what students get in the place of some rows.

        Args:
            statements: What stands in them: whole statements of one block.
            first: The first row.
            last: The last row, with comments that may follow the statements.

        Raises:
            CellFault: Comments of the author's contradict each other, or what they are about.
        """
        found = list(self._lines(statements, first, last))
        if statements and not any(item.is_code for item in found):
            indent = indentation(self.code.line(first_row(statements[0])))
            found.append(Item(LineKind.PLACEHOLDER, indent + NOTHING, last_row(statements[-1])))
        return found

    def _lines(self, statements: Group, first: int, last: int) -> Iterator[Item]:
        indent = indentation(self.code.line(first_row(statements[0]))) if statements else ""
        row, deepest = first, None
        for group in _sharing_rows(statements):
            yield from self._between(row, first_row(group[0]) - 1, deepest)
            made = list(self._group(group, indent))
            yield from made
            row = max(map(last_row, group)) + 1
            # What follows a block that was replaced, and is indented as it was, was of it.
            whole = self._is_open(group) or all(item.kind is LineKind.KEPT for item in made)
            deepest = None if whole else indent
        yield from self._between(row, last, deepest)

    def _between(self, first: int, last: int, indent: str | None) -> Iterator[Item]:
        """Yield comments and blank lines, those of a block that was replaced excepted."""
        row = first
        while row <= last:
            end = self._paragraph(row, last)
            line = self.code.line(row)
            if not line.strip():
                yield Item(LineKind.BLANK, line.rstrip(" \t"), row)
            elif row not in self.code.comments or row in self.directives.alone:
                pass  # IPython's own, or about what follows
            elif indent is None or depth(line) <= depth(indent):
                yield from self._comment(row, end)
            row = end + 1

    def _paragraph(self, row: int, last: int) -> int:
        """Return the last row of the comment that begins in a row: all is indented alike."""
        remarks = self.code.comments.keys() - self.directives.alone
        indented, end = depth(self.code.line(row)), row
        while row in remarks and end < last and end + 1 in remarks:
            if depth(self.code.line(end + 1)) != indented:
                break
            end += 1
        return end

    def _comment(self, first: int, last: int) -> Iterator[Item]:
        directive = self.directives.above(first, self.code.line(first))
        if directive is None:
            for row in range(first, last + 1):
                yield Item(LineKind.COMMENT, self.code.line(row), row)
        else:
            yield from self._told(directive, first, last, indentation(self.code.line(first)))

    def _told(self, directive: Directive, first: int, last: int, indent: str) -> Iterator[Item]:
        """Yield what the author says that students get in the place of some rows."""
        if directive.verb is Verb.KEEP:
            for row in range(first, last + 1):
                yield Item(LineKind.KEPT, self._without_directive(row), row)
        for text in directive.text:
            yield Item(LineKind.WRITTEN, indent + text, directive.row)

    def _without_directive(self, row: int) -> str:
        line, comment = self.code.line(row), self.code.comments.get(row)
        behind = comment and row in self.directives.by_row and not comment.alone
        return stripped(line, comment) if comment and behind else line

    def _group(self, group: Group, indent: str) -> Iterator[Item]:
        first, last = first_row(group[0]), max(map(last_row, group))
        above = self.directives.above(first, self.code.line(first))
        if above is not None:
            yield from self._told(above, first, last, indent)
        elif self._is_open(group):
            yield from self._opened(group[0])
        else:
            behind = self.directives.behind(last, last) if self._ends_itself(group) else None
            if behind is not None:
                yield from self._told(behind, first, last, indent)
                return
            for statement in group:
                for text in placeholders(statement, self.needed):
                    yield Item(LineKind.PLACEHOLDER, indent + text, first_row(statement))

    def _is_open(self, group: Group) -> bool:
        """Whether students get the first line of a block."""
        parts = clauses(group[0], self.code) if len(group) == 1 else []
        if not parts or parts[0].in_one_line:
            return False
        speaking = any(self.directives.speaks(part.first, part.last) for part in parts)
        return speaking or self._is_graded(group[0])

    def _ends_itself(self, group: Group) -> bool:
        """Whether the last row is of the statements, and not of a block within them."""
        parts = clauses(group[-1], self.code)
        return not parts or (len(parts) == 1 and parts[0].in_one_line)

    def _is_graded(self, node: ast.stmt) -> bool:
        return isinstance(node, Definition) and node.name in self.graded

    def _opened(self, node: ast.stmt) -> Iterator[Item]:
        parts = clauses(node, self.code)
        for part, following in zip(parts, [*parts[1:], None], strict=True):
            yield from self._head(node, part)
            last = following.first - 1 if following else part.end
            yield from self._body(node, part, last)

    def _head(self, node: ast.stmt, clause: Clause) -> Iterator[Item]:
        if clause.in_one_line:
            raise CellFault(
                clause.first,
                "The block of this stands in the same line.",
                "Write it on lines of its own below.",
            )
        directive = self.directives.behind(clause.first, clause.last)
        if directive is None and not (clause.bare or self._is_graded(node)):
            raise CellFault(
                clause.first,
                "Another line of this statement says what students get, and this one does not.",
                "Write # release: keep or # release as: CODE behind it.",
            )
        if directive is not None and directive.verb is Verb.DROP:
            raise CellFault(
                directive.row,
                "This line alone cannot be left out: the block below it needs one.",
                "Write the comment above it to leave out all of it, or # release as: CODE.",
            )
        first = clause.first
        if directive is not None and clause.first == node.lineno:
            first = first_row(node)
        told = directive or Directive(Verb.KEEP, first, 0)
        yield from self._told(told, first, clause.last, indentation(self.code.line(clause.first)))

    def _body(self, node: ast.stmt, clause: Clause, last: int) -> Iterator[Item]:
        body, first = clause.body, clause.last + 1
        if isinstance(node, Definition) and ast.get_docstring(node, clean=False) is not None:
            end = last_row(body[0])
            for row in range(first, end + 1):
                yield Item(LineKind.KEPT, self.code.line(row), row)
            body, first = body[1:], end + 1
            if not body:
                return
        yield from self.items(body, first, last)


def _sharing_rows(statements: Group) -> Iterator[list[ast.stmt]]:
    """Yield statements, those together that share a line."""
    group: list[ast.stmt] = []
    for node in statements:
        if group and first_row(node) > max(map(last_row, group)):
            yield group
            group = []
        group.append(node)
    if group:
        yield group
