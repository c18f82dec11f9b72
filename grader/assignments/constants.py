"""Constants of given cells, as an author names them: in a profile, or as evidence of a check."""

from collections.abc import Sequence
from typing import Any, TypeVar

from grader.assignments.declaring import Place, did_you_mean, require
from grader.checks import Need, ProbeFault
from grader.checks.trusted import run_of
from grader.notebook.constants import constants, given_constants, times_set
from grader.records import Layout, Role

_REQUIRED = "# grader-required-cell"


V = TypeVar("V")


def constant_need(name: str, kind: type[V]) -> Need[V]:
    """Return the evidence of what a constant of a given cell is set to, in a run.

    Args:
        name: Its name.
        kind: Its type.
    """

    def find(seen: Any) -> V:  # noqa: ANN401 - as a need has it
        value = given_constants(run_of(seen).plan).get(name)
        if not isinstance(value, kind):
            raise ProbeFault(f"no given cell of this edition sets {name}")
        return value

    return Need(f"constant {name}", "", find)


def require_constant(
    name: str, value: object, layouts: Sequence[Layout], notebook: str, place: Place
) -> None:
    """Make sure that a given cell of each edition sets a name to a plain value, and no other does.

    Args:
        name: The name.
        value: One of the kind that it must be set to, such as a tuple of two whole numbers; a type
            where any value of it will do.
        layouts: The known editions of the notebook.
        notebook: Its file name.
        place: Where the author names it.

    Raises:
        DeclarationError: There is no such constant; names the file and the line.
    """
    for layout in layouts:
        where = notebook if layout is layouts[0] else layout.title
        _require(name, value, layout, where, place)


def _require(name: str, value: object, layout: Layout, where: str, place: Place) -> None:
    given = [cell.source for cell in layout.cells if cell.role is Role.REQUIRED]
    others = [cell for cell in layout.cells if cell.role is not Role.REQUIRED]
    known, times = constants(given), times_set(given, name)
    if not times:
        graded = any(times_set([e.source], name) for e in others if e.role is Role.GRADED)
        marked = any(times_set([each.source], name) for each in others) and not graded
        found = f"No required cell of {where} sets {name}."
        if graded:
            fix = "It is set in a graded cell, which is the student's: set it in a given one."
        elif marked:
            fix = f"Mark the cell that does with {_REQUIRED!r}."
        else:
            fix = did_you_mean(name, known) or f"Add {name} = ... to one."
        require(False, found, fix, place)  # noqa: FBT003
    require(times == 1, f"{name} is set {times} times in the required cells of {where}.",
            "Set it once, in a line of its own.", place)  # fmt: skip
    require(name in known, f"{name} is set in {where}, but not to a plain value in one line.",
            f"Write a line such as {name} = 64.", place)  # fmt: skip
    there = known[name]
    alike = isinstance(there, value) if isinstance(value, type) else _form(there) == _form(value)
    meant = value.__name__ if isinstance(value, type) else repr(value)
    require(alike, f"{name} is {there!r} in {where}; found {meant} for it.",
            "Name a value of the same kind.", place)  # fmt: skip


def _form(value: object) -> object:
    """Return of which kind a value is; whole and other numbers are of one."""
    if isinstance(value, tuple | list):
        return type(value).__name__, tuple(map(_form, value))
    return "number" if type(value) in (int, float) else type(value).__name__
