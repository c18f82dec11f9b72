"""Audits a rubric: the whole way from an assignment to what is to be said of it, on one screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.assignments.assignment import Assignment
from grader.assignments.loading import load_variants
from grader.audit.behaviour import behaviour, observed
from grader.audit.document import AssignmentRow, Audit, GoalLuck
from grader.audit.early import told_early
from grader.audit.freedom import Freedom
from grader.audit.gaps import advice
from grader.audit.judged import Judged
from grader.audit.luck import SEEDS, luck
from grader.audit.matrix import Matrix, operators
from grader.audit.notebooks import SolutionNotebook
from grader.audit.observing import Means, Observing
from grader.audit.quick import few, left_of, without_training
from grader.audit.refusals import refuse_wrong_solution
from grader.audit.sampled import sample_of, sampled
from grader.audit.specimens import Specimen, SpecimenKind, seeded, specimens

# What lives within what right variants show.
FREE = "what right variants show"


@dataclass(frozen=True, slots=True)
class Auditing:
    """How an assignment is audited.

    Args:
        assignment: Whose rubric it is.
        means: With what specimens are graded.
        floor: The share of mutants that must be killed, 0 to 1.
        quick: Whether to leave out what trains.
        every_check: Whether mutants are trained to the end that have failed before.
        mutants: How many are graded at most; None for all of them.
    """

    assignment: Assignment
    means: Means
    floor: float
    quick: bool = False
    every_check: bool = False
    mutants: int | None = None


def audit(auditing: Auditing) -> Audit:
    """Audit a rubric.

    Raises:
        UsageError: The solution is none.
        DeclarationError: A variant is not declared as it must be.
        DatasetError: What it is graded on is not there.
        KernelFault: The grader failed over a notebook.
    """
    assignment = auditing.assignment
    variants = load_variants(assignment)
    if auditing.quick:
        assignment = without_training(assignment)
        variants = left_of(variants, assignment)
    all_specimens = specimens(SolutionNotebook.of(assignment), variants)
    if auditing.quick:
        all_specimens = few(all_specimens)
    made = len(_mutants(all_specimens))
    if auditing.mutants is not None:
        all_specimens = sampled(all_specimens, auditing.mutants)
    complete = len(_mutants(all_specimens)) == made
    observing = Observing(assignment, auditing.means)
    auditing.means.begin(_runs(auditing, assignment, all_specimens))
    # At once, as nothing can be told from a solution that is none.
    [solution] = _judged(assignment, observing, all_specimens[:1])
    refuse_wrong_solution(solution)
    judged = [solution, *_rest(auditing, observing, all_specimens)]
    untrained = len(assignment.parts) < len(auditing.assignment.parts)
    matrix = Matrix(assignment.checks, judged, like(judged), untrained)
    rows = matrix.rows()
    columns = matrix.columns()
    found = Audit(
        assignment=AssignmentRow(
            id=assignment.id, version=assignment.version, title=assignment.title
        ),
        quick=auditing.quick,
        floor=auditing.floor,
        checks=columns,
        specimens=rows,
        operators=operators(rows),
        luck=_luck(assignment, observing, all_specimens[0]),
        advice=advice(matrix, columns, complete=complete),
    )
    return found.model_copy(update={"sample": sample_of(found, made)})


def _runs(auditing: Auditing, assignment: Assignment, all_specimens: Sequence[Specimen]) -> int:
    """Return how many are made, counting those as well that are then not needed."""
    early = [None, *_mutants(all_specimens)] if _runs_early(auditing, assignment) else []
    # Without trainings, and with one epoch of each.
    return len(all_specimens) + 2 * len(early) + (SEEDS if assignment.goals else 0)


def _runs_early(auditing: Auditing, assignment: Assignment) -> bool:
    return bool(assignment.trainers) and not auditing.every_check


def _mutants(several: Sequence[Specimen]) -> list[Specimen]:
    return [each for each in several if each.kind is SpecimenKind.MUTANT]


def _rest(
    auditing: Auditing, observing: Observing, all_specimens: Sequence[Specimen]
) -> list[Judged]:
    """Judge all but the solution, in their order; of mutants no more than tells them."""
    assignment, means = observing.assignment, auditing.means
    solution, *others = all_specimens
    told: dict[str, Judged] = {}
    if _runs_early(auditing, assignment):
        told = told_early(assignment, means, solution, _mutants(others))
        for judged in told.values():
            means.shown(judged.specimen)
    left = _judged(assignment, observing, [each for each in others if each.id not in told])
    known = told | {each.specimen.id: each for each in left}
    return [known[each.id] for each in others]


def _judged(
    assignment: Assignment, observing: Observing, several: Sequence[Specimen]
) -> list[Judged]:
    found = observing.evidence(several)
    return [Judged.of(assignment, each, found[each.id]) for each in several]


def like(judged: Sequence[Judged]) -> dict[str, str]:
    """Return which mutants do what a right specimen does, and which one that is.

    Of those that live and do something else, it is ``FREE`` where that is only what right specimens
    show that students may choose.
    """
    right = [each for each in judged if each.is_right]
    known = {behaviour(each.attempts): each.specimen.id for each in reversed(right)}
    freedom = Freedom.of(observed(run) for each in right for run in each.attempts)
    found: dict[str, str] = {}
    for each in judged:
        if each.specimen.kind is SpecimenKind.MUTANT and each.attempts:
            same = known.get(behaviour(each.attempts))
            free = not each.lost and not any(freedom.beyond(observed(a)) for a in each.attempts)
            if same or free:
                found[each.specimen.id] = same or FREE
    return found


def _luck(assignment: Assignment, observing: Observing, solution: Specimen) -> list[GoalLuck]:
    if not assignment.goals:
        return []
    tried = [seeded(solution, seed) for seed in range(1, SEEDS + 1)]
    runs = [each.attempts[0] for each in _judged(assignment, observing, tried)]
    return luck(assignment, runs)
