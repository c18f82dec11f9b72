"""What mutants fail before their training is over, by evidence that was recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from audited import RUBRIC, judged, starter
from happy_or_sad.mistakes import MISTAKES
from happy_or_sad.right import RIGHT
from happy_or_sad.submission import Variant

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.audit import wording
from grader.audit.auditing import like
from grader.audit.document import AssignmentRow, Audit, Fate
from grader.audit.early import is_told, shortened
from grader.audit.gaps import advice
from grader.audit.judged import Judged
from grader.audit.matrix import Matrix
from grader.audit.page import render
from grader.audit.specimens import SpecimenKind
from grader.evidence import Fit
from grader.records import CellStatus, Status

SHORT = shortened(happy_or_sad)
WRITTEN = {each.id: each for each in [*RIGHT, *MISTAKES]}
# A mistake that a run of one epoch tells, and one that takes the whole training.
TOLD, TRAINED = "mistake-batch-size", "mistake-epochs-100"


def as_mutant(variant: Variant, folder: Path, *, short: bool) -> Judged:
    found = judged(variant, folder, SpecimenKind.MUTANT)
    return replace(found, assignment=SHORT) if short else found


@pytest.fixture
def solution(tmp_path: Path) -> Judged:
    return judged(WRITTEN["solution"], tmp_path, SpecimenKind.SOLUTION)


@pytest.fixture
def told(tmp_path: Path) -> Judged:
    return as_mutant(WRITTEN[TOLD], tmp_path, short=True)


def with_a_cell(each: Judged, status: CellStatus) -> Judged:
    """Return the same, as if its last cell had ended so."""
    [first, *others] = each.attempts
    *cells, last = first.run.execution.cells
    execution = replace(first.run.execution, cells=(*cells, replace(last, status=status)))
    return replace(
        each, attempts=[replace(first, run=replace(first.run, execution=execution)), *others]
    )


def with_fits(each: Judged, fits: Mapping[int, Fit]) -> Judged:
    [first, *others] = each.attempts
    evidence = replace(first.run.evidence, fits=dict(fits))
    return replace(
        each, attempts=[replace(first, run=replace(first.run, evidence=evidence)), *others]
    )


def trained_in(each: Judged, place: int | None) -> Judged:
    """Return the same, as if this cell had called fit; None where it is not known which."""
    [run] = each.attempts
    cell = None if place is None else range(len(run.run.execution.cells))[place]
    known = run.run.evidence.fits.items()
    return with_fits(each, {name: fit.model_copy(update={"cell": cell}) for name, fit in known})


def test_one_epoch_of_each_training_is_looked_at() -> None:
    assert SHORT.most_epochs == 1


def test_no_goal_is_asked_for_so_no_further_seed_is_tried() -> None:
    assert (SHORT.goals, SHORT.seeds) == ((), happy_or_sad.seeds[:1])


def test_checks_that_ask_how_training_went_are_left_out() -> None:
    needed = {need.name for check in SHORT.checks for need in check.needs}
    assert not needed & {"training", "result"}


def test_checks_of_layers_and_loaders_are_asked() -> None:
    needed = {need.name for check in SHORT.checks for need in check.needs}
    assert needed >= {"model", "compilation", "loader", "callback"}


def test_the_assignment_itself_stays_as_it_is() -> None:
    assert happy_or_sad.most_epochs > 1


def test_a_mutant_that_fails_such_a_check_is_told(told: Judged, solution: Judged) -> None:
    assert is_told(told, solution)


def test_one_that_fails_no_such_check_is_not(tmp_path: Path, solution: Judged) -> None:
    assert not is_told(as_mutant(WRITTEN[TRAINED], tmp_path, short=True), solution)


def test_one_of_which_a_cell_fails_takes_the_whole_run(told: Judged, solution: Judged) -> None:
    assert not is_told(with_a_cell(told, CellStatus.RAISED), solution)


def test_one_of_which_a_cell_fails_before_anything_is_trained_does_not(
    told: Judged, solution: Judged
) -> None:
    assert is_told(with_fits(with_a_cell(told, CellStatus.RAISED), {}), solution)


class TestFailingBeforeThat:
    """Its loader is wrong, its last cell fails, and what trains comes between."""

    @pytest.fixture
    def mutant(self, told: Judged) -> Judged:
        return with_a_cell(told, CellStatus.RAISED)

    def test_a_mutant_is_told(self, mutant: Judged, solution: Judged) -> None:
        assert is_told(trained_in(mutant, -1), trained_in(solution, -1))

    def test_also_where_its_fit_was_never_asked_for(self, mutant: Judged, solution: Judged) -> None:
        assert is_told(trained_in(mutant, None), trained_in(solution, -1))

    def test_but_not_where_it_trained_before(self, mutant: Judged, solution: Judged) -> None:
        assert not is_told(trained_in(mutant, 0), trained_in(solution, -1))

    def test_nor_where_the_solution_may_have(self, mutant: Judged, solution: Judged) -> None:
        assert not is_told(trained_in(mutant, -1), trained_in(solution, None))


def test_one_that_was_rejected_takes_the_whole_run(told: Judged, solution: Judged) -> None:
    assert not is_told(replace(told, plan=None, attempts=()), solution)


class TestInTheMatrix:
    @pytest.fixture
    def specimens(self, solution: Judged, told: Judged, tmp_path: Path) -> Sequence[Judged]:
        mistakes = [judged(each, tmp_path) for each in MISTAKES if each.id == TRAINED]
        return [solution, starter(), *mistakes, told]

    @pytest.fixture
    def matrix(self, specimens: Sequence[Judged]) -> Matrix:
        return Matrix(RUBRIC, specimens, like(specimens))

    @pytest.fixture
    def audit(self, matrix: Matrix) -> Audit:
        columns = matrix.columns()
        return Audit(
            assignment=AssignmentRow(id="happy-or-sad", version="1", title="Happy or Sad"),
            quick=False, floor=0.95, checks=columns, specimens=matrix.rows(), operators=[],
            advice=advice(matrix, columns),
        )  # fmt: skip

    def test_it_is_killed(self, audit: Audit) -> None:
        assert audit.specimens[-1].fate is Fate.KILLED

    def test_it_has_a_place_for_each_check(self, audit: Audit) -> None:
        assert len(audit.specimens[-1].statuses) == len(RUBRIC)

    def test_checks_that_were_not_asked_have_no_status(self, audit: Audit) -> None:
        asked = {each.id for each in SHORT.checks}
        pairs = zip(RUBRIC, audit.specimens[-1].statuses, strict=True)
        assert {check.id for check, status in pairs if status is None} == {
            each.id for each in RUBRIC if each.id not in asked
        }

    def test_it_has_at_most_what_it_has_not_lost(self, audit: Audit) -> None:
        row = audit.specimens[-1]
        pairs = zip(RUBRIC, row.statuses, strict=True)
        lost = sum(check.points for check, status in pairs if status is Status.FAILED)
        assert (row.earned, row.possible) == (100 - lost, 100)

    def test_the_page_says_at_most(self, audit: Audit) -> None:
        assert f"≤ {audit.specimens[-1].earned}</td>" in render(audit)

    def test_of_what_was_asked_all_the_points_are_exact(self, audit: Audit) -> None:
        assert wording.points(audit.specimens[2]) == str(audit.specimens[2].earned)

    def test_a_check_counts_the_mutants_that_it_was_not_asked_of(self, audit: Audit) -> None:
        asked = {each.id for each in SHORT.checks}
        assert {each.id for each in audit.checks if each.not_asked} == {
            each.id for each in RUBRIC if each.id not in asked
        }

    def test_that_one_never_fails_is_said_with_how_often_it_was_not_asked(
        self, audit: Audit
    ) -> None:
        lines = dict(wording.findings(audit))["Checks that never fail"]
        unasked = [each for each in audit.checks if each.not_asked and not each.mistakes]
        assert unasked
        assert all(
            any(line.startswith(each.id) and "(not asked of 1 mutant" in line for line in lines)
            for each in unasked
        )

    def test_no_two_checks_are_said_to_fail_together_that_were_not_asked(
        self, audit: Audit
    ) -> None:
        assert [each.id for each in audit.checks if each.not_asked and each.together] == []

    def test_text_and_page_say_that_not_all_was_asked(self, audit: Audit) -> None:
        assert wording.EARLY in render(audit)

    def test_where_all_was_asked_nothing_is_said_of_it(self, audit: Audit) -> None:
        whole = audit.model_copy(update={"specimens": audit.specimens[:-1]})
        assert wording.EARLY not in render(whole)
