"""What is said of trainings that the grader made: right of those that fail, nothing of right ones.

``python -m tests.prove.diagnoses --record`` records them anew; docs/diagnoses.md has the numbers.
"""

from typing import Any

import pytest
import recorded_trainings as recorded

FAILING = recorded.failing()


def is_right(kind: dict[str, Any], training: dict[str, Any]) -> bool:
    told = recorded.diagnosis(training)
    return told is not None and (told.look_at == kind["look_at"] and told.kind in kind["seen"])


def test_more_than_ten_kinds_of_failing_trainings_are_recorded() -> None:
    assert len(FAILING) > 10


@pytest.mark.parametrize("name", FAILING)
def test_none_of_these_trainings_reached_its_target(name: str) -> None:
    assert all(recorded.missed(each) for each in FAILING[name]["trainings"])


@pytest.mark.parametrize("name", FAILING)
def test_a_training_that_fails_gets_its_diagnosis_with_nine_of_ten_seeds(name: str) -> None:
    told = [is_right(FAILING[name], each) for each in FAILING[name]["trainings"]]
    assert len(told) == 10
    assert sum(told) >= 9


def test_a_right_training_gets_none_whether_it_was_lucky_or_not() -> None:
    assert [each for each in recorded.right() if recorded.diagnosis(each)] == []


def test_nor_does_it_if_it_had_ended_sooner() -> None:
    begun = (cut for each in recorded.right() for cut in recorded.beginnings(each))
    assert [each for each in begun if recorded.diagnosis(each)] == []


def test_right_trainings_that_were_unlucky_are_among_them() -> None:
    assert any(recorded.missed(each) for each in recorded.right())
