"""Writes the assignments of strangers, and what is handed in for them, wherever a test wants."""

import shutil
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from installing import add_entry_point

from grader.notebook.markers import regions

HERE = Path(__file__).parent
Sources = Mapping[str, str]


@dataclass(frozen=True)
class Student:
    """What one student handed in, and the grade that was written beside it.

    Args:
        name: Names the folder.
        why: Why it gets what it gets, in a sentence.
        sources: The code cells.
        points: What it earns.
        lost: Checks that earn nothing.
        passed: Whether that is enough.
        verdict: As the report has it.
        pending: Checks whose points wait for a person.
        named: What the report says of how it was come by: the code of an issue, or nothing where a
            check's finding says it, and words of it.
    """

    name: str
    why: str
    sources: Sources
    points: int = 100
    lost: frozenset[str] = frozenset()
    passed: bool = True
    verdict: str = "graded"
    pending: frozenset[str] = frozenset()
    named: tuple[str, str] | None = None


def notebook(sources: Sources) -> nbformat.NotebookNode:
    """Make a notebook of code cells."""
    cells = [nbformat.v4.new_code_cell(text, id=name) for name, text in sources.items()]
    made: nbformat.NotebookNode = nbformat.v4.new_notebook(cells=cells)
    return made


def starter(assignment: str) -> Sources:
    """Return the code cells of the notebook that students get of an assignment."""
    got = nbformat.read(HERE / assignment / "student" / f"{assignment}.ipynb", as_version=4)
    return {cell.id: cell.source for cell in got.cells}


def edited(sources: Sources, *edits: tuple[str, str, str]) -> Sources:
    """Replace texts of cells: the cell, what stands there and what stands there instead."""
    made = dict(sources)
    for cell, old, new in edits:
        assert old in made[cell], f"{old!r} is not in {cell}"
        made[cell] = made[cell].replace(old, new)
    return made


def solved(source: str, text: str) -> str:
    """Write another text between the markers of a cell."""
    lines = source.split("\n")
    [region] = regions(source)
    lines[region.start : region.stop] = textwrap.indent(text.strip("\n"), "    ").split("\n")
    return "\n".join(lines)


def write(assignment: str, sources: Sources, folder: Path) -> Path:
    """Write an assignment's folder as its author has it, without images; return it.

    Args:
        assignment: Which.
        sources: The code cells of its solution.
        folder: Where to.
    """
    shutil.copytree(HERE / assignment, folder, ignore=shutil.ignore_patterns("__pycache__"))
    nbformat.write(notebook(sources), folder / f"{assignment}.ipynb")
    return folder


def hand_in(students: Sequence[Student], folder: Path, file: str) -> Path:
    """Write what a class has handed in, each in a folder of the student's name."""
    for student in students:
        (folder / student.name).mkdir(parents=True)
        nbformat.write(notebook(student.sources), folder / student.name / file)
    return folder


def install(site: Path, assignment: str, write_to: Callable[[Path], Path]) -> Path:
    """Install an assignment as a package with an entry point; return its folder.

    Args:
        site: Where packages are.
        assignment: Which.
        write_to: Writes its folder.
    """
    package = f"strange_{assignment}"
    folder = write_to(site / package)
    (folder / "__init__.py").touch()
    add_entry_point(site, assignment, f"{package}.assignment")
    return folder
