"""What a mutant fails before its training is over: such a one need not be trained to the end.

Training is most of what an audit takes, and many mutants fail a check that does not ask how it
went: of an image loader, of layers, of a figure. So mutants are run without any training first,
where that can be, then with one epoch of each, and those that fail such a check are trained no
longer. Of all others it takes the whole run to tell.
"""

from collections.abc import Sequence
from dataclasses import replace

from grader.assignments.assignment import Assignment
from grader.audit.judged import Judged
from grader.audit.observing import Means, Observing
from grader.audit.specimens import Specimen
from grader.audit.untrained import of_what_is_left, untrained
from grader.checks import Check
from grader.kinds.kind import GradedPart
from grader.records import CellStatus

_EPOCHS = 1
# Of a part that trains, what its training came to; the layers of a model, say, are known before.
_OUTCOMES = frozenset({"training", "result"})


def told_early(
    assignment: Assignment, means: Means, solution: Specimen, mutants: Sequence[Specimen]
) -> dict[str, Judged]:
    """Run mutants without trainings, and with one epoch of each; return those that this tells.

    Args:
        assignment: Whose they are.
        means: With what they are graded.
        solution: What they are mutants of.
        mutants: All of them.

    Returns:
        By their ids, what the first run that told them came to.

    Raises:
        DatasetError: What they are graded on is not there.
        KernelFault: The grader failed over one.
    """
    left = untrained(assignment)
    here = of_what_is_left(assignment, left, mutants) if left else []
    told = _told(left, means, solution, here) if left and here else {}
    # Of the two runs of each, one is not needed: that with an epoch, or that without any.
    needed = {each.id for each in here} - told.keys()
    for each in (*mutants, *([] if here else [solution])):
        if each.id not in needed:
            means.shown(each)
    others = [each for each in mutants if each.id not in told]
    return told | _told(shortened(assignment), means, solution, others)


def _told(
    short: Assignment, means: Means, solution: Specimen, mutants: Sequence[Specimen]
) -> dict[str, Judged]:
    """Return the mutants that fail a check which the solution passes in a shorter run."""
    observing = Observing(short, replace(means, remark=lambda _: None))
    right = Judged.of(short, solution, observing.evidence([solution])[solution.id])
    # What else takes more than an epoch, such as a figure of the fifth.
    short = replace(short, checks=[each for each in short.checks if each.id not in right.lost])
    found = observing.evidence(mutants)
    run = [Judged.of(short, each, found[each.id]) for each in mutants]
    return {each.specimen.id: each for each in run if is_told(each, right)}


def is_told(mutant: Judged, solution: Judged) -> bool:
    """Whether a mutant failed a check in a shorter run, and would in the whole one.

    Args:
        mutant: Its run, with one epoch or without any.
        solution: That of the solution.
    """
    if not mutant.attempts or not mutant.lost:
        return False
    if not _has_trained(mutant) or _cells(mutant) == _cells(solution):
        return True
    # That there is one epoch alone may be why a cell fails, which looks at the fifth; but not why
    # something was wrong before anything was trained.
    return bool(mutant.lost & _before_training(mutant, solution))


def shortened(assignment: Assignment) -> Assignment:
    """Return an assignment with one seed, one epoch of each training, and no goals.

    Its checks are those that do not ask what a training came to.
    """
    outcomes = {(part.name, kind) for part in assignment.trainers for kind in _OUTCOMES}
    return replace(
        assignment,
        parts=[_shortened(part) for part in assignment.parts],
        checks=[each for each in assignment.checks if not outcomes & _needed(each)],
        seeds=assignment.seeds[:1],
    )


def _shortened(part: GradedPart) -> GradedPart:
    # Whatever trains is declared with both.
    return replace(part, goals=(), most_epochs=_EPOCHS) if part.trains else part  # type: ignore[call-arg]


def _needed(check: Check) -> set[tuple[str, str]]:
    return {(need.part, need.name) for need in check.needs}


def _before_training(mutant: Judged, solution: Judged) -> frozenset[str]:
    """Return the checks of a mutant that ask only of cells before the first that trains."""
    if mutant.plan is None:
        return frozenset()
    # Where the grader refuses a fit before it is asked for it, only the solution tells the cell.
    known = [cell for cell in _training_cells(mutant) if cell is not None]
    first = min([*known, *(cell or 0 for cell in _training_cells(solution))], default=0)
    # What a part that trains is looked at for may come from the cell that calls it.
    trainers = {part.name for part in mutant.assignment.trainers}
    # What a given cell says is no part's.
    before = {"", *(cell.name for cell in mutant.plan.cells[:first])} - trainers
    return frozenset(
        each.id
        for each in mutant.assignment.checks
        if each.needs and all(need.part in before for need in each.needs)
    )


def _has_trained(judged: Judged) -> bool:
    return bool(_training_cells(judged))


def _training_cells(judged: Judged) -> list[int | None]:
    return [fit.cell for each in judged.attempts for fit in each.run.evidence.fits.values()]


def _cells(judged: Judged) -> list[CellStatus]:
    return [each.status for run in judged.attempts for each in run.run.execution.cells]
