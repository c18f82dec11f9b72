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
import threading
import tokenize
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

# No cell that a person writes comes near. What is longer is searched, not parsed: some
# versions of Python crash on sources of a megabyte, and tokenizing can take quadratic time.
MAX_PARSED = 100_000
MAX_NORMALIZED = 20_000
_MAX_REMEMBERED = 5_000

GRADED_MARKER = re.compile(
    r"^[ \t]*#+[ \t]*GRADED[ \t]+(?:FUNCTION|CLASS|FIGURE|FILE|VALUE|CELL)S?[ \t]*:[ \t]*"
    r"(\w+(?:\.\w+)?)",
    re.MULTILINE,
)
REQUIRED_MARKER = re.compile(r"^#\s*grader-required-cell\b", re.MULTILINE)
GRADE_UP_TO_HERE = re.compile(r"^[ \t]*#+[ \t]*grade-up-to-here\b", re.MULTILINE | re.IGNORECASE)
_DEFINITION = re.compile(r"^([ \t]*)(?:async[ \t]+def|def|class)[ \t]+(\w+)", re.MULTILINE)
_IPYTHON_LINE = re.compile(r"^(\s*)(?:[%!?].*|[\w.]+\?{1,2})\s*$")
_IPYTHON_VALUE = re.compile(r"^(\s*[^\W\d][\w.,\[\] ]*=\s*)[%!].*$")
_TIMED_LINE = re.compile(r"^(\s*)%time\s+(?=\S)")
_CELL_MAGIC = re.compile(r"^%%\w+")
# What follows them is not Python; what follows those that nobody knows is, more often than not.
_OTHER_CELL_MAGIC = re.compile(
    r"^%%(?:!|bash|bigquery|cmd|cpp|cython|file|html|javascript|js|latex|markdown|node|perl|pypy|"
    r"python[23]?|r|ruby|script|sh|shell|sql|svg|sx|system|writefile)(?!\w)",
    re.IGNORECASE,
)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BLOCKS = (ast.stmt, ast.excepthandler, getattr(ast, "match_case", ast.stmt))
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
# Python 3.11 counts the depth of a tree for all threads together: of two that parse at a time, one
# may be told of a SystemError. So may the only one, where something is cleared away meanwhile of
# which a traceback is written. Filters of warnings are everybody's, too.
_PARSING = threading.RLock()
_FSTRING_START = getattr(tokenize, "FSTRING_START", None)
_FSTRING_END = getattr(tokenize, "FSTRING_END", None)
_LAYOUT = {tokenize.NEWLINE: "\n", tokenize.INDENT: "{", tokenize.DEDENT: "}"}


def plain_python(source: str, *, values: bool = False) -> str:
    """Blank the lines that only IPython understands, keeping line numbers.

    Args:
        source: Of a cell.
        values: Whether to keep those that give a name a value, such as ``files = !ls``.
    """
    first, _, rest = source.lstrip().partition("\n")
    if _OTHER_CELL_MAGIC.match(first):
        return "\n" * source.count("\n")
    if _CELL_MAGIC.match(first):
        source = "\n" * (source.count("\n") - rest.count("\n")) + rest
    return "\n".join(_plain_lines(textwrap.dedent(source).split("\n"), values=values))


def _plain_lines(lines: Iterable[str], *, values: bool) -> Iterator[str]:
    goes_on = False
    for line in lines:
        plain = "" if goes_on else _plain_line(line)
        goes_on = plain != line and line.rstrip().endswith("\\")
        yield line if values and _IPYTHON_VALUE.match(line) else plain


def _plain_line(line: str) -> str:
    line = _TIMED_LINE.sub(r"\1", line)
    return _IPYTHON_LINE.sub(r"\1pass", _IPYTHON_VALUE.sub(r"\1None", line))


def parse(source: str) -> ast.Module | None:
    """Parse a cell, or return None when it is not valid Python or too long."""
    return taken_apart(source)[1]


def readable(source: str, *, values: bool = False) -> str:
    """Return a cell as ``parse`` reads it, line by line: without IPython's lines if need be.

    Args:
        source: Of a cell.
        values: Whether to keep those that give a name a value, to be run and not to be parsed.
    """
    return source if _parse(source) else plain_python(source, values=values)


def taken_apart(source: str) -> tuple[str, ast.Module | None]:
    """Return a cell as ``parse`` reads it, and what that says, as ``parse`` does."""
    # As it is first: a line of an expression may well begin with the operator %.
    tree = _parse(source)
    if tree is not None:
        return source, tree
    plain = plain_python(source)
    return plain, _parse(plain)


def _parse(source: str) -> ast.Module | None:
    if len(source) > MAX_PARSED:
        return None
    try:
        return syntax_tree(source)
    except UNREADABLE:
        return None


def syntax_tree(code: str | bytes) -> ast.Module:
    """Parse code, one thread at a time, without warnings.

    Raises:
        SyntaxError: It does not parse; ``UNREADABLE`` has what else may be raised.
    """
    with _PARSING, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(code)
        except SystemError:
            return ast.parse(code)


def defined_names(source: str) -> frozenset[str]:
    """Functions and classes that running a cell defines, also where it does not parse."""
    return _remembered_definitions(source) if is_short(source) else _defined_names(source)


def _defined_names(source: str) -> frozenset[str]:
    tree = parse(source)
    if tree is not None:
        return frozenset(_definitions(tree))
    found = _DEFINITION.findall(plain_python(source))
    outermost = [name for indent, name in found if not indent]
    return frozenset(outermost or [name for _, name in found])


def _definitions(tree: ast.Module) -> Iterator[str]:
    waiting: list[ast.AST] = [*tree.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _DEFINITIONS):
            yield node.name
        else:
            waiting += [c for c in ast.iter_child_nodes(node) if isinstance(c, _BLOCKS)]


def normalize(source: str) -> str:
    """Reduce a cell to what it does: no comments, blank lines, or differences of spacing."""
    return _remembered_normal(source) if is_short(source) else _normalize(source)


def _normalize(source: str) -> str:
    if len(source) <= MAX_NORMALIZED:
        text = textwrap.dedent(source)
        try:
            tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
            return " ".join(_spellings(tokens, io.StringIO(text).readlines())).strip()
        except (tokenize.TokenError, IndexError, *UNREADABLE):
            pass
    return "\n".join(line.strip() for line in source.split("\n") if line.strip())


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


def spelled(source: str) -> str:
    """Return a text with names as Python reads them: compatibility characters look like letters.

    What is longer than ``MAX_PARSED`` is searched as it is.
    """
    if source.isascii() or len(source) > MAX_PARSED:
        return source
    return unicodedata.normalize("NFKC", source)


def digest(normalized: str) -> str:
    """Return the SHA-256 of a normalised source, by which a released cell is known again."""
    return hashlib.sha256(normalized.encode("utf-8", "replace")).hexdigest()


def is_short(source: str) -> bool:
    """Whether what is known of a source may be remembered: memory stays bounded in a batch."""
    return len(source) <= _MAX_REMEMBERED


_remembered_definitions = lru_cache(maxsize=4096)(_defined_names)
_remembered_normal = lru_cache(maxsize=4096)(_normalize)
