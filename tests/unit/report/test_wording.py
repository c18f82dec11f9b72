"""What to do first is what costs most."""

from typing import Any

import pytest

from grader.records import Status
from grader.report import wording
from grader.report.document import CheckRow, Report

RAISED = "train raised TypeError: no (cell 3, line 4)."
FAILED, SKIPPED = Status.FAILED, Status.SKIPPED


def row(name: str, possible: int, status: Status = FAILED, **other: Any) -> CheckRow:
    said: dict[str, Any] = {
        "title": f"It is {name}.", "required": False, "expected": "yes", "actual": f"not {name}",
        "hint": f"Make it {name}.", "cause": "loader",
    }  # fmt: skip
    return CheckRow(
        id=name, group="g", status=status, earned=0, possible=possible, **{**said, **other}
    )


def absent(name: str, possible: int, status: Status = FAILED, **other: Any) -> CheckRow:
    said: dict[str, Any] = {"expected": "", "actual": RAISED, "hint": "Call it.", "cause": "train"}
    return row(name, possible, status, **{**said, **other})


@pytest.fixture
def first(full_marks: Report) -> Any:
    def told(*checks: CheckRow) -> str:
        return wording.first_step(full_marks.model_copy(update={"checks": list(checks)}))

    return told


def test_nothing_needs_doing_where_nothing_failed(first: Any) -> None:
    assert first(row("fine", 5, Status.PASSED)) == ""


def test_the_check_with_most_points_comes_first(first: Any) -> None:
    assert first(row("small", 4), row("large", 5)) == "It is large: Make it large."


def test_of_equal_checks_the_required_one_comes_first(first: Any) -> None:
    assert first(row("a", 5), row("b", 5, required=True)).startswith("It is b")


def test_of_equal_checks_the_first_comes_first(first: Any) -> None:
    assert first(row("a", 5), row("b", 5)).startswith("It is a")


def test_what_is_skipped_counts_with_what_it_was_skipped_for(first: Any) -> None:
    crash = [absent("shape", 5), *(absent(f"{n}", 10, SKIPPED) for n in range(7))]
    assert first(row("batch", 6), *crash) == "train: Call it."


def test_a_skipped_check_counts_with_the_failure_of_the_same_words(first: Any) -> None:
    other = row("layers", 5, cause="train")
    assert first(other, absent("shape", 4), absent("goal", 9, SKIPPED)) == "train: Call it."


def test_it_counts_with_the_same_part_where_the_words_differ(first: Any) -> None:
    skipped = absent("goal", 9, SKIPPED, actual="It was not trained.", hint="")
    assert first(row("large", 8), absent("shape", 5), skipped) == "train: Call it."


def test_a_crash_that_no_failed_check_tells_of_counts_for_itself(first: Any) -> None:
    crash = [absent("goal", 9, SKIPPED), absent("end", 9, SKIPPED)]
    assert first(row("loss", 10, cause="train"), *crash) == "train: Call it."


def test_that_crash_comes_after_what_costs_more(first: Any) -> None:
    crash = absent("goal", 9, SKIPPED)
    assert first(row("loss", 10, cause="train"), crash) == "It is loss: Make it loss."


def test_what_is_skipped_for_nothing_that_failed_counts_for_nobody(first: Any) -> None:
    skipped = absent("goal", 90, SKIPPED, cause="other", actual="no", hint="")
    assert first(row("a", 5), skipped).startswith("It is a")


def test_what_raised_is_told_with_its_hint_and_not_as_the_check(first: Any) -> None:
    assert first(absent("shape", 5)) == "train: Call it."


def test_what_raised_without_a_hint_is_told_itself(first: Any) -> None:
    assert first(absent("shape", 5, hint="")) == RAISED


def test_where_causes_are_not_known_only_the_same_words_count(first: Any) -> None:
    skipped = absent("goal", 90, SKIPPED, cause="", actual="no", hint="")
    assert first(row("a", 5, cause=""), row("b", 6, cause=""), skipped).startswith("It is b")


def test_a_report_of_an_earlier_version_tells_the_check(first: Any) -> None:
    assert first(absent("shape", 5, cause="")) == "It is shape: Call it."


def test_points_that_wait_for_a_person_are_not_the_students_to_do(first: Any) -> None:
    assert first(row("ours", 50, Status.ERRORED), row("a", 1)).startswith("It is a")
