"""The cells of a solution: what is known of each, and why some cannot be released."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.notebook import source
from grader.notebook.keys import text_of
from grader.notebook.markers import markers
from grader.notebook.restore import untouched
from grader.release import nbgrader
from grader.release.cell import ReleasedCell
from grader.release.faults import CellFault
from grader.release.format import shown
from grader.release.leaks import Solution

DROP, KEEP = "release:drop", "release:keep"
_INSTEAD = {
    True: "### START CODE HERE and ### END CODE HERE around what students write",
    False: f"{nbgrader.ANSWER} in the place of your answer",
}
_MEANT = re.compile(r"release\b", re.IGNORECASE)


@dataclass(slots=True)
class SolutionCell:
    """A cell of the solution, and what becomes of it.

    Args:
        number: Its place in the solution, from 1.
        raw: As the file has it.
        names: Graded names that it is marked with.
        made: What students get of its code; None of one that is no code, or only shows some.
        told: What became of it, in words.
    """

    number: int
    raw: Mapping[str, Any]
    names: Sequence[str]
    made: ReleasedCell | None = None
    told: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, with line feeds as line ends."""
        return text_of(self.raw)

    @property
    def tags(self) -> Sequence[str]:
        """Its tags."""
        tags = (self.raw.get("metadata") or {}).get("tags") or []
        return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []

    @property
    def shown(self) -> str:
        """Where it is, as messages say it."""
        return f"cell {self.number}{f' ({self.names[0]})' if self.names else ''}"


def refuse_tags(cells: Iterable[SolutionCell], solution: Path) -> None:
    """Refuse tags that would leave out what students need, and those that mean nothing.

    Raises:
        UsageError: There is one.
    """
    for cell in cells:
        unknown = [tag for tag in cell.tags if _MEANT.match(tag) and tag not in {DROP, KEEP}]
        if unknown:
            raise UsageError(
                f"{solution}, {cell.shown}: expected the tag {KEEP} or {DROP}; found "
                f"{unknown[0]!r}. Write one of these, or give the tag another name."
            )
        needed = cell.names or source.REQUIRED_MARKER.search(cell.text)
        if DROP in cell.tags and cell.raw["cell_type"] == "code" and needed:
            what = "students write it" if cell.names else "it is marked as required"
            raise UsageError(
                f"{solution}, {cell.shown}: the tag {DROP} would leave this cell out, and {what}. "
                "Take off the tag, or the comment that marks the cell."
            )


def refuse_nbgrader(cells: Iterable[SolutionCell], solution: Path) -> None:
    """Refuse what nbgrader would take out, and what students would get of this release.

    Raises:
        UsageError: There is something, and the author does not say that they may.
    """
    for cell in cells:
        if KEEP in cell.tags:
            continue
        found = nbgrader.marked(cell.raw)
        if found is not None:
            line, words = found
            raise UsageError(
                f"{solution}, {cell.shown}, line {line}: {words} is a marker of nbgrader, and "
                "students would get what it marks. Take that out, write ### START CODE HERE and "
                f"### END CODE HERE around a solution, or give the cell the tag {KEEP}."
            )
        code = cell.raw["cell_type"] == "code"
        bare = code and nbgrader.is_solution(cell.raw) and not markers(cell.text)
        if bare or nbgrader.is_answer(cell.raw):
            raise UsageError(
                f"{solution}, {cell.shown}: its metadata say that nbgrader takes out what is in "
                f"it, and students would get it. Write {_INSTEAD[code]}, or give the cell the tag "
                f"{KEEP}."
            )


def refuse_unmarked(cell: SolutionCell) -> None:
    """Refuse a graded cell in which students would have nothing to write.

    Raises:
        CellFault: It is one.
    """
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


def refuse_no_solution(cells: Iterable[SolutionCell], solution: Path) -> None:
    """Refuse a notebook that has nothing to be taken out.

    Raises:
        UsageError: It is one.
    """
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


def refuse_given_away(cell: SolutionCell, secret: Solution, solution: Path) -> None:
    """Refuse a cell that gives a part of the solution away.

    Raises:
        UsageError: It does, and the author does not say that it may.
    """
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


def _given(cell: SolutionCell) -> str:
    """Return what students get of a cell as it is, with what it shows."""
    if cell.made is None:
        return "\n".join([cell.text, *(_plain(each) for each in shown(cell.raw).values())])
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


def refusal(fault: CellFault, cell: SolutionCell, solution: Path) -> UsageError:
    """Say of a fault in which cell of which notebook it is."""
    line = f", line {fault.line}" if fault.line else ""
    return UsageError(f"{solution}, {cell.shown}{line}: {fault}")
