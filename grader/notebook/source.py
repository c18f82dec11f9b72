"""What a cell's source says, whether it parses or not. Standard library only.

IPython's own transformations would need IPython, which the grader's process does not
load; lines that only IPython understands are therefore blanked before parsing.
Runs on any Python 3.8 or newer: ``add_metadata.py`` needs it, and a student's ``python``
need not be the one that the kit was installed for.
"""

from __future__ import annotations

import ast
import hashlib
import io
import re
import textwrap
import tokenize
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

GRADED_MARKER = re.compile(r"^#\s*GRADED\s+(?:FUNCTION|CLASS)S?\s*:\s*(\w+)", re.MULTILINE)
REQUIRED_MARKER = re.compile(r"^#\s*grader-required-cell\b", re.MULTILINE)
GRADE_UP_TO_HERE = re.compile(r"^#\s*grade-up-to-here\b", re.MULTILINE)
_DEFINITION = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)
_IPYTHON_LINE = re.compile(r"^(\s*)(?:[%!?].*|[\w.]+\?{1,2})\s*$")
_PYTHON_CELL_MAGIC = re.compile(r"^%%(?:time|timeit|capture|prun)\b.*$")
_OTHER_CELL_MAGIC = re.compile(r"^\s*%%\w+")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTS = (ast.Import, ast.ImportFrom)
_FSTRING_START = getattr(tokenize, "FSTRING_START", None)
_FSTRING_END = getattr(tokenize, "FSTRING_END", None)
_LAYOUT = {tokenize.NEWLINE: "\n", tokenize.INDENT: "{", tokenize.DEDENT: "}"}


@dataclass(frozen=True)
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
    # As it is first: a line of an expression may well begin with the operator %.
    return _parse(source) or _parse(plain_python(source))


def _parse(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def defined_names(source: str) -> frozenset[str]:
    """Functions and classes defined at a cell's top level, also where it does not parse."""
    tree = parse(source)
    if tree is None:
        return frozenset(_DEFINITION.findall(source))
    return frozenset(node.name for node in tree.body if isinstance(node, _DEFINITIONS))


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
        if isinstance(node, _DEFINITIONS):
            yield node.name
        elif isinstance(node, _IMPORTS):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        else:
            yield from _stores(node)


def _stores(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, (*_IMPORTS, *_DEFINITIONS)):
        yield from _bindings([node])
        return
    for child in ast.iter_child_nodes(node):
        yield from _stores(child)


def normalize(source: str) -> str:
    """Reduce a cell to what it does: no comments, blank lines, or differences of spacing."""
    text = textwrap.dedent(source)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        return "\n".join(line.strip() for line in source.split("\n") if line.strip())
    return " ".join(_spellings(tokens, io.StringIO(text).readlines())).strip()


def _spellings(tokens: Iterable[tokenize.TokenInfo], lines: Sequence[str]) -> Iterator[str]:
    # Python 3.12 began to split f-strings; whole ones read the same to every Python.
    starts: list[tuple[int, int]] = []
    for token in tokens:
        if token.type == _FSTRING_START:
            starts.append(token.start)
        elif token.type == _FSTRING_END:
            start = starts.pop()
            if not starts:
                yield _between(lines, start, token.end)
        elif not starts and token.type not in {tokenize.COMMENT, tokenize.NL}:
            yield _LAYOUT.get(token.type, token.string)


def _between(lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    text = "".join(lines[start[0] - 1 : end[0]])
    return text[start[1] : len(text) - len(lines[end[0] - 1]) + end[1]]


def digest(normalized: str) -> str:
    """Return the SHA-256 of a normalised source, by which a released cell is known again."""
    return hashlib.sha256(normalized.encode("utf-8", "replace")).hexdigest()
