"""Which cells make a graded call on a variable, such as ``model.fit``.

A cell that only does something, such as to compile a model, defines no name to be found by.
"""

import ast
import re
from collections.abc import Sequence
from functools import lru_cache

from grader.notebook import source
from grader.notebook.live import live_code
from grader.notebook.markers import regions
from grader.records import Cell

_CALL = re.compile(r"(?<![\w.])([^\W\d]\w*)[ \t]*\.[ \t]*([^\W\d]\w*)[ \t]*\(")


def called_on(cell_source: str) -> frozenset[str]:
    """Return all calls on variables that are anywhere in a cell, as graded names spell them.

    Of a cell that cannot be parsed, they are looked for in its text, comments left out.
    """
    if not source.is_short(cell_source):
        return _called_on(cell_source)
    return _remembered(cell_source)


def _called_on(cell_source: str) -> frozenset[str]:
    tree = source.parse(cell_source)
    if tree is None:
        text = source.spelled(live_code(cell_source))
        return frozenset(".".join(each) for each in _CALL.findall(text))
    functions = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return frozenset(
        f"{each.value.id}.{each.attr}"
        for each in functions
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name)
    )


def calling_cells(cells: Sequence[Cell], name: str) -> list[Cell]:
    """Return the cells that are a graded call's own, the one that counts last.

    A marked one comes before all others, if it calls anything; then one that students write, which
    may be another part's as well; then the first one that makes the call, as what comes later goes
    on with it.

    Args:
        cells: Code cells of a notebook, but for given ones.
        name: The graded name.
    """
    calling = [cell for cell in cells if name in called_on(cell.source)]
    marked = [cell for cell in cells if name in source.GRADED_MARKER.findall(cell.source)]
    both = [cell for cell in marked if cell in calling]
    active = [cell for cell in marked if _calls_something(cell)]
    written = [cell for cell in calling if is_written(cell)]
    return both or active or written[:1] or marked or calling[:1]


def is_written(cell: Cell) -> bool:
    """Whether a cell looks like one that students write."""
    return bool(regions(cell.source) or source.GRADED_MARKER.search(cell.source))


def _calls_something(cell: Cell) -> bool:
    tree = source.parse(cell.source)
    if tree is None:
        return bool(_CALL.search(live_code(cell.source)))
    return any(isinstance(node, ast.Call) for node in ast.walk(tree))


_remembered = lru_cache(maxsize=4096)(_called_on)
