"""What trainings came to, by goals of every kind."""

from typing import Any

import pytest

from grader.checks import ProbeFault
from grader.checks import shortfall as advised
from grader.checks.goal_result import GoalResult
from grader.checks.shortfall import advice, shortfall
from grader.checks.targets import reaches, stopped_by
from grader.checks.training import GradedTraining
from grader.checks.trusted import Training
from grader.evidence import ByGrader, Examined, Fit
from grader.goals import Goal, Quantity
from grader.goals.status import GoalStatus
from grader.kinds.callback.view.agreement import InTraining

Curve = tuple[float | None, ...]
IMAGES, CLASSES = 1_000, 10
# A 32-bit float, as Keras logs nine tenths.
LOGGED = 0.8999999761581421


def training(
    accuracy: Curve = (), *, own: dict[str, Any] | None = None, **curves: Curve
) -> GradedTraining:
    """A training that logged these curves; of the grader's own, with what is known of it."""
    trained = None
    if own is not None:
        told = {"images": IMAGES, "seen": IMAGES, "before": 0.1, "accuracy": 0.9, **own}
        trained = ByGrader(**{"running": accuracy, **told})
    every = {"accuracy": accuracy, **curves} if accuracy else curves
    fit = Fit(kind="fit", index=0, model="m", finished=True, curves=every, trained=trained)
    return GradedTraining("train", "load", fit, accuracy, IMAGES, CLASSES, IMAGES)


def status(made: GradedTraining, goal: Goal) -> GoalStatus:
    return GoalResult(made, goal).status


RISING = (0.5, 0.8, 0.92, 0.95)
MEASURED = {"measured": (None, None, 0.93, 0.96)}
AT_90 = (
    (Goal(at_least=0.9, by_epoch=3), GoalStatus.MET),
    (Goal(at_least=0.9, before_epoch=4), GoalStatus.MET),
    (Goal(at_least=0.9, by_epoch=2), GoalStatus.LATE),
    (Goal(at_least=0.9, before_epoch=3), GoalStatus.LATE),
    (Goal(at_least=0.9), GoalStatus.MET),
    (Goal(at_least=0.97), GoalStatus.MISSED),
)


@pytest.mark.parametrize(("goal", "found"), AT_90)
def test_a_goal_is_met_by_its_deadline_or_too_late(goal: Goal, found: GoalStatus) -> None:
    assert status(training(RISING, own=MEASURED), goal) is found


def test_what_keras_logs_as_nine_tenths_is_nine_tenths() -> None:
    made = training((0.5, LOGGED), own={"measured": (None, 0.9), "running": (0.5, 0.9)})
    assert status(made, Goal(at_least=0.9)) is GoalStatus.MET


def test_a_bound_that_must_be_exceeded_is_not_met_by_itself() -> None:
    made = training((0.5, LOGGED), own={"measured": (None, 0.9), "running": (0.5, 0.9)})
    assert status(made, Goal(above=0.9)) is GoalStatus.MISSED


def test_the_margin_is_that_of_the_goal() -> None:
    made = training((0.5, 0.91), own={"measured": (None, 0.75)})
    assert status(made, Goal(at_least=0.9)) is GoalStatus.MET


@pytest.mark.parametrize("measured", [0.73, 0.1])
def test_what_is_measured_must_bear_the_log_out(measured: float) -> None:
    made = training((0.5, 0.91), own={"measured": (None, measured)})
    assert status(made, Goal(at_least=0.9)) is GoalStatus.MISSED


# At the end

AT_END = Goal(at_least=0.9, at_end=True)


@pytest.mark.parametrize(
    ("accuracy", "end", "found"),
    [
        ((0.5, 0.95), 0.96, GoalStatus.MET),
        ((0.95, 0.8), 0.95, GoalStatus.MET),
        ((0.95, 0.5), 0.5, GoalStatus.MISSED),
        ((0.5, 0.95), 0.3, GoalStatus.MISSED),
        ((0.95, 0.2), 0.95, GoalStatus.MISSED),
    ],
)
def test_at_the_end_the_last_epoch_counts_and_what_is_measured_then(
    accuracy: Curve, end: float, found: GoalStatus
) -> None:
    made = training(accuracy, own={"measured": (0.95, None), "accuracy": end})
    assert status(made, AT_END) is found


def test_at_the_end_is_after_all_epochs() -> None:
    made = training((0.95, 0.95, 0.95), own={"measured": (0.95, None, None), "accuracy": 0.95})
    assert GoalResult(made, AT_END).reached_at == 3


def test_of_an_end_that_fell_short_the_end_is_told() -> None:
    made = training((0.95, 0.6), own={"measured": (0.95, None), "accuracy": 0.7})
    found = "70% after 2 epochs, where the grader measured all images"
    assert shortfall(GoalResult(made, AT_END)) == found


# What the grader does not measure

MADE_UP = training((0.5, 0.887), val_accuracy=(0.5, 0.97), val_loss=(1.0, 0.2), own=MEASURED)
UNMEASURED = (
    Goal("accuracy", "validation", at_least=0.9),
    Goal("accuracy", "validation", at_least=0.9, by_epoch=2),
    Goal("accuracy", "validation", at_least=0.9, at_end=True),
    Goal("loss", "validation", at_most=0.3),
    Goal("loss", "validation", below=0, minus=Quantity("loss", "validation", first_epoch=True)),
    Goal(at_most=0.05, minus=Quantity("accuracy", "validation"), at_end=True),
    Goal("accuracy", "test", at_least=0.75),
    Goal("loss", "test", at_most=0.3),
    Goal(at_least=0.0, minus=Quantity("accuracy", "test")),
)


@pytest.mark.parametrize("goal", UNMEASURED)
def test_what_nobody_measured_is_for_a_person_to_look_at(goal: Goal) -> None:
    with pytest.raises(ProbeFault, match="does not measure this itself"):
        reaches(Training(MADE_UP), goal)


VALIDATING = [goal for goal in UNMEASURED if "validation" in repr(goal)]
ALIKE = "; fit validates with the images that it trains on"


@pytest.mark.parametrize("goal", VALIDATING)
def test_that_it_was_validated_with_what_it_trained_on_is_told_then(goal: Goal) -> None:
    made = training(
        (0.5, 0.887), val_accuracy=(0.5, 0.97), val_loss=(1.0, 0.2), own={"same_images": True}
    )
    assert GoalResult(made, goal).unconfirmed.endswith(ALIKE)


@pytest.mark.parametrize("goal", UNMEASURED)
def test_of_a_training_that_validates_with_others_it_is_not(goal: Goal) -> None:
    assert ALIKE not in GoalResult(MADE_UP, goal).unconfirmed


@pytest.mark.parametrize("goal", UNMEASURED)
def test_nor_is_it_known_what_stopped_the_training(goal: Goal) -> None:
    with pytest.raises(ProbeFault):
        stopped_by(Training(MADE_UP), goal, InTraining("stop", None, MADE_UP.fit))


@pytest.mark.parametrize("goal", UNMEASURED[:5])
def test_a_kernel_that_trains_confirms_nothing_by_what_was_examined(goal: Goal) -> None:
    examined = Examined(by="weights", before=0.1, after=1.0)
    fit = MADE_UP.fit.model_copy(update={"trained": None, "examined": examined})
    made = GradedTraining("train", "load", fit, MADE_UP.accuracy, IMAGES, CLASSES, IMAGES)
    assert status(made, goal) is GoalStatus.UNCONFIRMED


MISSED = (
    (Goal("accuracy", "validation", at_least=0.98), "at best 97% in 2 epochs"),
    (Goal("accuracy", "validation", above=0.97), "at best 97% in 2 epochs"),
    (Goal("loss", "validation", at_most=0.1), "at best 0.2 in 2 epochs"),
    (Goal("loss", "validation", at_most=0.1, at_end=True), "0.2 after 2 epochs"),
    (Goal("loss", at_most=0.1), "no training loss was logged"),
    (Goal("recall", "validation", at_least=0.5), "no validation recall was logged"),
    (
        Goal(at_least=0.1, minus=Quantity("accuracy", "validation")),
        "at best 0 percentage points in 2 epochs",
    ),
    (
        Goal("recall", at_least=0.1, minus=Quantity("accuracy", "validation")),
        "no training recall was logged",
    ),
)


@pytest.mark.parametrize(("goal", "said"), MISSED)
def test_what_is_missed_by_its_own_log_is_missed(goal: Goal, said: str) -> None:
    found = reaches(Training(MADE_UP), goal)
    assert (found.met, found.actual) == (False, said)


@pytest.mark.parametrize(
    ("goal", "hint"),
    [
        (Goal("accuracy", "validation", at_least=0.9), advised.VALIDATION),
        (Goal("loss", "validation", at_most=0.3), advised.VALIDATION),
        (Goal("recall", at_least=0.9), advised.METRICS.format("recall")),
    ],
)
def test_what_was_not_logged_is_asked_for(goal: Goal, hint: str) -> None:
    assert advice(GoalResult(training((0.5, 0.9)), goal)) == hint


def test_where_something_else_was_validated_the_metric_is_asked_for() -> None:
    made = training(loss=(1.0,), val_loss=(1.0,))
    goal = Goal("accuracy", "validation", at_least=0.9)
    assert advice(GoalResult(made, goal)) == advised.METRIC


def test_what_its_own_log_reaches_too_late_is_too_late() -> None:
    goal = Goal("accuracy", "validation", at_least=0.9, by_epoch=1)
    assert status(MADE_UP, goal) is GoalStatus.LATE


def test_an_accuracy_is_found_under_the_name_that_it_has() -> None:
    fit = Fit(kind="fit", index=0, model="m", curves={"acc": (0.5,), "val_acc": (0.95,)})
    made = GradedTraining("train", "load", fit, (0.5,), IMAGES, CLASSES, IMAGES, logged_as="acc")
    goal = Goal("accuracy", "validation", at_least=0.9)
    assert GoalResult(made, goal).values == (0.95,)


def test_of_other_images_the_log_of_validation_is_not_believed_either() -> None:
    fit = MADE_UP.fit.model_copy(update={"trained": None, "elsewhere": True})
    made = GradedTraining("train", "load", fit, MADE_UP.accuracy, IMAGES, CLASSES, IMAGES)
    assert status(made, UNMEASURED[0]) is GoalStatus.MISSED


# Differences

GAP = Goal(at_most=0.05, minus=Quantity("accuracy", "validation"))


@pytest.mark.parametrize(
    ("accuracy", "validated", "found"),
    [
        ((0.6, 0.9), (0.5, 0.86), GoalStatus.UNCONFIRMED),
        ((0.6, 0.9), (0.5, 0.8), GoalStatus.MISSED),
        ((0.6, 0.9, 0.91, 0.95), (0.5, 0.7), GoalStatus.UNCONFIRMED),
        ((0.6, 0.9), (), GoalStatus.MISSED),
    ],
    ids=["small", "large", "not validated after every epoch", "not validated"],
)
def test_a_gap_is_of_the_same_epoch(accuracy: Curve, validated: Curve, found: GoalStatus) -> None:
    assert status(training(accuracy, val_accuracy=validated), GAP) is found


def test_at_the_end_the_last_values_are_compared() -> None:
    made = training((0.6, 0.9, 0.91, 0.95), val_accuracy=(0.5, 0.7))
    goal = Goal(at_most=0.05, minus=Quantity("accuracy", "validation"), at_end=True)
    found = shortfall(GoalResult(made, goal))
    assert found == "25 percentage points after 4 epochs"


def test_better_than_before_is_compared_with_the_first_epoch() -> None:
    made = training(loss=(1.0, 1.2, 0.9))
    goal = Goal("loss", below=0, minus=Quantity("loss", first_epoch=True))
    assert GoalResult(made, goal).reached_at == 3


# Another seed


@pytest.mark.parametrize(
    ("goal", "epochs", "unlucky"),
    [
        (Goal(at_least=0.9, by_epoch=10), 10, True),
        (Goal(at_least=0.9, by_epoch=10), 9, False),
        (Goal(at_least=0.9, before_epoch=10), 9, True),
        (Goal(at_least=0.9), 1, True),
        (Goal(at_least=0.9, at_end=True), 3, True),
        (Goal(at_least=0.5), 3, False),
        (Goal("accuracy", "validation", at_least=0.9), 3, True),
        (Goal("accuracy", "validation", at_least=0.5), 3, False),
        (Goal("loss", "validation", at_most=0.1), 3, False),
        (Goal("accuracy", "test", at_least=0.9), 3, False),
    ],
)
def test_another_seed_is_tried_where_the_goal_was_missed_and_had_its_chance(
    goal: Goal,
    epochs: int,
    unlucky: bool,  # noqa: FBT001
) -> None:
    made = training((0.6,) * epochs, val_accuracy=(0.6,) * epochs, own={})
    assert GoalResult(made, goal).unlucky is unlucky


def test_what_was_known_before_training_is_measured_by_the_goal() -> None:
    made = training((0.95,), own={"before": 0.92, "measured": (0.95,)})
    found = reaches(Training(made), Goal(at_least=0.9))
    assert found.actual == "the model classified 92% of all images correctly before it was trained"


@pytest.mark.parametrize(("before", "found"), [(0.13, GoalStatus.MET), (0.5, GoalStatus.MISSED)])
def test_a_low_goal_that_random_weights_come_to_by_luck_can_be_reached(
    before: float, found: GoalStatus
) -> None:
    made = training((0.4,), own={"before": before, "measured": (0.4,)})
    assert status(made, Goal(at_least=0.12)) is found


@pytest.mark.parametrize(("share", "found"), [(0.74, GoalStatus.MET), (0.73, GoalStatus.MISSED)])
def test_exchanged_labels_are_learnt_by_the_margin_of_the_goal(
    share: float, found: GoalStatus
) -> None:
    made = training((0.95,), own={"relearnt": share, "measured": (0.95,)})
    assert status(made, Goal(at_least=0.9)) is found


@pytest.mark.parametrize(("after", "found"), [(0.5, GoalStatus.MET), (0.4, GoalStatus.UNCONFIRMED)])
def test_of_unseen_images_so_many_are_asked_for_as_the_goal_says(
    after: float, found: GoalStatus
) -> None:
    examined = Examined(by="predictions", after=after)
    fit = Fit(kind="fit", index=0, model="m", examined=examined, curves={"accuracy": (0.95,)})
    made = GradedTraining("train", "load", fit, (0.95,), IMAGES, CLASSES, IMAGES)
    assert status(made, Goal(at_least=0.9)) is found
