"""What a training came to on validation data, where the grader measured it."""

from typing import Any

import pytest

from grader.checks.goal_result import GoalResult
from grader.checks.shortfall import BY_TRAINING, WHOLE, advice, shortfall
from grader.checks.targets import reaches
from grader.checks.training import GradedTraining
from grader.checks.trusted import Training
from grader.evidence import ByGrader, Fit, OnSplit
from grader.goals import Goal
from grader.goals.status import GoalStatus
from grader.report import charts
from grader.report.build import goal_row
from grader.report.document import TrainingRow

Curve = tuple[float | None, ...]
IMAGES, CLASSES = 1_000, 10
GOAL = Goal("accuracy", "validation", at_least=0.9, by_epoch=3)
AT_END = Goal("accuracy", "validation", at_least=0.9, at_end=True)
WHERE = "where the grader measured all images of the validation split"


def training(
    *measured: float | None,
    before: float = 0.1,
    end: float = 0.5,
    logged: Curve = (1.0, 1.0, 1.0, 1.0),
    **known: Any,
) -> GradedTraining:
    """A training of which this was measured on validation data, and this was logged."""
    validated = OnSplit(images=200, before=before, accuracy=end, measured=measured)
    told = {"images": IMAGES, "seen": IMAGES, "before": 0.1, "accuracy": 0.9, **known}
    trained = ByGrader(validated=validated, **told)
    curves = {"accuracy": (0.5,) * len(measured), "val_accuracy": logged[: len(measured)]}
    fit = Fit(kind="fit", index=0, model="m", finished=True, curves=curves, trained=trained)
    return GradedTraining("train", "load", fit, curves["accuracy"], IMAGES, CLASSES, IMAGES)


def elsewhere(**changed: Any) -> GradedTraining:
    """A training of other images, which its kernel made."""
    made = training(0.95)
    known = {"trained": None, "elsewhere": True, "reason": "it shows others", **changed}
    fit = made.fit.model_copy(update=known)
    return GradedTraining("train", "load", fit, (0.5,), IMAGES, CLASSES, IMAGES)


@pytest.mark.parametrize(
    ("measured", "status"),
    [
        ((0.5, 0.95), GoalStatus.MET),
        ((0.5, 0.8, 0.9), GoalStatus.MET),
        ((0.5, 0.8, 0.8, 0.95), GoalStatus.LATE),
        ((0.5, 0.8, 0.89), GoalStatus.MISSED),
    ],
)
def test_it_is_reached_by_the_epoch_that_was_measured(measured: Curve, status: GoalStatus) -> None:
    assert GoalResult(training(*measured), GOAL).status is status


@pytest.mark.parametrize("logged", [(0.1, 0.1), (), (None, None)])
def test_whatever_was_logged_what_was_measured_counts(logged: Curve) -> None:
    assert GoalResult(training(0.5, 0.95, logged=logged), GOAL).reached_at == 2


@pytest.mark.parametrize(("end", "status"), [(0.9, GoalStatus.MET), (0.8, GoalStatus.MISSED)])
def test_at_the_end_the_weights_that_are_left_count(end: float, status: GoalStatus) -> None:
    assert GoalResult(training(0.95, 0.85, end=end), AT_END).status is status


def test_at_the_end_is_after_all_epochs() -> None:
    assert GoalResult(training(0.95, None, None, end=0.95), AT_END).reached_at == 3


def test_a_log_that_says_more_is_told_with_what_was_measured() -> None:
    found = reaches(Training(training(0.5, 0.7)), GOAL)
    assert (found.met, found.actual) == (
        False,
        f"100% in the log, but at best 70% in 2 epochs, {WHERE}",
    )


def test_a_log_that_says_as_much_is_not_told() -> None:
    made = training(0.5, 0.7, logged=(0.5, 0.7))
    assert shortfall(GoalResult(made, GOAL)) == f"at best 70% in 2 epochs, {WHERE}"


def test_at_the_end_the_end_of_the_log_is_told_if_it_says_more() -> None:
    made = training(0.5, 0.7, end=0.7, logged=(1.0, 0.7))
    assert shortfall(GoalResult(made, AT_END)) == f"70% after 2 epochs, {WHERE}"


def test_that_it_validates_with_what_it_trains_on_is_told() -> None:
    said = shortfall(GoalResult(training(0.5, same_images=True), GOAL))
    assert said.endswith("; fit validates with the images that it trains on")


def test_it_is_told_that_the_grader_measured_it() -> None:
    found = reaches(Training(training(0.5, 0.95)), GOAL)
    said = "90% validation accuracy after 2 epochs, as the grader measured it on all images of the "
    assert (found.met, found.actual) == (True, f"{said}validation split")


def test_what_was_known_before_training_is_no_result_of_it() -> None:
    result = GoalResult(training(0.95, before=0.92), GOAL)
    said = "the model classified 92% of all images of the validation split correctly before it was "
    assert (shortfall(result), advice(result)) == (f"{said}trained", BY_TRAINING)


def test_exchanged_labels_must_be_learnt_as_well() -> None:
    assert GoalResult(training(0.95, relearnt=0.3), GOAL).status is GoalStatus.MISSED


def test_whether_they_are_is_for_a_person_if_time_was_up() -> None:
    made = training(0.95, relearnt=0.3, undecided=True)
    assert "had no time" in GoalResult(made, GOAL).unconfirmed


def test_what_was_trained_on_other_images_counts_for_nothing() -> None:
    result = GoalResult(elsewhere(), GOAL)
    assert (result.status, shortfall(result)) == (GoalStatus.MISSED, "it shows others")


def test_the_right_images_are_then_to_be_loaded() -> None:
    assert advice(GoalResult(elsewhere(), GOAL)) == WHOLE


def test_no_other_seed_is_tried_for_other_images() -> None:
    assert not GoalResult(elsewhere(), GOAL).unlucky


def test_why_the_grader_did_not_train_is_told_to_who_looks() -> None:
    made = elsewhere(elsewhere=False, reason="validation_data is no loader")
    assert "in its own kernel (validation_data is no loader)" in GoalResult(made, GOAL).unconfirmed


@pytest.mark.parametrize(
    ("measured", "unlucky"),
    [((0.5, 0.6, 0.7), True), ((0.5, 0.6), False), ((0.5, 0.6, 0.95), False)],
    ids=["missed", "ended early", "met"],
)
def test_another_seed_is_tried_where_it_was_missed_by_bad_luck(
    measured: Curve,
    unlucky: bool,  # noqa: FBT001
) -> None:
    assert GoalResult(training(*measured), GOAL).unlucky is unlucky


def test_the_report_has_what_was_measured_and_not_what_was_logged() -> None:
    row = goal_row(GoalResult(training(0.5, 0.95), GOAL))
    assert (row.measured, row.values) == (True, [0.5, 0.95])


@pytest.mark.parametrize("split", ["training", "test"])
def test_a_goal_of_other_data_is_not_judged_by_it(split: Any) -> None:
    assert not GoalResult(training(0.95), Goal("accuracy", split, at_least=0.9)).held_out


@pytest.mark.parametrize("metric", ["loss", "recall"])
def test_a_goal_of_another_metric_is_not_judged_by_it(metric: str) -> None:
    bound = {"at_most": 0.9} if metric == "loss" else {"at_least": 0.9}
    assert not GoalResult(training(0.95), Goal(metric, "validation", **bound)).held_out  # type: ignore[arg-type]


def test_its_chart_ends_where_it_was_reached() -> None:
    goal = goal_row(GoalResult(training(0.5, 0.95, None, None), GOAL))
    row = TrainingRow(
        name="train", epochs_asked=4, epochs_run=4, goals=[goal], accuracy=[], loss=[], seeds=[],
        wall_s=1.0, source="grader",
    )  # fmt: skip
    [drawn] = charts.of(row)
    said = "Validation accuracy over 2 epochs, from 50% in the first epoch to 95% in the last."
    assert (drawn.description, drawn.goals[0].epoch) == (said, 2)


def test_checks_of_an_author_get_what_was_measured() -> None:
    made = Training(training(0.5, 0.95, end=0.9))
    assert (made.validated, made.each_validated) == (0.9, (0.5, 0.95))


def test_and_nothing_where_a_kernel_trained() -> None:
    made = Training(elsewhere(elsewhere=False))
    assert (made.validated, made.each_validated) == (None, ())
