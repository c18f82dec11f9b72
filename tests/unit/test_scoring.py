from hypothesis import given
from hypothesis import strategies as st

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks import Check, Expectation, expect
from grader.records import CheckResult, Status, Verdict
from grader.scoring import score, spread, verdict

PASS_MARK = 0.8


def holds() -> Expectation:
    """It holds."""
    return expect(True, "", "")  # noqa: FBT003


def rubric(points: list[int], given_part: str = "given", given_points: int = 15) -> list[Check]:
    checks = [Check(holds, (), "g", "own", worth, "") for worth in points]
    return [*checks, Check(holds, (), "g", given_part, given_points, "")]


def result(status: Status, points: int = 10, *, required: bool = False) -> CheckResult:
    return CheckResult("c", "g", "t", status, points, required=required)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=30), st.integers(0, 40))
def test_points_of_given_parts_are_spread_without_loss(points: list[int], gone: int) -> None:
    kept = spread(rubric(points, given_points=gone), frozenset({"given"}))
    assert sum(check.points for check in kept) == sum(points) + gone


@given(st.lists(st.integers(1, 30), min_size=1, max_size=30), st.integers(0, 40))
def test_no_check_gets_fewer_points_than_it_had(points: list[int], gone: int) -> None:
    kept = spread(rubric(points, given_points=gone), frozenset({"given"}))
    assert all(after.points >= before for after, before in zip(kept, points, strict=True))


@given(st.lists(st.integers(1, 30), min_size=1, max_size=30), st.integers(0, 40))
def test_each_share_is_within_a_point_of_its_proportion(points: list[int], gone: int) -> None:
    kept = spread(rubric(points, given_points=gone), frozenset({"given"}))
    factor = (sum(points) + gone) / sum(points)
    assert all(
        abs(after.points - before * factor) < 1 for after, before in zip(kept, points, strict=True)
    )


def test_without_given_parts_the_rubric_is_as_declared() -> None:
    assert spread(happy_or_sad.checks, frozenset()) == happy_or_sad.checks


def test_a_given_callback_is_not_graded() -> None:
    kept = spread(happy_or_sad.checks, frozenset({"myCallback"}))
    assert "callback" not in {check.group for check in kept}


def test_nothing_is_left_when_everything_is_given() -> None:
    assert spread(rubric([]), frozenset({"given"})) == []


def test_80_percent_is_enough_to_pass() -> None:
    results = [result(Status.PASSED, 80), result(Status.FAILED, 20)]
    assert score(results, PASS_MARK).passed


def test_less_than_80_percent_is_not_enough() -> None:
    results = [result(Status.PASSED, 79), result(Status.FAILED, 21)]
    assert not score(results, PASS_MARK).passed


def test_a_required_check_must_pass() -> None:
    results = [result(Status.PASSED, 90), result(Status.FAILED, 10, required=True)]
    assert not score(results, PASS_MARK).passed


def test_a_skipped_check_earns_nothing() -> None:
    assert score([result(Status.SKIPPED)], PASS_MARK).earned == 0


def test_an_errored_check_leaves_its_points_pending() -> None:
    assert score([result(Status.ERRORED, 7), result(Status.PASSED, 3)], PASS_MARK).pending == 7


def test_an_errored_check_needs_review() -> None:
    assert verdict([result(Status.PASSED), result(Status.ERRORED)]) is Verdict.NEEDS_REVIEW


def test_failed_and_skipped_checks_need_no_review() -> None:
    assert verdict([result(Status.FAILED), result(Status.SKIPPED)]) is Verdict.GRADED


def test_one_failure_in_300_is_not_full_marks() -> None:
    results = [result(Status.PASSED, 1)] * 299 + [result(Status.FAILED, 1)]
    assert score(results, PASS_MARK).fraction < 1
