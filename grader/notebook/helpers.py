"""Finds what graded cells need of the cells that a student added or changed.

Of such a cell only those statements are run that a graded cell depends on. The rest of it, a
mounted disk, an installation, a plot, would fail or cost time where it is graded.
"""

import builtins
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from grader.notebook import source
from grader.notebook.names import names_of
from grader.notebook.statements import Statement, Statements
from grader.records import Cell

_ANYWHERE = frozenset({*dir(builtins), "get_ipython", "display", "__name__", "__file__"})
_EVERYTHING = frozenset({"import *"})


@dataclass(slots=True)
class Helpers:
    """Cells that are not graded, from which graded cells may need something.

    Args:
        cells: These cells.
        own: Names that the layout's cells define; nothing of the student's replaces them.
    """

    cells: Sequence[Cell]
    own: frozenset[str]
    _statements: Statements = field(init=False)
    _run: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._statements = Statements(self.cells)

    def before(self, graded: Cell, limit: float) -> list[tuple[Cell, str]]:
        """Return what must run before a graded cell and has not yet, cell by cell.

        Args:
            graded: The graded cell.
            limit: Position of the cell that first calls what it defines. What is bound again
                after that did not count when the student ran it.

        Raises:
            RejectedError: It takes more to find out than any notebook has.
        """
        needed = self._needed(names_of(graded.source).used, limit)
        fresh = {key: found for key, found in needed.items() if key not in self._run}
        self._run |= fresh.keys()
        by_cell: dict[int, list[Statement]] = {}
        for _, found in sorted(fresh.items()):
            by_cell.setdefault(found.cell.index, []).append(found)
        return [(several[0].cell, _text(several)) for several in by_cell.values()]

    def used(self, cell: Cell) -> frozenset[str]:
        """Names that what was run of a cell binds."""
        run = [found for found in self._statements.of(cell) if found.key in self._run]
        bound = (_EVERYTHING if "*" in found.names.bound else found.names.bound for found in run)
        return frozenset().union(*bound) - self.own

    def _needed(self, used: Iterable[str], limit: float) -> dict[tuple[int, int], Statement]:
        chosen: dict[tuple[int, int], Statement] = {}
        done: set[str] = set()
        waiting = [*used]
        everywhere = {found.cell.index for found in self._binding("*", limit)}
        while waiting:
            name = waiting.pop()
            if name in done or name in self.own or name in _ANYWHERE:
                continue
            done.add(name)
            found = self._binding(name, limit)
            own = {statement.cell.index for statement in found} or everywhere
            for statement in (*found, *self._changing(name, own, limit)):
                if statement.key not in chosen:
                    chosen[statement.key] = statement
                    waiting += statement.names.used
            if not found:
                waiting.append("*")
        return chosen

    def _binding(self, name: str, limit: float) -> list[Statement]:
        found = self._statements.binding(name)
        return [s for s in found if s.cell.index < limit] or found

    def _changing(self, name: str, own: Collection[int], limit: float) -> list[Statement]:
        changing = self._statements.changing(name) if own else ()
        return [s for s in changing if s.cell.index < limit or s.cell.index in own]


def _text(several: Sequence[Statement]) -> str:
    lines = source.readable(several[0].cell.source, values=True).split("\n")
    kept = {number for found in several for number in range(found.first, found.end)}
    # Lines keep their numbers, so that an error is reported where the student finds it.
    text = "\n".join(line if number in kept else "" for number, line in enumerate(lines))
    return text.rstrip() + "\n"
