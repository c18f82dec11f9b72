"""The notebook that students get of a solution, to the last byte."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.notebook import source
from grader.notebook.files import read_notebook
from grader.notebook.keys import marked_names, text_of
from grader.notebook.markers import markers
from grader.notebook.restore import untouched
from grader.release.cell import ReleasedCell, released
from grader.release.faults import CellFault
from grader.release.format import content, student_cell
from grader.release.items import LineKind
from grader.release.leaks import Solution
from grader.release.placeholders import used

DROP, KEEP = "release:drop", "release:keep"


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


@dataclass(slots=True)
class _Cell:
    """A cell of the solution, and what becomes of it.

    Args:
        number: Its place in the solution, from 1.
        raw: As the file has it.
        names: Graded names that it is marked with.
        made: What students get of its code; None of one that is no code.
    """

    number: int
    raw: Mapping[str, Any]
    names: Sequence[str]
    made: ReleasedCell | None = None
    told: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return text_of(self.raw)

    @property
    def tags(self) -> Sequence[str]:
        tags = (self.raw.get("metadata") or {}).get("tags") or []
        return tags if isinstance(tags, list) else [tags]

    @property
    def shown(self) -> str:
        return f"cell {self.number}{f' ({self.names[0]})' if self.names else ''}"


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
        _Cell(number, raw, marked_names(raw)) for number, raw in enumerate(notebook["cells"], 1)
    ]
    cells = [cell for cell in cells if DROP not in cell.tags]
    _release(cells, known, solution)
    _refuse_no_solution(cells, solution)
    secret = Solution.of(cell.made for cell in cells if cell.made)
    texts = {cell.number: _text(cell, secret, solution) for cell in cells}
    for cell in cells:
        _refuse_given_away(cell, secret, solution)
    made = [student_cell(cell.raw, texts[cell.number], cell.names) for cell in cells]
    told = [f"{cell.shown}{line}" for cell in cells for line in cell.told]
    written = content(made, notebook, known.id, known.version, solution)
    return Student(written, told, secret)


def _release(cells: Sequence[_Cell], known: Known, solution: Path) -> None:
    code = [cell for cell in cells if cell.raw["cell_type"] == "code"]
    read = {cell.number: _names(cell.text) for cell in code}
    for cell in code:
        others = (names for number, names in read.items() if number != cell.number)
        try:
            cell.made = released(cell.text, known.graded, frozenset().union(*others))
            _refuse_unmarked(cell)
        except CellFault as fault:
            # What is only shown may be anything, such as code whose mistake is to be found.
            if cell.names or markers(cell.text) or source.parse(cell.text):
                raise _told(fault, cell, solution) from fault


def _names(text: str) -> frozenset[str]:
    tree = source.parse(text)
    return frozenset(name for name, _ in used(tree)) if tree else frozenset()


def _refuse_unmarked(cell: _Cell) -> None:
    if not cell.names or cell.made is None:
        return
    name = cell.names[0]
    if not cell.made.regions:
        raise CellFault(
            None,
            f"It is marked as graded, and nothing says which lines of {name} students write.",
            "Write ### START CODE HERE above them and ### END CODE HERE below them.",
        )
    if not any(each.suite.statements or each.suite.within for each in cell.made.regions):
        raise CellFault(
            cell.made.regions[0].suite.first - 1,
            "There is no code below this marker.",
            f"Write the solution of {name} between the markers.",
        )


def _refuse_no_solution(cells: Iterable[_Cell], solution: Path) -> None:
    marked = [cell for cell in cells if cell.made and cell.made.regions]
    if not marked:
        raise UsageError(
            f"{solution} has no markers, so nothing tells what students write. Write ### START "
            "CODE HERE above it and ### END CODE HERE below it, in each graded cell."
        )
    if all(untouched(cell.text) and source.readable(cell.text) == cell.text for cell in marked):
        raise UsageError(
            f"{solution} is no solution: all that it has between its markers is None. Name in the "
            "assignment the notebook that has the solution: notebook=HERE / 'solution.ipynb'."
        )


def _text(cell: _Cell, secret: Solution, solution: Path) -> str:
    """Return what students get of a cell, without comments that have something of the solution."""
    if cell.made is None:
        return cell.text
    found = [hit for region in cell.made.regions for hit in secret.comments(region).items()]
    made = cell.made.without([row for row, _ in found])
    try:
        text = made.text
    except CellFault as fault:
        raise _told(fault, cell, solution) from fault
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


def _refuse_given_away(cell: _Cell, secret: Solution, solution: Path) -> None:
    if KEEP in cell.tags:
        return
    run = secret.given_away(_given(cell), code=cell.made is not None)
    if run is not None:
        place = "outside its markers " if cell.made and cell.made.regions else ""
        raise UsageError(
            f"{solution}, {cell.shown}: {place}students would get {len(run)} tokens in a row of "
            f"the solution: `{' '.join(run)}`. Take them out, or give the cell the tag {KEEP} if "
            "students are to see them."
        )


def _given(cell: _Cell) -> str:
    """Return what students get of a cell as it is, with what it shows."""
    if cell.made is None:
        pictures = (cell.raw.get("attachments") or {}).values()
        return "\n".join([cell.text, *(_plain(each) for each in pictures)])
    lines = list(cell.made.code.lines)
    for region in reversed(cell.made.regions):
        lines[region.suite.first - 1 : region.suite.last] = []
    return "\n".join(lines)


def _plain(attachment: object) -> str:
    """Return what of an attachment is text, such as a drawing that is written as one."""
    kinds = attachment.items() if isinstance(attachment, dict) else ()
    return "\n".join(
        str(data) for kind, data in kinds if kind.startswith("text/") or kind.endswith("xml")
    )


def _told(fault: CellFault, cell: _Cell, solution: Path) -> UsageError:
    line = f", line {fault.line}" if fault.line else ""
    return UsageError(f"{solution}, {cell.shown}{line}: {fault}")
