"""A check that is broken, so that it passes whatever it sees: the audit says so, of each check."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import pytest
from audited import RUBRIC, broken, judged
from happy_or_sad.alone import ALONE, PREFIX
from happy_or_sad.right import RIGHT

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.audit.auditing import like
from grader.audit.document import AssignmentRow, Audit, Fate
from grader.audit.judged import Judged
from grader.audit.matrix import Matrix
from grader.audit.specimens import SpecimenKind

CHECKS = [each.id for each in RUBRIC]
# With the others, a check fails that a consequence of the same mistake fails as well.
TELLS_ALONE = [each.id.removeprefix(PREFIX) for each in ALONE if len(each.loses) == 1]
AuditWith = Callable[[str], Audit]


@pytest.fixture(scope="module")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    """All that is right, and for each check a mistake, once more as a mutant."""
    folder = tmp_path_factory.mktemp("notebooks")
    solution, *right = RIGHT
    mistakes = [judged(each, folder) for each in ALONE]
    return [
        judged(solution, folder, SpecimenKind.SOLUTION),
        *(judged(each, folder) for each in right),
        *mistakes,
        *(_as_mutant(each) for each in mistakes),
    ]


def _as_mutant(mistake: Judged) -> Judged:
    specimen = mistake.specimen
    as_mutant = replace(specimen, id=f"mutant-{specimen.id}", kind=SpecimenKind.MUTANT)
    return replace(mistake, specimen=as_mutant)


@pytest.fixture(scope="module")
def audit_with(specimens: Sequence[Judged]) -> AuditWith:
    """Return what makes the audit of the rubric in which a check is broken; of none, as it is."""

    @cache
    def audited(check: str) -> Audit:
        rubric = [broken(each) if each.id == check else each for each in RUBRIC]
        lacking = replace(happy_or_sad, checks=rubric)
        several = [replace(each, assignment=lacking) for each in specimens]
        matrix = Matrix(rubric, several, like(several))
        return Audit(
            assignment=AssignmentRow(id="happy-or-sad", version="1", title="Happy or Sad"),
            quick=False, floor=0.98, checks=matrix.columns(), specimens=matrix.rows(), operators=[],
        )  # fmt: skip

    return audited


def test_with_no_broken_check_all_mutants_are_killed(audit_with: AuditWith) -> None:
    found = audit_with("")
    assert (found.passed, found.killed) == (True, 1.0)


@pytest.mark.parametrize("check", CHECKS)
def test_an_audit_with_a_broken_check_does_not_pass(audit_with: AuditWith, check: str) -> None:
    assert not audit_with(check).passed


@pytest.mark.parametrize("check", TELLS_ALONE)
def test_with_a_broken_check_fewer_mutants_are_killed(audit_with: AuditWith, check: str) -> None:
    assert audit_with(check).killed < audit_with("").killed


@pytest.mark.parametrize("check", CHECKS)
def test_the_mistake_of_a_broken_check_is_not_as_foretold(
    audit_with: AuditWith, check: str
) -> None:
    wrong = [row.id for row in audit_with(check).with_fate(Fate.WRONG)]
    assert f"{PREFIX}{check}" in wrong


@pytest.mark.parametrize("check", CHECKS)
def test_an_audit_says_that_a_broken_check_never_fails(audit_with: AuditWith, check: str) -> None:
    [found] = [each for each in audit_with(check).checks if each.id == check]
    assert found.killed + found.mistakes == 0
