"""What a hostile notebook is: what it runs, what must come of it, and how to tell."""

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.kernel.job import Run
from grader.records import ExecutionStatus, PlannedCell, Role
from hostile.surroundings import Surroundings

Ending = ExecutionStatus
Endings = frozenset[Ending | None]
# A refusal is an exception or, where a program met it, a line on stderr.
RAN: Endings = frozenset({Ending.DONE, Ending.CELL_FAILED})
# Who killed it, nobody can tell: after two tries the grader raises a fault that names no culprit.
GIVEN_UP: Endings = frozenset({None})


@dataclass(frozen=True)
class Outcome:
    """What came of a run: the run, or what the grader raised instead of one."""

    run: Run | None
    raised: Exception | None = None

    @property
    def status(self) -> Ending | None:
        """How the run ended, if there was one."""
        return self.run.execution.status if self.run else None

    @property
    def outputs(self) -> list[Any]:
        """All that the cells showed."""
        cells = self.run.notebook.cells if self.run else ()
        return [output for cell in cells for output in cell.get("outputs", ())]

    @property
    def printed(self) -> str:
        """What they printed; an exception would show the text of the cell as well."""
        return "".join(each.text for each in self.outputs if each.get("name") == "stdout")


Harm = Callable[[Surroundings, Outcome], bool]


@dataclass(frozen=True)
class Attack:
    """One hostile notebook.

    Args:
        id: Names it.
        tries: What it tries, in a sentence.
        harm: Tells whether it succeeded.
        cells: What it runs; ``{neighbour}`` and the like stand for places around it.
        ends: How its run must end where it does not succeed.
        needs: What the system must offer for it to succeed without isolation: a key of ``NEEDS``.
        limits: Limits on the run that are not the usual ones.
    """

    id: str
    tries: str
    harm: Harm
    cells: tuple[PlannedCell, ...]
    ends: Endings = RAN
    needs: str = ""
    limits: Mapping[str, Any] = field(default_factory=dict)


def attack(
    name: str,
    tries: str,
    harm: Harm,
    *cells: str | PlannedCell,
    ends: Endings | Ending = RAN,
    needs: str = "",
    **limits: Any,
) -> Attack:
    """Write one row of the class."""
    planned = tuple(required(cell) if isinstance(cell, str) else cell for cell in cells)
    endings = ends if isinstance(ends, frozenset) else frozenset({ends})
    return Attack(name, tries, harm, planned, endings, needs, limits)


def required(source: str) -> PlannedCell:
    """Plan a cell that is not graded."""
    return PlannedCell(_cleaned(source), Role.REQUIRED)


def graded(name: str, source: str) -> PlannedCell:
    """Plan a cell that is graded, and probed when it is named as the tests' probes are."""
    return PlannedCell(_cleaned(source), Role.GRADED, name)


def calling(name: str, source: str) -> PlannedCell:
    """Plan a cell that calls a graded function."""
    return PlannedCell(_cleaned(source), Role.REQUIRED, calls=frozenset({name}))


def _cleaned(source: str) -> str:
    return textwrap.dedent(source).strip("\n")
