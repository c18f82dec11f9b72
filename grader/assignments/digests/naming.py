"""Which files some code may open: those that it names as a text, or any that it looks for."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_LONGEST_NAME = 200
# How code finds files, or makes up their names.
_SEARCHES = frozenset(
    {
        "glob", "iglob", "iterdir", "joinpath", "listdir", "rglob", "scandir", "walk", "with_name",
        "with_stem", "with_suffix",
    }
)  # fmt: skip
# How it opens them, whatever they are called.
_OPENS = frozenset(
    {
        "File", "fromfile", "genfromtxt", "imread", "load", "loadtxt", "open", "read_bytes",
        "read_csv", "read_text",
    }
)  # fmt: skip


def looks_for_files(nodes: Sequence[ast.AST]) -> bool:
    """Whether code may open files that it does not name."""
    used = {getattr(each, "attr", getattr(each, "id", "")) for each in nodes}
    made_up = "join" in used or any(map(_is_joined, nodes))
    return bool(used & _SEARCHES or (made_up and used & _OPENS))


def _is_joined(node: ast.AST) -> bool:
    """Whether it may be a path that is divided by a variable."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return not isinstance(node.right, ast.Constant)
    return False


def texts_in(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the texts in some code that may be names of files or folders below the module."""
    for each in nodes:
        text = each.value if isinstance(each, ast.Constant) else None
        if isinstance(text, str) and 0 < len(text) <= _LONGEST_NAME and text.isprintable():
            parts = Path(text).parts
            if parts and ".." not in parts and not Path(text).is_absolute():
                yield "/".join(parts)
