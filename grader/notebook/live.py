"""What the code of a cell says: without comments, strings that nobody reads, and dead branches."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from grader.notebook import source

_COMMENT = re.compile(r"#.*")


def live_code(cell_source: str) -> str:
    """Return a cell's text without what does nothing; lines stay where they are.

    Lines that only a comment, a string that is no value, or a branch that is never taken stands
    on are blank. A cell that is too long to be normalised says nothing.
    """
    if len(cell_source) > source.MAX_NORMALIZED:
        return ""
    text, tree = source.taken_apart(cell_source)
    lines = _without_comments(text).split("\n")
    for first, last in _idle(tree) if tree else ():
        lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(lines)


def _without_comments(text: str) -> str:
    lines = text.split("\n")
    try:
        for token in tokenize.generate_tokens(io.StringIO(text, newline="\n").readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column]
    except (tokenize.TokenError, IndexError, *source.UNREADABLE):
        return _COMMENT.sub("", text)
    return "\n".join(lines)


def _idle(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """Yield first and last lines, from 1, of what is never run or changes nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield _span(node)
        elif isinstance(node, ast.If | ast.While) and isinstance(node.test, ast.Constant):
            yield from map(_span, node.orelse if node.test.value else node.body)


def _span(node: ast.stmt) -> tuple[int, int]:
    return node.lineno, node.end_lineno or node.lineno
