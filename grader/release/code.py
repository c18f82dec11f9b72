"""The code of a cell: its lines, its syntax tree, its comments and its logical lines.

Rows are counted from 1, as ``ast`` and ``tokenize`` count them.
"""

import ast
import io
import tokenize
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.notebook import source
from grader.release.faults import CellFault

# What separates tokens, and is none itself.
SPACING = frozenset({
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENDMARKER,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment.

    Args:
        row: Its row.
        text: From the hash on.
        alone: Whether nothing else stands on its row.
    """

    row: int
    text: str
    alone: bool


@dataclass(frozen=True)
class CellCode:
    """A cell of Python, which may have lines that only IPython understands.

    Args:
        lines: As they are written.
        readable: As Python reads them, without IPython's own.
        tree: Its syntax; IPython's lines are ``pass`` in it.
        tokens: Its tokens; those of IPython's lines are those of ``pass``.
        comments: Its comments, by row.
        logical: Last rows of its logical lines, by their first rows, in order.
    """

    lines: Sequence[str]
    readable: Sequence[str]
    tree: ast.Module
    tokens: Sequence[tokenize.TokenInfo]
    comments: Mapping[int, Comment]
    logical: Mapping[int, int]

    @classmethod
    def of(cls, text: str) -> "CellCode":
        """Take a cell apart.

        Raises:
            CellFault: It is no Python.
        """
        readable, tree = source.taken_apart(text)
        if tree is None:
            raise _unreadable(readable)
        tokens = list(tokenize.generate_tokens(io.StringIO(readable).readline))
        lines = readable.split("\n")
        comments = {comment.row: comment for comment in _comments(tokens, lines)}
        return cls(text.split("\n"), lines, tree, tokens, comments, dict(_logical(tokens)))

    def line(self, row: int) -> str:
        """Return a row as it is written."""
        return self.lines[row - 1]

    def rows(self, first: int, last: int) -> list[str]:
        """Return rows as they are written, the last one included."""
        return list(self.lines[first - 1 : last])

    def begins(self, row: int) -> int:
        """Return the first row of the logical line that a row is of."""
        firsts = list(self.logical)
        return firsts[bisect_right(firsts, row) - 1]

    def before(self, row: int) -> int:
        """Return the first row of the logical line before the one that begins in a row."""
        firsts = list(self.logical)
        return firsts[firsts.index(row) - 1]

    def place(self, token: tokenize.TokenInfo) -> tuple[int, int]:
        """Return where a token begins, as nodes say it: the row, and the column in bytes."""
        row, column = token.start
        return row, len(self.readable[row - 1][:column].encode())

    def code_tokens(self, first: int, last: int) -> list[tokenize.TokenInfo]:
        """Return the tokens of rows that are neither comments nor spacing."""
        return [
            token
            for token in self.tokens
            if first <= token.start[0] <= last and token.type not in SPACING
        ]


def _comments(tokens: Sequence[tokenize.TokenInfo], lines: Sequence[str]) -> Iterator[Comment]:
    for token in tokens:
        if token.type == tokenize.COMMENT:
            row, column = token.start
            yield Comment(row, token.string, not lines[row - 1][:column].strip())


def _logical(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[tuple[int, int]]:
    first = 0
    for token in tokens:
        if token.type == tokenize.NEWLINE:
            yield first, token.start[0]
            first = 0
        elif not first and token.type not in SPACING:
            first = token.start[0]


def _unreadable(text: str) -> CellFault:
    try:
        source.syntax_tree(text)
    except SyntaxError as error:
        return CellFault(error.lineno, f"This is no Python: {error.msg}.", "Mend that line.")
    except source.UNREADABLE as error:
        return CellFault(None, f"This is no Python: {error}.", "Mend it.")
    limit = f"{source.MAX_PARSED:,}"
    return CellFault(None, f"The cell has more than {limit} characters.", "Make several of it.")
