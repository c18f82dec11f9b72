"""What is run of it: layouts, and the notebook that the grader makes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from grader.records.submission import Issue


class Role(StrEnum):
    """Whose a cell is: the student's to fill in, the author's to run, or to read only."""

    GRADED = "graded"
    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """A cell as the assignment's author released it.

    Args:
        source: Text of the cell; for a graded cell, the placeholder.
        role: Graded, required or optional.
        name: What a graded cell must define.
        calls: Graded names that a required cell calls; the kernel is seeded before it.
        digests: Digests of other normalised forms in which the cell was released.
        reworded: Whether it was released in other words only, and ``source`` is to their effect.
    """

    source: str
    role: Role
    name: str | None = None
    calls: frozenset[str] = frozenset()
    digests: frozenset[str] = frozenset()
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One edition of an assignment's notebook: which code cells it has, in which order.

    Args:
        id: Stable name, such as ``kit`` or ``course-2022``.
        title: The edition's name as students and instructors know it.
        cells: Code cells in order.
        signs: Regular expressions, each of which speaks for this edition where it is found in the
            code of one of its cells.
        given: Names that this edition defines itself and that are therefore not graded.
        marks: Regular expressions that tell it from another edition with the same cells; they may
            be found anywhere.
    """

    id: str
    title: str
    cells: tuple[LayoutCell, ...]
    signs: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()
    marks: tuple[str, ...] = ()

    @property
    def graded(self) -> tuple[str, ...]:
        """Names of the graded cells, in order."""
        return tuple(cell.name for cell in self.cells if cell.name and cell.role is Role.GRADED)


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """A code cell of the notebook that the grader runs.

    Args:
        source: What is run.
        role: Graded, required, or optional for a helper cell that the student added.
        name: What a graded cell must define.
        calls: Graded names that the cell calls.
        origin: Position in the student's file, or None when the grader put the cell there.
    """

    source: str
    role: Role
    name: str | None = None
    calls: frozenset[str] = frozenset()
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The runnable notebook: given cells as the author wrote them, graded ones as the student did.

    Args:
        layout: The edition that the submission was recognised as.
        cells: What to run, in order.
        missing: Graded names for which the submission has no cell.
        untouched: Graded names whose cell still holds placeholders only.
        put_back: Given names for which the submission has no cell, so that the edition's own one is
            run; it earns the student nothing.
        issues: What was changed, restored or left out on the way.
        uncoded: Why the cell of a missing name is none, and what to do, where it is there as text.
    """

    layout: Layout
    cells: tuple[PlannedCell, ...]
    missing: frozenset[str] = frozenset()
    untouched: frozenset[str] = frozenset()
    put_back: frozenset[str] = frozenset()
    issues: tuple[Issue, ...] = ()
    uncoded: Mapping[str, tuple[str, str]] = field(default_factory=dict)
