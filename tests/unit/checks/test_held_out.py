"""Goals of losses, of test data and of gaps, where the grader measured what they are about."""

from dataclasses import replace
from typing import Any

import pytest

from grader.checks import held_out
from grader.checks.goal_result import GoalResult
from grader.checks.shortfall import shortfall
from grader.checks.targets import reaches
from grader.checks.training import Curve, GradedTraining
from grader.checks.trusted import Training
from grader.evidence import ByGrader, Fit, OnSplit
from grader.goals import Goal, Quantity
from grader.goals.status import GoalStatus
from grader.report import charts, columns
from grader.report.build import goal_row
from grader.report.document import TrainingRow

IMAGES, CLASSES = 1_000, 10
LOSS = Goal("loss", "validation", at_most=0.3, by_epoch=3)
LOSS_AT_END = Goal("loss", "validation", at_most=0.3, at_end=True)
TEST = Goal("accuracy", "test", at_least=0.75)
TEST_LOSS = Goal("loss", "test", below=0.5)
VALIDATED = Quantity("accuracy", "validation")
GAP = Goal(at_most=0.05, minus=VALIDATED, at_end=True)
TEST_GAP = Goal("accuracy", "validation", at_most=0.05, minus=Quantity("accuracy", "test"))
WHERE = ", where the grader measured all images"
NO_GAP = "0 percentage points"
OTHERWISE = Goal("recall", "validation", at_least=0.8)


def training(
    validated: OnSplit | None = None, tested: OnSplit | None = None, **known: Any
) -> GradedTraining:
    """A training of three epochs after which so much was measured on other data."""
    told = {"images": IMAGES, "seen": IMAGES, "before": 0.1, "accuracy": 0.95, **known}
    trained = ByGrader(validated=validated, tested=tested, running=(0.5,) * 3, **told)
    right: Curve = (0.99,) * 3
    logged: dict[str, Curve] = {"val_loss": (0.1,) * 3, "val_accuracy": right, "accuracy": right}
    fit = Fit(kind="fit", index=0, model="m", finished=True, curves=logged, trained=trained)
    return GradedTraining("train", "load", fit, right, IMAGES, CLASSES, IMAGES)


def on_split(accuracy: float = 0.8, loss: float | None = 0.4, **known: Any) -> OnSplit:
    told: dict[str, Any] = {"loss_before": 2.3, "losses": (0.9, 0.5, loss), **known}
    return OnSplit(images=200, before=0.1, accuracy=accuracy, loss=loss, **told)


def losses(*each: float | None, end: float | None = None, **known: Any) -> GradedTraining:
    return training(on_split(loss=end, losses=each, **known))


@pytest.mark.parametrize(
    ("made", "goal", "status", "reached"),
    [
        (losses(0.9, 0.5, 0.2), LOSS, GoalStatus.MET, 3),
        (losses(0.9, 0.5, 0.4), LOSS, GoalStatus.MISSED, None),
        (losses(0.2, None, None, end=0.25), LOSS_AT_END, GoalStatus.MET, 3),
        (losses(0.2, 0.2, 0.2, end=0.5), LOSS_AT_END, GoalStatus.MISSED, None),
        (losses(None, None, None), LOSS, GoalStatus.MISSED, None),
        (training(tested=on_split(0.75)), TEST, GoalStatus.MET, 3),
        (training(tested=on_split(0.7)), TEST, GoalStatus.MISSED, None),
        (training(tested=on_split(loss=0.4)), TEST_LOSS, GoalStatus.MET, 3),
        (training(on_split(0.91)), GAP, GoalStatus.MET, 3),
        (training(on_split(0.89)), GAP, GoalStatus.MISSED, None),
        (training(on_split(0.8), on_split(0.7)), TEST_GAP, GoalStatus.MISSED, None),
        (training(on_split(0.8), on_split(0.76)), TEST_GAP, GoalStatus.MET, 3),
    ],
)
def test_whatever_was_logged_what_was_measured_counts(
    made: GradedTraining, goal: Goal, status: GoalStatus, reached: int | None
) -> None:
    result = GoalResult(made, goal)
    assert (result.status, result.reached_at) == (status, reached)


@pytest.mark.parametrize(
    ("made", "goal"),
    [
        (training(), LOSS),
        (training(), TEST),
        (training(), GAP),
        (training(on_split(loss=None, loss_before=None, losses=())), LOSS),
        (training(on_split()), OTHERWISE),
        (training(on_split()), TEST_GAP),
        (training(on_split()), Goal(at_most=0.05, minus=VALIDATED)),
        (training(on_split()), Goal("loss", below=0.1, minus=Quantity("loss", "validation"))),
    ],
    ids=["loss", "test", "gap", "no loss", "recall", "one of two", "any epoch", "gap of losses"],
)
def test_what_was_not_measured_is_no_number_of_the_graders(
    made: GradedTraining, goal: Goal
) -> None:
    assert held_out.measured(made, goal) is None
    assert not GoalResult(made, goal).measured


@pytest.mark.parametrize(
    ("made", "goal", "said"),
    [
        (
            losses(0.9, 0.5, 0.4),
            LOSS,
            f"0.1 in the log, but at best 0.4 in 3 epochs{WHERE} of the validation split",
        ),
        (
            training(tested=on_split(0.7)),
            TEST,
            f"70% after 3 epochs{WHERE} of the test split",
        ),
        (
            training(on_split(0.85)),
            GAP,
            f"{NO_GAP} in the log, but 10 percentage points after 3 epochs{WHERE} of both splits",
        ),
        (
            losses(None, None, None),
            LOSS_AT_END,
            f"0.1 in the log, but no number after 3 epochs{WHERE} of the validation split",
        ),
    ],
    ids=["loss", "test", "gap", "not a number"],
)
def test_what_is_missing_is_told_with_what_was_measured(
    made: GradedTraining, goal: Goal, said: str
) -> None:
    assert shortfall(GoalResult(made, goal)) == said


def test_that_test_data_reached_the_goal_is_told_with_who_measured_it() -> None:
    found = reaches(Training(training(tested=on_split(0.8))), TEST)
    by_grader = "as the grader measured it on all images of the test split"
    assert (found.met, found.actual) == (True, f"75% test accuracy after 3 epochs, {by_grader}")


def test_a_loss_that_ready_made_weights_had_before_is_no_result() -> None:
    known = on_split(loss=0.1, losses=(0.1,), loss_before=0.2).model_copy(update={"before": 0.9})
    assert GoalResult(training(known), LOSS).untaught


def test_a_loss_that_guessing_has_is_no_sign_of_ready_made_weights() -> None:
    easy = Goal("loss", "validation", at_most=2.5, at_end=True)
    assert GoalResult(training(on_split()), easy).status is GoalStatus.MET


@pytest.mark.parametrize(("relearnt", "status"), [(0.9, GoalStatus.MET), (0.1, GoalStatus.MISSED)])
def test_for_a_loss_exchanged_labels_are_learnt_by_more_than_luck(
    relearnt: float, status: GoalStatus
) -> None:
    made = training(on_split(loss=0.1), relearnt=relearnt)
    assert GoalResult(made, LOSS_AT_END).status is status


def test_a_gap_says_nothing_of_what_was_known_before() -> None:
    result = GoalResult(training(on_split(0.95), relearnt=0.1), GAP)
    assert (result.untaught, result.unlearnt, result.status) == (False, False, GoalStatus.MET)


def test_another_seed_is_tried_where_test_data_missed_the_goal() -> None:
    assert GoalResult(training(tested=on_split(0.7)), TEST).unlucky


def row(goal: Goal, made: GradedTraining) -> TrainingRow:
    return TrainingRow(
        name="train", epochs_asked=3, epochs_run=3, goals=[goal_row(GoalResult(made, goal))],
        accuracy=[0.5] * 3, loss=[], seeds=[], wall_s=1.0, source="grader",
    )  # fmt: skip


def test_one_number_is_no_curve_to_be_drawn() -> None:
    drawn = charts.of(row(TEST, training(tested=on_split())))
    assert [chart.title for chart in drawn] == ["Accuracy"]


def test_epochs_that_were_not_measured_have_empty_cells() -> None:
    found = columns.columns(row(TEST, training(tested=on_split(0.8))))
    assert found[-1].cells == ("", "", "80%")


def test_checks_of_an_author_get_the_accuracy_on_test_data() -> None:
    assert Training(training(tested=on_split(0.7))).tested == 0.7


def test_of_few_images_all_are_more_than_luck() -> None:
    made = replace(training(on_split(loss=0.1), relearnt=1.0), images=8, classes=2)
    assert GoalResult(made, LOSS_AT_END).status is GoalStatus.MET


@pytest.mark.parametrize(("share", "unlucky"), [(0.5, False), (0.7, True), (0.66, True)])
def test_how_near_a_test_came_is_known_at_the_end(share: float, unlucky: bool) -> None:  # noqa: FBT001
    goal = replace(TEST, retry_within=0.1)
    assert GoalResult(training(tested=on_split(share)), goal).unlucky is unlucky
