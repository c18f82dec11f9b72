"""What a mutant fails in a run without any training: such a one need not be trained at all.

Most functions of a long notebook train nothing, and their checks try them with what was made up for
that. So mutants of these are run first in a notebook from which all that trains was taken out, and
what needs it. What that takes does not depend on how long a training is.
"""

from collections.abc import Sequence

from grader.assignments.assignment import Assignment
from grader.audit.mutant import Mutant
from grader.audit.notebooks import SolutionNotebook
from grader.audit.quick import without_training
from grader.audit.specimens import Specimen
from grader.errors import UsageError
from grader.notebook.names import bound_in, names_of


def untrained(assignment: Assignment) -> Assignment | None:
    """Return an assignment without all that trains; None where nothing is left to be checked."""
    try:
        return without_training(assignment)
    except UsageError:
        return None


def of_what_is_left(
    assignment: Assignment, left: Assignment, mutants: Sequence[Specimen]
) -> list[Specimen]:
    """Return the mutants that can be run where nothing is trained.

    They change a cell that is left, and need nothing that only the cells define that are not.

    Args:
        assignment: Whose they are.
        left: The same without all that trains.
        mutants: All of them.
    """
    known = bound_in(cell.source for cell in left.layouts()[0].cells)
    gone = bound_in(cell.source for cell in SolutionNotebook.of(assignment).cells) - known
    return [each for each in mutants if each.mutant and _stays(each.mutant, left, gone)]


def _stays(mutant: Mutant, left: Assignment, gone: frozenset[str]) -> bool:
    return mutant.cell in left.by_name and not names_of(mutant.text).used & gone
