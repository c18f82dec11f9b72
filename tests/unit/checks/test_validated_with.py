"""What is said of the samples that fit validates with, and when nothing is."""

from typing import Any

import pytest

from grader.checks import validated_with
from grader.checks.training import GradedTraining
from grader.evidence import ByGrader, Fit, ValidationSamples
from grader.goals import Goal
from grader.records import Severity

GOAL = Goal("accuracy", "validation", at_least=0.9)
# Half of a split is held back, in mixed order: nothing is to be said of that.
USUAL: dict[str, Any] = {"split": "clothes", "samples": 250, "there": 500, "held_back": True}


def said(goal: Goal = GOAL, **known: Any) -> list[str]:
    """Return what is said of a training that validates so."""
    made = training(ValidationSamples(**USUAL | known))
    issues = validated_with.issues({"train": made}, {"train": [goal]})
    return [issue.message for issue in issues]


def training(samples: ValidationSamples | None) -> GradedTraining:
    """A training that was validated so, by the grader."""
    trained = ByGrader(images=500, seen=500, before=0.1, accuracy=0.9, validated_with=samples)
    fit = Fit(kind="fit", index=0, model="m", finished=True, trained=trained)
    return GradedTraining("train", "load", fit, (0.5,), 500, 10, 500)


def test_of_usual_validation_data_nothing_is_said() -> None:
    assert said() == []


def test_of_a_training_that_does_not_validate_nothing_is_said() -> None:
    assert list(validated_with.issues({"train": training(None)}, {"train": [GOAL]})) == []


def test_where_nothing_was_trained_nothing_is_said() -> None:
    assert list(validated_with.issues({}, {"train": [GOAL]})) == []


def test_goals_of_another_function_do_not_count() -> None:
    made = training(ValidationSamples(**USUAL | {"shared": 1}))
    assert list(validated_with.issues({"train": made}, {"other": [GOAL]})) == []


@pytest.mark.parametrize("goal", [Goal(at_least=0.9), Goal("accuracy", "test", at_least=0.9)])
def test_without_a_goal_on_validation_data_nothing_is_said(goal: Goal) -> None:
    assert said(goal, samples=8, shared=8, untrained=(9,)) == []


def test_few_samples_are_told_with_what_each_of_them_makes_up() -> None:
    words = "validates with 8 of 500 samples of clothes, of which each makes up 12.5%"
    assert said(samples=8) == [f"train {words} of val_accuracy."]


def test_all_samples_of_a_split_are_not_few() -> None:
    assert said(samples=8, there=8) == []


@pytest.mark.parametrize(
    ("bound", "enough"), [(0.9, 35), (0.5, 97), (0.75, 73), (0.999, 1), (0.1, 35)]
)
def test_samples_are_few_where_95_percent_of_chance_goes_further_than_10_points(
    bound: float, enough: int
) -> None:
    counts = range(1, 200)
    found = [ValidationSamples(split="clothes", samples=count, there=500) for count in counts]
    few = [each.samples for each in found if validated_with.is_few(each, bound)]
    assert few == list(range(1, enough))


@pytest.mark.parametrize(("shared", "words"), [(250, "all"), (20, "20")])
def test_samples_that_are_trained_on_as_well_are_counted(shared: int, words: str) -> None:
    assert said(shared=shared) == [
        f"train validates with 250 samples of clothes, and trains on {words} of them as well."
    ]


@pytest.mark.parametrize(
    ("untrained", "words"), [((9,), "9"), ((7, 9), "7 or 9"), ((7, 8, 9), "7, 8 or 9")]
)
def test_labels_are_named_of_which_no_sample_is_trained_on(
    untrained: tuple[int, ...], words: str
) -> None:
    found = said(untrained=untrained, held_back=False)
    assert found == [f"train trains on no sample with the label {words}."]


def test_labels_are_named_of_which_all_samples_are_held_back() -> None:
    found = said(untrained=(8, 9))
    assert found == ["train trains on no sample with the label 8 or 9: all are held back."]


def test_it_is_a_note_that_costs_nothing() -> None:
    samples = ValidationSamples(**USUAL | {"shared": 1})
    (issue,) = validated_with.issues({"train": training(samples)}, {"train": [GOAL]})
    assert (issue.code, issue.severity) == ("validation-data", Severity.INFO)
