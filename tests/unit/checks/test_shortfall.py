"""What stands between a training and its target, and what to look at: for that cause alone."""

from dataclasses import replace
from typing import Any

import pytest

from grader.checks import shortfall as words
from grader.checks.goal_result import GoalResult
from grader.checks.shortfall import advice, shortfall
from grader.checks.training import GradedTraining
from grader.evidence import ByGrader, Fit, Loader
from grader.goals import Goal

GOAL = Goal("accuracy", at_least=0.999, before_epoch=15)
SPLIT = Loader(kind="loader", name="", type="DirectoryIterator", images=64, subset="training")


def training(
    log: tuple[float, ...],
    running: tuple[float, ...] | None = None,
    measured: tuple[float | None, ...] | None = None,
    **more: Any,
) -> GradedTraining:
    fit = {name: more.pop(name) for name in ("stopped", "steps_per_epoch") if name in more}
    means = log if running is None else running
    found = (None,) * len(means) if measured is None else measured
    told = {"images": 80, "seen": 80, "before": 0.5, "accuracy": 0.95, **more}
    trained = ByGrader(**told, running=means, measured=found)
    curves: dict[str, tuple[float | None, ...]] = {"loss": means}
    curves |= {"accuracy": log} if log else {}
    made = Fit(kind="fit", index=0, model="m", curves=curves, trained=trained, **fit)
    return GradedTraining("train", "load", made, log, 80, 2, trained.seen)


def result(made: GradedTraining) -> GoalResult:
    return GoalResult(made, GOAL)


def of_arrays(*given: Any, **told: Any) -> GradedTraining:
    return replace(training(*given, **told), loader="")


LONG = (0.5,) * 13
CAUSES = {
    "curve": (training((*LONG, 0.9)), "at best 90% in 14 epochs", ""),
    "steps": (
        training((*LONG, 0.9), measured=(*LONG, 0.95), seen=40, telling=False, steps_per_epoch=4),
        "each epoch saw 40 of 80 images; at best 95% in 14 epochs, where the grader measured all",
        words.STEPS,
    ),
    "split": (
        training((0.5, 1.0), measured=(None, 0.925), seen=64, telling=False, loader=SPLIT),
        "each epoch saw 64 of 80 images; 100% in the log, but at best 92.5% where the grader",
        words.SPLIT,
    ),
    "few files": (training((0.5,) * 14, seen=79), "each epoch saw 79 of 80 images", words.LOADED),
    "some of the arrays": (
        of_arrays((0.5,) * 14, seen=64), "each epoch saw 64 of 80 images", words.GIVEN
    ),
    "arrays in their order": (
        of_arrays((0.5, 1.0), measured=(None, 0.5), telling=False),
        "100% in the log, but at best 50% where the grader measured all images",
        words.TELLING_OF_GIVEN,
    ),
    "unmixed": (
        training((0.5, 1.0), measured=(None, 0.5), telling=False),
        "100% in the log, but at best 50% where the grader measured all images",
        words.TELLING,
    ),
    "measured best after another epoch": (
        training((0.5, 0.5, 1.0), measured=(None, 0.8625, 0.5)),
        "100% in the log, but at best 86.25% where the grader measured all images",
        words.STEADY,
    ),
    "measured whole after another epoch": (
        training((0.5, 0.5, 1.0), measured=(None, 1.0, 0.5)),
        "100% in the log, but at best 50% where the grader measured all images",
        words.STEADY,
    ),
    "unsuited": (
        training((1.0, 1.0), running=(0.5, 0.575)),
        "100% in the log, but at best 57.5% by an accuracy that suits the output",
        words.TELLING,
    ),
    "unsteady": (
        training((0.5, 1.0), measured=(None, 0.75)),
        "100% in the log, but at best 75% where the grader measured all images",
        words.STEADY,
    ),
    "before": (
        training((1.0,), measured=(1.0,), before=1.0),
        "the model classified all images correctly before it was trained",
        words.BY_TRAINING,
    ),
    "exchanged labels": (
        training((1.0,), measured=(1.0,), relearnt=0.5),
        "with exchanged labels, classified at best 50% of them correctly",
        words.USUAL,
    ),
    "stopped": (training((0.5, 0.9), stopped=True), "at best 90% in 2 epochs", words.STOPPED),
    "ended": (training((0.5, 0.9)), "at best 90% in 2 epochs", words.ENDED),
    "nothing logged": (training((), running=(*LONG, 0.9)), "at best 90% in 14 epochs", ""),
}  # fmt: skip


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_is_told(cause: str) -> None:
    made, said, _ = CAUSES[cause]
    assert said in shortfall(result(made))


@pytest.mark.parametrize("cause", CAUSES)
def test_what_to_look_at_is_for_that_cause(cause: str) -> None:
    made, _, hint = CAUSES[cause]
    assert advice(result(made)) == hint


def test_of_a_training_that_reached_its_target_nothing_is_told() -> None:
    assert shortfall(result(training((0.5, 1.0), measured=(None, 0.95)))) == ""


def test_what_the_trainer_says_of_other_images_is_told() -> None:
    made = training((1.0,))
    reason = "the loader shows only the class happy"
    told = {"trained": None, "elsewhere": True, "reason": reason}
    elsewhere = replace(made, fit=made.fit.model_copy(update=told))
    assert (shortfall(result(elsewhere)), advice(result(elsewhere))) == (reason, words.WHOLE)


def test_without_any_metric_in_the_notebooks_own_training_metrics_are_what_to_look_at() -> None:
    made = training(())
    alone = replace(made, fit=made.fit.model_copy(update={"trained": None}))
    assert (shortfall(result(alone)), advice(result(alone))) == (
        "no accuracy was logged",
        words.METRIC,
    )
