"""The page for authors, and the assignment that it makes from nothing."""

import re
from pathlib import Path

import nbformat

PAGE = Path(__file__).parents[2] / "docs" / "authoring.md"


def section(title: str) -> str:
    """Return what stands below a title of the page."""
    return PAGE.read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def blocks(title: str, language: str = "python") -> list[str]:
    """Return the blocks of a language below a title."""
    return re.findall(rf"```{language}\n(.*?)```", section(title), re.DOTALL)


def write_areas(folder: Path) -> Path:
    """Write the page's first assignment as it says; return the folder."""
    folder.mkdir(parents=True)
    *cells, module = blocks("From nothing to graded")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(text.rstrip("\n")) for text in cells]
    )
    nbformat.write(notebook, folder / "areas.ipynb")
    (folder / "assignment.py").write_text(module, "utf-8")
    return folder


def write_variants(folder: Path) -> Path:
    """Write the variants of that assignment as the page says; return the folder."""
    [module] = blocks("Variants")
    (folder / "variants.py").write_text(module, "utf-8")
    return folder
