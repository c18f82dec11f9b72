"""Which values and epochs meet a goal, and which goals are refused."""

from typing import Any

import pytest

from grader.errors import GraderError
from grader.goals import Goal, Quantity

NOT_A_NUMBER = float("nan")
# A 32-bit float, as Keras logs nine tenths.
LOGGED = 0.8999999761581421
VALIDATION = Quantity("accuracy", "validation")
MET = (
    (Goal(at_least=0.9), (0.9, LOGGED, 1.0), (0.89, 0.8999, None, NOT_A_NUMBER)),
    (Goal(above=0.9), (0.91, 0.9001), (0.9, LOGGED, None, NOT_A_NUMBER)),
    (Goal("loss", at_most=0.3), (0.3, 0.30000001, -1.0), (0.3001, None, NOT_A_NUMBER)),
    (Goal("loss", below=0.3), (0.299, 0.0), (0.3, 0.30000001, None)),
    (Goal(at_most=0.05, minus=VALIDATION), (0.05, 0.050000001, -0.1), (0.06, None)),
)


@pytest.mark.parametrize(
    ("goal", "value"), [(goal, value) for goal, values, _ in MET for value in values]
)
def test_a_value_that_keeps_the_bound_meets_the_goal(goal: Goal, value: float) -> None:
    assert goal.met_by(value)


@pytest.mark.parametrize(
    ("goal", "value"), [(goal, value) for goal, _, values in MET for value in values]
)
def test_a_value_that_does_not_keep_the_bound_misses_it(goal: Goal, value: float | None) -> None:
    assert not goal.met_by(value)


@pytest.mark.parametrize(
    ("goal", "last"),
    [
        (Goal(at_least=0.9, before_epoch=15), 14),
        (Goal(at_least=0.9, by_epoch=10), 10),
        (Goal(at_least=0.9, by_epoch=1), 1),
        (Goal(at_least=0.9, before_epoch=2), 1),
    ],
)
def test_a_deadline_has_a_last_epoch_and_the_next_one_is_too_late(goal: Goal, last: int) -> None:
    assert [goal.in_time(epoch) for epoch in (1, last, last + 1)] == [True, True, False]


@pytest.mark.parametrize("goal", [Goal(at_least=0.9), Goal(at_least=0.9, at_end=True)])
def test_without_a_deadline_every_epoch_is_in_time(goal: Goal) -> None:
    assert (goal.in_time(10_000), goal.in_time(None)) == (True, False)


@pytest.mark.parametrize(
    ("goal", "measured"),
    [
        (Goal(at_least=0.999, before_epoch=15), True),
        (Goal("acc", above=0.9, at_end=True), True),
        (Goal("binary_accuracy", at_least=0.9), False),
        (Goal("accuracy", "validation", at_least=0.9), False),
        (Goal("accuracy", "test", at_least=0.9), False),
        (Goal("loss", at_most=0.3), False),
        (Goal(at_most=0.05, minus=VALIDATION), False),
    ],
)
def test_the_grader_measures_the_accuracy_in_training_and_nothing_else(
    goal: Goal,
    measured: bool,  # noqa: FBT001
) -> None:
    assert goal.measured is measured


def test_the_lowest_accuracy_above_a_bound_is_more_than_it() -> None:
    assert (Goal(at_least=0.9).least, Goal(above=0.9).least > 0.9) == (0.9, True)


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "one bound of at_least, at_most, above, below; found none"),
    ({"at_least": 0.9, "above": 0.9}, "found at_least and above"),
    ({"at_least": "90%"}, "A bound is a number; at_least='90%'"),
    ({"at_least": True}, "A bound is a number; at_least=True"),
    ({"at_least": NOT_A_NUMBER}, "A bound is a finite number"),
    ({"at_least": 90}, "at_least=90 is none. Write 0.9 for 90 %"),
    ({"at_least": -0.5}, "share from 0 to 1"),
    ({"metric": "recall", "at_least": 80}, "The recall is a share from 0 to 1"),
    ({"at_least": 0}, "Every training comes to that"),
    ({"above": 1}, "No training comes to that"),
    ({"at_most": 0.9}, "Write at_least or above in place of at_most"),
    ({"metric": "loss", "at_least": 0.3}, "Write at_most or below in place of at_least"),
    ({"metric": "mean_squared_error", "above": 1}, "Write at_most or below"),
    ({"metric": "val_accuracy", "at_least": 0.9}, "metric='accuracy' and split='validation'"),
    ({"metric": "Accuracy", "at_least": 0.9}, "'Accuracy' is in no history. Write 'accuracy'."),
    ({"metric": "loss ", "at_most": 0.3}, "'loss ' is in no history. Write 'loss'."),
    ({"metric": "", "at_least": 0.9}, "named as the history logs it"),
    (
        {"split": "valid", "at_least": 0.9},
        "'valid' is no split. Write one of training, validation, test",
    ),
    ({"at_least": 0.9, "by_epoch": 9, "at_end": True}, "found by_epoch and at_end"),
    ({"at_least": 0.9, "by_epoch": 9, "before_epoch": 9}, "found before_epoch and by_epoch"),
    ({"at_least": 0.9, "before_epoch": 1}, "before_epoch is 2 or more; found 1"),
    ({"at_least": 0.9, "by_epoch": 0}, "by_epoch is 1 or more; found 0"),
    ({"at_least": 0.9, "by_epoch": 9.5}, "whole numbers"),
    ({"at_least": 0.9, "by_epoch": True}, "whole numbers"),
    ({"split": "test", "at_least": 0.9, "by_epoch": 9}, "Leave by_epoch out"),
    ({"at_most": 0.1, "minus": 0.9}, "minus is a Quantity; found 0.9"),
    ({"at_most": 0.1, "minus": Goal(at_least=0.5)}, "minus is a Quantity; found Goal("),
    ({"at_most": 5, "minus": VALIDATION}, "Write 0.05 for 5 percentage points"),
    ({"at_most": 0.1, "minus": Quantity("loss")}, "two numbers of one kind"),
    ({"at_most": 0.1, "minus": Quantity()}, "always 0"),
)


@pytest.mark.parametrize(("given", "said"), REFUSED)
def test_a_goal_without_sense_is_refused_with_what_to_write(
    given: dict[str, Any], said: str
) -> None:
    with pytest.raises(GraderError) as refused:
        Goal(**given)
    assert said in str(refused.value)


def test_a_number_that_no_training_has_is_refused() -> None:
    with pytest.raises(GraderError, match="'dev' is no split"):
        Quantity("accuracy", "dev")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("goal", "near", "far"),
    [
        (Goal(at_least=0.9, retry_within=0.1), (0.8, 0.95), (0.799, None, NOT_A_NUMBER)),
        (Goal("loss", at_most=0.3, retry_within=0.1), (0.4, 0.1), (0.41, None)),
        (Goal(at_most=0.05, minus=VALIDATION, retry_within=0.05), (0.1, -0.5), (0.11, None)),
        (Goal(at_least=0.9, retry_within=0), (0.9,), (0.89,)),
        (Goal(at_least=0.9), (0.0, None), ()),
    ],
)
def test_near_to_a_bound_is_what_the_goal_says(goal: Goal, near: Any, far: Any) -> None:
    assert [*map(goal.nearly_met_by, (*near, *far))] == [True] * len(near) + [False] * len(far)


@pytest.mark.parametrize("wrong", [-0.1, True, "0.1", float("inf"), NOT_A_NUMBER])
def test_what_is_no_distance_from_a_bound_is_refused(wrong: Any) -> None:
    with pytest.raises(GraderError, match="retry_within is how far"):
        Goal(at_least=0.9, retry_within=wrong)
