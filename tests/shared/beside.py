"""The first assignment of the page for authors, with a module beside its notebook."""

from pathlib import Path

import nbformat
from authoring_page import write_areas

NAME = "shaping.py"
MODULE = '''\
"""Shapes."""

def double(number):
    """Return a number twice as large."""
    return 2 * number
'''
IMPORT = "# grader-required-cell\nfrom shaping import *\nside = double(2)"


def write(folder: Path) -> Path:
    """Write it; return the folder."""
    write_areas(folder)
    (folder / NAME).write_text(MODULE, "utf-8")
    declared = folder / "assignment.py"
    text = declared.read_text("utf-8")
    text = text.replace('"areas.ipynb")', f'"areas.ipynb", modules=(HERE / "{NAME}",))')
    declared.write_text(text, "utf-8")
    nbformat.write(notebook(folder / "areas.ipynb"), folder / "areas.ipynb")
    return folder


def notebook(path: Path, first: str = IMPORT) -> nbformat.NotebookNode:
    """Return the solution, with a first cell that imports the module.

    Args:
        path: The solution without it.
        first: What that cell has.
    """
    made: nbformat.NotebookNode = nbformat.read(path, 4)
    made.cells.insert(0, nbformat.v4.new_code_cell(first))
    return made
