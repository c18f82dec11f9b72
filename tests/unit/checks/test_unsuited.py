"""Of a training that missed its target, output layer and loss are looked at before the curve."""

import pytest

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.happy_or_sad.model_and_training import suits
from grader.checks.observed import Observation
from grader.checks.targets import UNSUITED, reaches
from grader.checks.training import GradedTraining
from grader.checks.trusted import Observed, Training
from grader.evidence import Compilation, Fit, Layer, Loader, Model, ReturnedResult, collect
from grader.goals import Goal
from grader.records import Execution, ExecutionStatus, Layout, Plan

TRAINER, LOADER = "train_happy_sad_model", "image_generator"
GOAL = Goal("accuracy", at_least=0.999, before_epoch=15)
BINARY, SPARSE = "BinaryCrossentropy", "SparseCategoricalCrossentropy"


def training(*accuracies: float, epochs: int = 20) -> GradedTraining:
    fit = Fit(
        kind="fit", index=0, model="model-0", epochs=epochs, finished=True,
        curves={"accuracy": accuracies},
    )  # fmt: skip
    return GradedTraining(TRAINER, LOADER, fit, accuracies, 80, 2, 80)


def test_what_does_not_suit_comes_before_the_curve() -> None:
    assert reaches(Training(training(*[0.5] * 20)), GOAL, suited=False).hint == UNSUITED


def test_where_all_suits_the_curve_is_what_to_look_at() -> None:
    assert reaches(Training(training(*[0.5] * 20)), GOAL).hint == ""


def test_a_cause_that_is_known_comes_before_what_does_not_suit() -> None:
    assert "over soon" in reaches(Training(training(0.5, 0.5)), GOAL, suited=False).hint


def test_where_the_target_is_reached_nothing_is_to_be_done() -> None:
    assert reaches(Training(training(0.5, 1.0)), GOAL, suited=False).hint == ""


@pytest.mark.parametrize(
    ("units", "activation", "loss", "suited"),
    [
        (1, "sigmoid", BINARY, True),
        (2, "softmax", SPARSE, True),
        (1, "linear", BINARY, False),
        (1, "softmax", BINARY, False),
        (1, "relu", BINARY, False),
        (1, "sigmoid", "MeanSquaredError", False),
        (2, "softmax", BINARY, False),
    ],
)
def test_both_are_judged_as_their_own_checks_do(
    units: int,
    activation: str,
    loss: str,
    suited: bool,  # noqa: FBT001
) -> None:
    last = Layer(name="dense", type="Dense", output_shape=(None, units),
                 settings={"units": units, "activation": activation})  # fmt: skip
    compilation = Compilation(loss=loss)
    model = Model(kind="model", key="m", type="Model", layers=(last,), compilation=compilation)
    loader = Loader(kind="loader", name=LOADER, type="DirectoryIterator", images=80, batch_size=10,
                    batch_shape=(10, 9, 9, 3), label_shape=(10,), labels=(0.0, 1.0))  # fmt: skip
    result = ReturnedResult(
        kind="result", name=TRAINER, type="History", is_history=True, model="m", fit=0
    )
    fit = Fit(kind="fit", index=0, model="m", finished=True)
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    evidence = collect([loader, model, fit, result])
    plan, probes = Plan(Layout("kit", "", ()), ()), happy_or_sad.by_name
    seen = Observed(Observation(plan, execution, evidence, probes, 80, 2))
    assert suits.find(seen) is suited
