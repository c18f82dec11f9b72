import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
import pytest

from grader.checks import Absent, Check, Expectation, Need, ProbeFault, expect, runner
from grader.checks.declaration import AssignmentFault
from grader.checks.trusted import run_of
from grader.records import CheckResult


def first(thing: int) -> Expectation:
    """The thing is positive.

    More is said here, which is not part of the title.
    """
    return expect(thing > 0, "more than 0", thing)


def second(thing: int) -> Expectation:
    """The thing is odd."""
    return expect(thing % 2 == 1, "an odd number", thing, "Divide it by two.")


def third(other: int) -> Expectation:
    """The other is there."""
    return expect(other > 0, "more than 0", other)


def check(function: Callable[..., Expectation], need: str, part: str, hint: str) -> Check:
    return Check(
        function, (Need(need, part, lambda seen: give(run_of(seen), need)),), "g", part, 5, hint
    )


def give(seen: Any, need: str) -> object:
    if isinstance(seen[need], Exception):
        raise seen[need]
    return seen[need]


CHECKS = [
    check(first, "thing", "part", "Look at its sign."),
    check(second, "thing", "part", "Look at it."),
    check(third, "other", "other", "Look at the other."),
]


SEEN: Any = {"thing": 1, "other": 1}


def run(thing: object, other: object = 1) -> list[CheckResult]:
    seen: Any = {"thing": thing, "other": other}
    return runner.run(CHECKS, seen)


def judge(function: Callable[[Any], Any]) -> list[CheckResult]:
    """Run a check of an author's, and another one."""
    given: Any = wraps(first)(function)
    return runner.run([check(given, "thing", "part", "Look."), CHECKS[2]], SEEN)


def statuses(results: list[CheckResult]) -> list[str]:
    return [result.status.value for result in results]


def test_results_come_in_declaration_order() -> None:
    assert [result.id for result in run(1)] == ["first", "second", "third"]


def test_the_title_is_the_first_line_of_the_docstring() -> None:
    assert run(1)[0].title == "The thing is positive."


def test_a_check_that_holds_passes() -> None:
    assert statuses(run(1)) == ["passed", "passed", "passed"]


def test_a_check_that_does_not_hold_fails() -> None:
    assert statuses(run(2)) == ["passed", "failed", "passed"]


def test_a_passed_check_has_no_hint() -> None:
    assert run(1)[0].hint == ""


def test_a_finding_may_bring_a_better_hint() -> None:
    assert run(2)[1].hint == "Divide it by two."


def test_a_failed_check_has_its_declared_hint() -> None:
    assert run(-1)[0].hint == "Look at its sign."


def test_what_is_absent_is_hinted_at_by_the_check_that_misses_it_first() -> None:
    results = run(Absent("part", "it never did"))
    assert [result.hint for result in results] == ["Look at its sign.", "", ""]


def test_what_is_absent_for_another_reason_has_the_hint_of_that_reason() -> None:
    results = run(Absent("part", "it raised", "Mind the gap."))
    assert [result.hint for result in results] == ["Mind the gap.", "Mind the gap.", ""]


def test_a_check_s_own_hint_never_explains_what_nobody_can() -> None:
    results = run(Absent("part", "it raised", ""))
    assert [result.hint for result in results] == ["", "", ""]


def test_a_check_that_does_not_pass_says_whose_failure_it_is() -> None:
    results = run(2, Absent("part", "it raised"))
    assert [result.cause for result in results] == ["", "part", "part"]


def test_the_first_check_that_misses_a_part_fails_and_the_others_are_skipped() -> None:
    assert statuses(run(Absent("part", "it raised"))) == ["failed", "skipped", "passed"]


def test_a_skipped_check_says_why() -> None:
    assert run(Absent("part", "it raised"))[1].actual == "it raised"


def test_a_part_that_is_missing_through_another_that_failed_is_skipped() -> None:
    assert statuses(run(2, Absent("part", "it raised"))) == ["passed", "failed", "skipped"]


def test_a_part_that_is_missing_through_its_own_fault_fails() -> None:
    assert statuses(run(1, Absent("other", "it raised"))) == ["passed", "passed", "failed"]


@pytest.mark.parametrize("fault", [ProbeFault("nothing observed"), ZeroDivisionError("ours")])
def test_a_fault_of_the_grader_is_errored_and_not_failed(fault: Exception) -> None:
    assert statuses(run(fault)) == ["errored", "errored", "passed"]


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        (None, "the check returned None, not an Expectation"),
        (True, "the check returned True, not an Expectation"),
        ((True, "a", "b"), "not an Expectation"),
        (Expectation, "not an Expectation"),
        (Expectation(met="no"), "is the text 'no'; expected True or False"),  # type: ignore[arg-type]
        (Expectation(met=len), "which is not called; expected True or False"),  # type: ignore[arg-type]
        (Expectation(met=np.array([True, False])), "truth value of an array"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_expectation_is_no_students_fault(returned: Any, words: str) -> None:
    results = judge(lambda _: returned)
    assert statuses(results) == ["errored", "passed"]
    assert words in results[0].actual


@pytest.mark.parametrize("met", [True, False])
def test_an_expectation_is_no_truth_value(*, met: bool) -> None:
    found = Expectation(met)
    for function in (
        lambda _: expect(found, "a", "b"),  # type: ignore[arg-type]
        lambda _: found and found,
        lambda _: Expectation(met=not found),
    ):
        results = judge(function)
        assert statuses(results) == ["errored", "passed"]
        assert "write .met behind it" in results[0].actual


def test_a_check_that_ends_the_program_is_errored() -> None:
    assert statuses(judge(lambda _: sys.exit(1))) == ["errored", "passed"]


@pytest.mark.parametrize("met", [np.True_, 1, [0]])
def test_what_numpy_holds_for_true_is_true(met: Any) -> None:
    [found, _] = judge(lambda _: Expectation(met=met, expected=3, actual=None))  # type: ignore[arg-type]
    assert (found.status.value, found.expected, found.actual) == ("passed", "3", "None")


def fail(_: Any) -> Expectation:
    raise ZeroDivisionError("theirs")


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (fail, "a check of the assignment raised ZeroDivisionError: theirs"),
        (lambda _: sys.exit(3), "a check of the assignment raised SystemExit: 3"),
        (lambda _: None, "a check of the assignment raised TypeError: the check returned None"),
        (lambda thing: thing.gone, "a check of the assignment raised AttributeError"),
    ],
)
def test_what_a_check_of_an_author_raises_is_told_as_the_assignments(
    function: Callable[[Any], Any], words: str
) -> None:
    [found, _] = judge(function)
    assert found.of_assignment
    assert found.actual.startswith(words)


def test_what_a_check_of_the_kit_raises_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fail, "__module__", "grader.assignments.happy_or_sad.parts")
    [found] = runner.run([check(fail, "thing", "part", "Look.")], SEEN)
    assert (found.of_assignment, found.actual) == (False, "ZeroDivisionError: theirs")


def test_what_other_code_of_an_author_raised_is_told_as_the_assignments() -> None:
    found, *_ = run(AssignmentFault("code of the assignment failed: no reference"))
    assert (found.of_assignment, found.actual) == (
        True,
        "code of the assignment failed: no reference",
    )


@pytest.mark.parametrize("fault", [ProbeFault("nothing observed"), ZeroDivisionError("ours")])
def test_what_failed_to_be_observed_is_not(fault: Exception) -> None:
    assert not run(fault)[0].of_assignment


def test_an_errored_check_earns_nothing_and_says_what_happened() -> None:
    assert run(ProbeFault("nothing observed"))[0].actual == "ProbeFault: nothing observed"
