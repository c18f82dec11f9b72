"""The matrix: what came of each specimen, and what that says of each check."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from audited import RUBRIC, broken, judged, starter
from happy_or_sad.alone import ALONE, PREFIX
from happy_or_sad.mistakes import MISTAKES
from happy_or_sad.right import RIGHT

from grader.audit.auditing import FREE, like
from grader.audit.document import AssignmentRow, Audit, CheckColumn, Fate
from grader.audit.judged import Judged, lost
from grader.audit.matrix import Matrix
from grader.audit.specimens import SpecimenKind
from grader.checks import Check

# As if they had been made by operators: some of what students do, each a little otherwise.
AS_MUTANTS = ("mistake-batch-size", "mistake-epochs-100", "mistake-no-rescale", "right-nadam")


@pytest.fixture(scope="module")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    """All that the kit's own assignment has, and a few of them once more as mutants."""
    folder = tmp_path_factory.mktemp("notebooks")
    written = [*RIGHT, *ALONE, *MISTAKES]
    found = [judged(each, folder, _kind(each.id)) for each in written]
    mutants = [
        judged(each, folder, SpecimenKind.MUTANT) for each in written if each.id in AS_MUTANTS
    ]
    return [*found, starter(), *(_renamed(each) for each in mutants)]


def _kind(name: str) -> SpecimenKind | None:
    return SpecimenKind.SOLUTION if name == "solution" else None


def _renamed(each: Judged) -> Judged:
    return replace(each, specimen=replace(each.specimen, id=f"mutant-{each.specimen.id}"))


@pytest.fixture(scope="module")
def matrix(specimens: Sequence[Judged]) -> Matrix:
    return Matrix(RUBRIC, specimens, like(specimens))


@pytest.fixture(scope="module")
def audit(matrix: Matrix) -> Audit:
    return audit_of(matrix)


def audit_of(matrix: Matrix) -> Audit:
    return Audit(
        assignment=AssignmentRow(id="happy-or-sad", version="1", title="Happy or Sad"),
        quick=False, floor=0.95, checks=matrix.columns(), specimens=matrix.rows(), operators=[],
    )  # fmt: skip


def column(audit: Audit, check: str) -> CheckColumn:
    return next(each for each in audit.checks if each.id == check)


def test_whatever_the_author_has_written_comes_to_what_it_must(audit: Audit) -> None:
    assert [row.id for row in audit.with_fate(Fate.WRONG)] == []


def test_a_mutant_that_loses_a_check_is_killed(audit: Audit) -> None:
    killed = {row.id for row in audit.with_fate(Fate.KILLED)}
    assert killed == {f"mutant-{name}" for name in AS_MUTANTS if name.startswith("mistake-")}


def test_a_mutant_that_does_what_a_variant_does_is_like_it(audit: Audit) -> None:
    assert [row.like for row in audit.with_fate(Fate.ALIKE)] == ["right-nadam"]


def test_what_no_variant_does_is_not_like_any(specimens: Sequence[Judged]) -> None:
    known = [each for each in specimens if each.specimen.id != "right-nadam"]
    assert "mutant-right-nadam" not in like(known)


def test_what_stays_within_what_variants_show_is_free(specimens: Sequence[Judged]) -> None:
    # Another one shows that metrics may be objects, and none does just the same.
    others = [each for each in specimens if each.specimen.id != "right-metric-object"]
    mutant = next(each for each in specimens if each.specimen.id == "right-metric-object")
    as_mutant = replace(mutant, specimen=replace(mutant.specimen, kind=SpecimenKind.MUTANT))
    assert like([*others, as_mutant]).get("right-metric-object") == FREE


def test_what_loses_a_check_is_not_free(specimens: Sequence[Judged]) -> None:
    found = like(specimens)
    assert [name for name in found if name.startswith("mutant-mistake")] == []


def test_a_starter_that_has_no_points_is_right(audit: Audit) -> None:
    assert [row.fate for row in audit.of(SpecimenKind.STARTER)] == [Fate.RIGHT]


def test_a_mistake_is_wrong_that_loses_something_else(tmp_path: Path) -> None:
    variant = replace(ALONE[1], loses=frozenset({"target_size"}))
    [row] = Matrix(RUBRIC, [judged(variant, tmp_path)], {}).rows()
    assert row.fate is Fate.WRONG


def test_a_variant_is_wrong_that_loses_anything(tmp_path: Path) -> None:
    [row] = Matrix(RUBRIC, [judged(ALONE[1], tmp_path, SpecimenKind.VARIANT)], {}).rows()
    assert row.fate is Fate.WRONG


@pytest.mark.parametrize("check", [each.id for each in RUBRIC])
def test_every_check_fails(audit: Audit, check: str) -> None:
    assert column(audit, check).mistakes


def test_checks_that_the_same_specimens_lose_fail_together(tmp_path: Path) -> None:
    known = {each.id: each for each in MISTAKES}
    two = [judged(known[name], tmp_path) for name in ("mistake-metric-acc", "mistake-batch-size")]
    found = {each.id: each.together for each in Matrix(RUBRIC, two, {}).columns() if each.together}
    assert found == {"metric": ["stopped_by_callback"], "stopped_by_callback": ["metric"]}


def test_a_hint_that_was_shown_is_known(tmp_path: Path) -> None:
    two = [judged(ALONE[1], tmp_path)]
    shown = [each.id for each in Matrix(RUBRIC, two, {}).columns() if each.hint_shown]
    assert shown == [ALONE[1].id.removeprefix(PREFIX)]


@pytest.mark.parametrize("check", [each.id for each in RUBRIC])
def test_a_check_that_is_broken_lowers_the_score(matrix: Matrix, audit: Audit, check: str) -> None:
    rubric = [broken(each) if each.id == check else each for each in RUBRIC]
    told = [each for each in matrix.wrong if not each.specimen.foretells(_lost(each, rubric))]
    assert len(told) == column(audit, check).without > 0


def _lost(judged: Judged, rubric: Sequence[Check]) -> frozenset[str]:
    return lost(judged.judged_by(rubric))
