"""The graded training gets a diagnosis where the grader made it, and it missed an accuracy."""

from dataclasses import replace
from typing import Any

import pytest

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks.goal_result import GoalResult
from grader.checks.observed import Observation
from grader.checks.shortfall import advice, diagnosed
from grader.checks.targets import UNSUITED, reaches
from grader.checks.training import Curve, GradedTraining
from grader.checks.trusted import Training
from grader.diagnosis import TrainingSettings
from grader.evidence import (
    ByGrader,
    Compilation,
    ConvolutionInput,
    Examined,
    Fit,
    Layer,
    Model,
    collect,
)
from grader.goals import Goal
from grader.records import Execution, ExecutionStatus, Layout, Plan

GOAL = Goal("accuracy", at_least=0.999, before_epoch=15)
FLAT, TRAINER = (0.5,) * 20, "train_happy_sad_model"
SAID = (
    "The accuracy stays near that of guessing, 50%, with Adam at a learning rate of 0.1: look "
    "first at the learning rate."
)
SIGMOID = Layer(
    name="out", type="Dense", output_shape=(None, 1), settings={"units": 1, "activation": "sigmoid"}
)
COMPILED = Compilation(loss="BinaryCrossentropy", optimizer="Adam", learning_rate=0.1)


def layer(kind: str, **settings: Any) -> Layer:
    return Layer(name=kind.lower(), type=kind, settings=settings)


def training(
    *layers: Layer, accuracy: tuple[float, ...] = FLAT, fit: Any = None, **more: Any
) -> GradedTraining:
    """A training of the kit's assignment, whose learning rate is high."""
    told: dict[str, Any] = {
        "images": 80,
        "seen": 80,
        "before": 0.5,
        "accuracy": 0.5,
        "learning_rate": 0.1,
    }
    trained = ByGrader(**(told | {"running": accuracy, **more}))
    curves: dict[str, Curve] = {"loss": (0.9, *(0.7,) * (len(accuracy) - 1)), "accuracy": accuracy}
    made = Fit(
        kind="fit", index=0, model="m", epochs=20, finished=True, curves=curves, trained=trained
    ).model_copy(update=fit or {})
    model = Model(
        kind="model", key="m", type="Sequential", layers=layers or (SIGMOID,), compilation=COMPILED
    )
    seen = ConvolutionInput(kind="convolution_input", model="m", minimum=-3.0, maximum=2.0)
    run = Execution(ExecutionStatus.DONE, (), seed=1)
    evidence = collect([model, made, seen])
    plan = Plan(Layout("kit", "", ()), ())
    observed = Observation(plan, run, evidence, happy_or_sad.by_name, 80, 2)
    return GradedTraining.of(observed, TRAINER, "image_generator")


def result(made: GradedTraining, goal: Goal = GOAL) -> GoalResult:
    return GoalResult(made, goal)


def settings(*layers: Layer) -> TrainingSettings:
    found = training(*layers).settings
    assert found is not None
    return found


def test_its_check_says_it_as_what_to_look_at() -> None:
    assert reaches(Training(training()), GOAL).hint == SAID


def test_it_comes_before_what_does_not_suit() -> None:
    assert reaches(Training(training()), GOAL, suited=False).hint == SAID


def test_where_there_is_none_what_does_not_suit_is_said() -> None:
    made = training(learning_rate=0.002)
    assert reaches(Training(made), GOAL, suited=False).hint == UNSUITED


@pytest.mark.parametrize(
    ("more", "fit"),
    [
        ({"before": 1.0}, {}),
        ({"relearnt": 0.5}, {}),
        ({"seen": 10}, {}),
        ({"running": ()}, {}),
        ({"earlier": 5}, {}),
        ({}, {"trained": None}),
        ({}, {"trained": None, "examined": Examined(by="weights", before=0.5, after=0.5)}),
        ({}, {"trained": None, "elsewhere": True, "reason": "the loader shows another split"}),
    ],
)
def test_what_does_not_count_gets_none(more: dict[str, Any], fit: dict[str, Any]) -> None:
    assert diagnosed(result(training(fit=fit, **more))) is None


@pytest.mark.parametrize(
    "goal",
    [
        Goal("loss", at_most=0.3),
        Goal("accuracy", "validation", at_least=0.9),
        Goal("accuracy", at_least=0.5),
    ],
)
def test_another_goal_than_an_accuracy_that_was_missed_has_none(goal: Goal) -> None:
    assert diagnosed(result(training(), goal)) is None


def test_what_is_said_of_a_training_that_ended_early_is_said_once() -> None:
    made = training(accuracy=(0.5, 0.7, 0.8), fit={"stopped": True}, learning_rate=0.001)
    assert advice(result(made)) == (
        "A callback ended the training after 3 epochs, before the target was reached: look first "
        "at the callback that stops it."
    )


def test_a_training_is_seen_as_the_grader_made_it() -> None:
    assert settings() == TrainingSettings(
        units=1, activation="sigmoid", loss="BinaryCrossentropy", optimizer="Adam",
        learning_rate=0.1, largest_value=3.0, images=80,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("layers", "activation"),
    [
        ((layer("Dense", activation="relu"),), "relu"),
        ((layer("Dense", activation="linear"), layer("Activation", activation="tanh")), "tanh"),
        ((layer("Dense", activation="linear"), layer("Softmax")), "softmax"),
        ((layer("Conv2D", activation="sigmoid"), layer("Flatten")), "sigmoid"),
        # What pooling makes of a sigmoid is a probability, and no activation.
        ((layer("Conv2D", activation="sigmoid"), layer("GlobalAveragePooling2D")), None),
        ((layer("Dense", activation="linear"), layer("Rescaling")), None),
    ],
)
def test_an_activation_is_that_of_the_last_layer_that_changes_numbers(
    layers: tuple[Layer, ...], activation: str | None
) -> None:
    assert settings(*layers).activation == activation


def test_the_scale_of_images_explains_nothing_where_the_network_normalises() -> None:
    assert settings(layer("BatchNormalization"), SIGMOID).largest_value is None


def test_of_several_goals_the_one_that_was_missed_is_told_of() -> None:
    made = replace(training(), accuracy=(0.5, 0.6))
    assert str(diagnosed(result(made))) == SAID
