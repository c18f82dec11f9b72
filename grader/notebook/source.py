"""What a cell's source says, whether it parses or not. Standard library only.

IPython's own transformations would need IPython, which the grader's process does not
load; lines that only IPython understands are therefore blanked before parsing.
"""

import ast
import io
import re
import textwrap
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

GRADED_MARKER = re.compile(r"^#\s*GRADED\s+(?:FUNCTION|CLASS)S?\s*:\s*(\w+)", re.MULTILINE)
REQUIRED_MARKER = re.compile(r"^#\s*grader-required-cell\b", re.MULTILINE)
GRADE_UP_TO_HERE = re.compile(r"^#\s*grade-up-to-here\b", re.MULTILINE)
_DEFINITION = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)
_IPYTHON_LINE = re.compile(r"^(\s*)(?:[%!?].*|[\w.]+\?{1,2})\s*$")
_PYTHON_CELL_MAGIC = re.compile(r"^%%(?:time|timeit|capture|prun)\b.*$")
_OTHER_CELL_MAGIC = re.compile(r"^\s*%%\w+")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of a cell: those that it binds at its top level and those that it only uses."""

    bound: frozenset[str]
    used: frozenset[str]


def plain_python(source: str) -> str:
    """Blank the lines that only IPython understands, keeping line numbers."""
    first, _, rest = source.lstrip("\n").partition("\n")
    if _PYTHON_CELL_MAGIC.match(first):
        source = "\n" * (source.count("\n") - rest.count("\n")) + rest
    elif _OTHER_CELL_MAGIC.match(first):
        return "\n" * source.count("\n")
    return "\n".join(_IPYTHON_LINE.sub(r"\1pass", line) for line in source.split("\n"))


def parse(source: str) -> ast.Module | None:
    """Parse a cell, or return None when it is not valid Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(plain_python(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def defined_names(source: str) -> frozenset[str]:
    """Functions and classes defined at a cell's top level, also where it does not parse."""
    tree = parse(source)
    if tree is None:
        return frozenset(_DEFINITION.findall(source))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(node.name for node in tree.body if isinstance(node, kinds))


def names(source: str) -> Names:
    """Names that a cell binds at its top level, and names that it reads anywhere."""
    tree = parse(source)
    if tree is None:
        return Names(defined_names(source), frozenset())
    bound = frozenset(_bindings(tree.body))
    used = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return Names(bound, frozenset(used))


def _bindings(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        else:
            yield from _stores(node)


def _stores(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef):
        yield from _bindings([node])
        return
    for child in ast.iter_child_nodes(node):
        yield from _stores(child)


def normalize(source: str) -> str:
    """Reduce a cell to what it does: no comments, blank lines, or differences of spacing."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(textwrap.dedent(source)).readline))
    except (tokenize.TokenError, SyntaxError, RecursionError):
        return "\n".join(line.strip() for line in source.split("\n") if line.strip())
    skipped = {tokenize.COMMENT, tokenize.NL}
    return " ".join(token.string for token in tokens if token.type not in skipped).strip()
