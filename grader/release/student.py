"""The notebook that students get of a solution, to the last byte."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.notebook import source
from grader.notebook.files import read_notebook
from grader.notebook.keys import marked_names
from grader.notebook.markers import markers
from grader.release.cell import ReleasedCell, released
from grader.release.faults import CellFault
from grader.release.format import content, student_cell
from grader.release.items import LineKind
from grader.release.leaks import Solution
from grader.release.placeholders import used
from grader.release.solution import (
    DROP,
    SolutionCell,
    refusal,
    refuse_given_away,
    refuse_nbgrader,
    refuse_no_solution,
    refuse_tags,
    refuse_unmarked,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a notebook is released with.

    Args:
        id: The assignment's.
        version: The assignment's.
        graded: Its graded names.
    """

    id: str
    version: str
    graded: Collection[str]


@dataclass(frozen=True, slots=True)
class Student:
    """A student's notebook.

    Args:
        content: Of its file.
        told: What became of the solution, a line each.
        secret: What of the solution nobody is to get.
    """

    content: bytes
    told: Sequence[str]
    secret: Solution


def student_notebook(solution: Path, known: Known) -> Student:
    """Make the notebook that students get.

    Args:
        solution: The notebook with the solution.
        known: What the assignment says of it.

    Raises:
        RejectedError: It cannot be read.
        UsageError: It cannot be released; names the cell and the line, and says what to do.
    """
    return made_of(read_notebook(solution), known, solution)


def made_of(notebook: Mapping[str, Any], known: Known, solution: Path) -> Student:
    """Make what students get of a notebook that was read, as ``student_notebook`` does.

    Args:
        notebook: With the solution, in format 4.
        known: What the assignment says of it.
        solution: Names it in messages.

    Raises:
        UsageError: It cannot be released; names the cell and the line, and says what to do.
    """
    cells = [
        SolutionCell(number, raw, marked_names(raw))
        for number, raw in enumerate(notebook["cells"], 1)
    ]
    refuse_tags(cells, solution)
    cells = [cell for cell in cells if DROP not in cell.tags]
    _release(cells, known, solution)
    refuse_nbgrader(cells, solution)
    refuse_no_solution(cells, solution)
    secret = Solution.of(cell.made for cell in cells if cell.made)
    texts = {cell.number: _text(cell, secret, solution) for cell in cells}
    for cell in cells:
        refuse_given_away(cell, secret, solution)
    made = [student_cell(cell.raw, texts[cell.number], cell.names) for cell in cells]
    told = [f"{cell.shown}{line}" for cell in cells for line in cell.told]
    written = content(made, notebook, known.id, known.version, solution)
    return Student(written, told, secret)


def _release(cells: Sequence[SolutionCell], known: Known, solution: Path) -> None:
    code = [cell for cell in cells if cell.raw["cell_type"] == "code"]
    read = {cell.number: _names(cell.text) for cell in code}
    for cell in code:
        others = (names for number, names in read.items() if number != cell.number)
        try:
            cell.made = released(cell.text, known.graded, frozenset().union(*others))
            refuse_unmarked(cell)
        except CellFault as fault:
            # What is only shown may be anything, such as code whose mistake is to be found.
            if cell.names or markers(cell.text) or source.parse(cell.text):
                raise refusal(fault, cell, solution) from fault


def _names(text: str) -> frozenset[str]:
    tree = source.parse(text)
    return frozenset(name for name, _ in used(tree)) if tree else frozenset()


def _text(cell: SolutionCell, secret: Solution, solution: Path) -> str:
    """Return what students get of a cell, without comments that have something of the solution."""
    if cell.made is None:
        return cell.text
    found = [hit for region in cell.made.regions for hit in secret.comments(region).items()]
    made = cell.made.without([row for row, _ in found])
    try:
        text = made.text
    except CellFault as fault:
        raise refusal(fault, cell, solution) from fault
    if made.regions:
        cell.told += _counted(made)
    for row, run in found:
        shown = made.code.line(row).strip()
        cell.told.append(
            f", line {row}: left out, as it has `{' '.join(run)}` of the solution: {shown}"
        )
    return text


def _counted(made: ReleasedCell) -> Iterator[str]:
    kinds = [item.kind for region in made.regions for item in region.lines]
    count = kinds.count(LineKind.PLACEHOLDER) + kinds.count(LineKind.WRITTEN)
    yield f": {count} line{'' if count == 1 else 's'} to write"
