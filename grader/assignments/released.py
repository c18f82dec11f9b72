"""The layout of the notebook that an assignment hands out, read from the notebook."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from grader.notebook import source
from grader.notebook.names import names_of
from grader.notebook.read import read
from grader.records import Cell, CellKind, Layout, LayoutCell, Role


# Every submission of a class asks for it.
@cache
def released_layout(path: Path) -> Layout:
    """Read the layout of an assignment's only edition.

    Args:
        path: The notebook, or its solution.
    """
    return layout_of(path, "released", "the assignment's own notebook")


def layout_of(
    path: Path,
    edition: str,
    title: str,
    signs: tuple[str, ...] = (),
    earlier: Mapping[str, str] = MappingProxyType({}),
) -> Layout:
    """Read a notebook's layout: marker comments say what each cell is.

    Args:
        path: The notebook.
        edition: The edition's stable name.
        title: Its name as students know it.
        signs: Regular expressions that speak for it.
        earlier: Digests of earlier releases of given cells, by a text that the cell has.

    Raises:
        RejectedError: It cannot be read.
    """
    cells = [cell for cell in read(path).cells if cell.kind is CellKind.CODE]
    graded = [name for cell in cells for name in _graded_names(cell)]
    return Layout(
        edition, title, tuple(_layout_cell(cell, graded, earlier) for cell in cells), signs
    )


def _graded_names(cell: Cell) -> list[str]:
    return source.GRADED_MARKER.findall(cell.source)[:1]


def _layout_cell(cell: Cell, graded: list[str], earlier: Mapping[str, str]) -> LayoutCell:
    if names := _graded_names(cell):
        return LayoutCell(cell.source, Role.GRADED, names[0])
    required = bool(source.REQUIRED_MARKER.search(cell.source))
    calls = names_of(cell.source).used & set(graded) if required else frozenset[str]()
    digests = frozenset(digest for text, digest in earlier.items() if text in cell.source)
    role = Role.REQUIRED if required else Role.OPTIONAL
    return LayoutCell(cell.source, role, calls=calls, digests=digests)
