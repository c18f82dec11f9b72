"""Which cells a graded part hangs on, beside its own.

A graded call on a variable, such as ``model.fit``, needs what defines that variable, and what other
graded calls have made of it: each of these may be a cell of its own.
"""

from collections.abc import Iterator

from grader.checks.declaration import Absent
from grader.notebook.names import names_of
from grader.records import Plan, PlannedCell, Role
from grader.records.graded_names import variable_of

STILL_EMPTY = "nothing has been written between START CODE HERE and END CODE HERE."
WRITE_THERE = "Write {} between its two markers, and run its cell to see whether it works."


def concerns(cell: PlannedCell, name: str) -> bool:
    """Whether a cell is to define or to call a part; one cell may define several.

    Args:
        cell: Of a plan.
        name: Graded name of the part.
    """
    variable = variable_of(name)
    if variable and cell.role is Role.GRADED and variable in map(variable_of, cell.calls):
        return True
    defined = cell.role is Role.GRADED and bool({name, variable} & names_of(cell.source).bound)
    return cell.name in {name, variable} or name in cell.calls or defined


def require_touched(plan: Plan, name: str, *, compiled: bool = True) -> None:
    """Raise Absent where nothing was written into the cell of a name, or into one that it needs.

    Args:
        plan: What is run.
        name: The graded name.
        compiled: Whether a call needs the other calls on its variable as well, and itself.
    """
    for each in _needed(plan, name, compiled=compiled):
        if each in plan.untouched:
            raise Absent(each, f"{each} is still empty: {STILL_EMPTY}", WRITE_THERE.format(each))


def _needed(plan: Plan, name: str, *, compiled: bool) -> Iterator[str]:
    """Yield the graded names whose cells must have been written, in the order of the plan."""
    variable = variable_of(name)
    if not variable:
        yield name
        return
    made = next((cell for cell in plan.cells if cell.name == variable), None)
    used = names_of(made.source).used if made else frozenset[str]()
    for each in plan.layout.graded:
        call = compiled and variable_of(each) == variable
        if call or each == variable or each in used:
            yield each
        if each == name:
            return
