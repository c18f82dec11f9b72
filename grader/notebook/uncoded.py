"""Graded cells that are there, but as text: one key in Jupyter makes a cell of code Markdown."""

import re
from collections.abc import Iterable, Mapping, Sequence

from grader.errors import RejectedError
from grader.records import Cell, CellKind

_KINDS = {CellKind.MARKDOWN: "a Markdown cell", CellKind.RAW: "a raw cell"}
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)


def not_code(cells: Sequence[Cell], names: Iterable[str]) -> Mapping[str, Cell]:
    """Return, by name, the last cell that defines it and is no code cell."""
    texts = [cell for cell in cells if cell.kind is not CellKind.CODE]
    found = {name: [cell for cell in texts if _defines(cell, name)] for name in names}
    return {name: several[-1] for name, several in found.items() if several}


def said_of(name: str, cell: Cell) -> str:
    """Say what a cell of text is that should be code."""
    return f"Cell {cell.index + 1} defines {name}, but is {_KINDS[cell.kind]}."


def remedy(cell: Cell) -> str:
    """Say how a cell of text becomes a code cell."""
    fences = " and remove its lines that begin with ```" if _FENCE.search(cell.source) else ""
    return f"Make it a code cell: select it, press Esc, then Y{fences}. Run it."


def no_code(cells: Sequence[Cell], names: Iterable[str]) -> RejectedError | None:
    """Refuse a notebook whose graded cells are all text; None when it is not so.

    Args:
        cells: All of its cells.
        names: What graded cells define.
    """
    found = not_code(cells, names)
    if not found:
        return None
    reasons = " ".join(said_of(name, cell) for name, cell in found.items())
    return RejectedError("no-graded-cell", reasons, remedy(next(iter(found.values()))))


def _defines(cell: Cell, name: str) -> bool:
    definition = rf"^[ \t]*(?:async[ \t]+def|def|class)[ \t]+{re.escape(name)}[ \t]*[(:]"
    return name in cell.source and re.search(definition, cell.source, re.MULTILINE) is not None
