"""The rubric on recorded evidence: TensorFlow is not needed to test it."""

from pathlib import Path

import pytest
import recording
from happy_or_sad.alone import ALONE, PREFIX
from happy_or_sad.mistakes import MISTAKES
from happy_or_sad.right import RIGHT
from happy_or_sad.submission import Variant

from grader import scoring
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.records import Status

REQUIRED = {"target_reached"}


# Each is looked at several times.
_JUDGED: dict[str, recording.Judged] = {}


def judged(variant: Variant, folder: Path) -> recording.Judged:
    if variant.id not in _JUDGED:
        plan = recording.plan(variant.notebook(), folder)
        _JUDGED[variant.id] = recording.judge(plan, recording.load(variant.id, plan))
    return _JUDGED[variant.id]


def by_id(variant: Variant) -> str:
    return variant.id


@pytest.mark.parametrize("variant", ALONE, ids=by_id)
def test_a_check_can_fail_alone(variant: Variant, tmp_path: Path) -> None:
    assert judged(variant, tmp_path).lost == variant.loses


def test_every_check_is_failed_alone_by_some_submission() -> None:
    assert [check.id for check in happy_or_sad.checks] == [v.id.removeprefix(PREFIX) for v in ALONE]


def test_no_two_checks_have_the_same_title() -> None:
    titles = [check.title for check in happy_or_sad.checks]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("variant", RIGHT, ids=by_id)
def test_right_in_another_way_is_right(variant: Variant, tmp_path: Path) -> None:
    assert judged(variant, tmp_path).lost == frozenset()


@pytest.mark.parametrize("variant", MISTAKES, ids=by_id)
def test_a_mistake_fails_what_it_should_and_nothing_else(variant: Variant, tmp_path: Path) -> None:
    assert judged(variant, tmp_path).lost == variant.loses


@pytest.mark.parametrize("variant", [*ALONE, *MISTAKES], ids=by_id)
def test_a_failed_check_says_what_was_found(variant: Variant, tmp_path: Path) -> None:
    results = judged(variant, tmp_path).results
    assert all(result.actual for result in results if result.status is not Status.PASSED)


@pytest.mark.parametrize("variant", [*ALONE, *MISTAKES], ids=by_id)
def test_a_failed_check_says_what_to_look_at(variant: Variant, tmp_path: Path) -> None:
    results = judged(variant, tmp_path).results
    assert all(result.hint for result in results if result.status is Status.FAILED)


@pytest.mark.parametrize("variant", MISTAKES, ids=by_id)
def test_a_mistake_passes_only_when_the_target_was_reached_and_80_points_are_left(
    variant: Variant, tmp_path: Path
) -> None:
    score = scoring.score(judged(variant, tmp_path).results, happy_or_sad.pass_mark)
    points = {check.id: check.points for check in happy_or_sad.checks}
    left = 100 - sum(points[check] for check in variant.loses)
    assert score.passed == (left >= 80 and not variant.loses & REQUIRED)


def test_the_rubric_has_100_points() -> None:
    assert sum(check.points for check in happy_or_sad.checks) == 100


@pytest.mark.parametrize(
    ("group", "points"),
    [("loader", 20), ("callback", 15), ("structure", 20), ("compile", 15), ("training", 30)],
)
def test_each_group_is_worth_what_it_says(group: str, points: int) -> None:
    assert sum(check.points for check in happy_or_sad.checks if check.group == group) == points


def test_hints_do_not_contain_the_line() -> None:
    lines = ("1/255", "1 / 255", "rescale=", "sigmoid", "binary_crossentropy", "callbacks=[")
    assert not [c.id for c in happy_or_sad.checks for line in lines if line in c.hint]
