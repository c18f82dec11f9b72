"""What a submission did to look trained, named from evidence alone."""

from pathlib import Path
from typing import Literal

import pytest
import recording
from happy_or_sad.alone import ALONE
from happy_or_sad.mistakes import MISTAKES
from happy_or_sad.right import RIGHT
from happy_or_sad.submission import Variant

from grader.checks import tricks
from grader.checks.observed import Observation
from grader.checks.returned import edited, returned
from grader.checks.training import GradedTraining
from grader.checks.trusted import Result, Training
from grader.evidence import Evidence, Fit, Patched, ReturnedResult, WeightsSet
from grader.records import Execution, ExecutionStatus, Issue, Layout, Plan

LOGGED = (0.5, 0.75)


def fit(index: int = 0, accuracy: tuple[float | None, ...] = LOGGED) -> Fit:
    return Fit(kind="fit", index=index, model="m", curves={"accuracy": accuracy, "loss": (2.0,)})


def result(
    fit: int | None = 0, kind: str = "History", **curves: tuple[float | None, ...]
) -> ReturnedResult:
    return ReturnedResult(
        kind="result", name="train", type=kind, is_history=kind == "History", fit=fit, curves=curves
    )


def told(given: ReturnedResult, *fits: Fit) -> str:
    issue = edited(given, {fit.index: fit for fit in fits}, fits[-1])
    return issue.message if issue else ""


@pytest.mark.parametrize("shown", [LOGGED, (0.5, 0.75 + 1e-9)])
def test_a_history_as_it_was_logged_is_not_named(shown: tuple[float, ...]) -> None:
    assert told(result(accuracy=shown), fit()) == ""


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ((1.0, 1.0), "says accuracy 1 after 2 epochs; the training logged accuracy 0.75 after 2"),
        ((1.0, 0.75), "says accuracy 1 after 1 epoch; the training logged accuracy 0.5 after 1 "),
        ((0.5, None), "says accuracy nan after 2 epochs; the training logged accuracy 0.75"),
        ((0.5, 0.75, 1.0), "says accuracy 1 after 3 epochs; the training logged accuracy 0.75"),
        ((), "says no accuracy; the training logged accuracy 0.75 after 2 epochs"),
    ],
)
def test_a_history_that_was_edited_is_named(shown: tuple[float | None, ...], words: str) -> None:
    assert words in told(result(accuracy=shown), fit())


def test_an_accuracy_is_named_before_a_loss() -> None:
    assert "says accuracy 1" in told(result(accuracy=(1.0, 1.0), loss=(0.0,)), fit())


def test_what_a_callback_added_to_the_logs_is_not_named() -> None:
    assert told(result(accuracy=LOGGED, learning_rate=(0.1, 0.01)), fit()) == ""


def test_a_history_is_compared_with_the_fit_that_returned_it() -> None:
    assert told(result(0, accuracy=LOGGED), fit(0), fit(1, (0.9, 0.9))) == ""


def test_a_history_that_two_fits_share_is_not_named() -> None:
    assert told(result(1, accuracy=(*LOGGED, 0.9)), fit(0), fit(1, (0.9,))) == ""


def test_another_object_is_compared_with_the_training_that_counts() -> None:
    assert "says accuracy 1" in told(result(None, "Fake", accuracy=(1.0,)), fit())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (result(), "that History"),
        (result(1), "the History of another training"),
        (result(None), "a History that fit did not return"),
        (result(None, "Fake"), "a Fake"),
        (
            result(None).model_copy(update={"is_history": False}),
            "a History that is not Keras'",
        ),
    ],
)
def test_what_was_returned_is_told_apart(given: ReturnedResult, words: str) -> None:
    fit = Fit(kind="fit", index=0, model="m", finished=True)
    training = Training(GradedTraining("train", "load", fit, (), 80, 2, 80))
    assert returned(Result(given), training).actual == words


def observed(evidence: Evidence) -> Observation:
    plan = Plan(Layout("kit", "", ()), ())
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    return Observation(plan, execution, evidence, {}, 80, 2)


def issues(evidence: Evidence) -> tuple[Issue, ...]:
    return tricks.issues(observed(evidence), {})


def patched(*names: str) -> Evidence:
    evidence = Evidence()
    evidence.add(Patched(kind="patched", names=names))
    return evidence


def test_parts_of_keras_that_were_replaced_are_named() -> None:
    [issue] = issues(patched("keras.Model.fit", "keras.Model.evaluate"))
    assert issue.code == "keras-patched"
    assert "keras.Model.fit, keras.Model.evaluate." in issue.message


def test_many_parts_are_counted() -> None:
    [issue] = issues(patched(*(f"keras.layers.L{number}" for number in range(9))))
    assert "keras.layers.L4 and 4 more." in issue.message


def test_parts_of_the_grader_that_were_replaced_are_told_apart() -> None:
    found = issues(patched("grader.probe.channel.Channel.send", "keras.Model.fit"))
    assert {issue.code for issue in found} == {"keras-patched", "evidence-tampered"}


def test_images_that_were_changed_are_named() -> None:
    [issue] = issues(Evidence(changed=["happy/1.png"]))
    assert (issue.code, issue.message) == (
        "images-changed",
        "The notebook changes the images that it was given: happy/1.png.",
    )


def test_modules_that_were_changed_are_named() -> None:
    [issue] = issues(Evidence(changed_modules=["kt_utils.py"]))
    assert (issue.code, issue.message) == (
        "modules-changed",
        "The notebook changes modules that it was given: kt_utils.py.",
    )


def test_a_loader_of_other_images_is_named() -> None:
    [issue] = issues(Evidence(foreign=["load"]))
    assert (issue.code, issue.message) == (
        "images-foreign",
        "load shows other images than those that lie in its folder when it is called.",
    )


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        ("evidence", "What was observed cannot all be believed: it was changed."),
        ("Stop", "What was observed of Stop cannot all be believed: it was changed."),
    ],
)
def test_evidence_that_was_tampered_with_is_named(thing: str, words: str) -> None:
    [issue] = issues(Evidence(tampered={thing: "it was changed"}))
    assert (issue.code, issue.message) == ("evidence-tampered", words)


def set_by_hand(when: Literal["before", "after"], index: int) -> list[Issue]:
    evidence = Evidence()
    evidence.add(WeightsSet(kind="weights", fit=index, when=when, by="set_weights"))
    for each in (fit(0), fit(1).model_copy(update={"model": "other"})):
        evidence.add(each)
    training = GradedTraining("train", "load", fit(0), LOGGED, 80, 2, 80)
    return list(tricks.issues(observed(evidence), {"train": training}))


@pytest.mark.parametrize("when", ["before", "after"])
def test_weights_that_were_set_by_hand_are_named(when: Literal["before", "after"]) -> None:
    [issue] = set_by_hand(when, 0)
    assert issue.message.endswith(f"by set_weights, {when} it is trained.")


def test_who_loads_the_best_weights_is_told_how_fit_leaves_them() -> None:
    [issue] = set_by_hand("after", 0)
    assert issue.fix == (
        "What counts are the weights that fit leaves: EarlyStopping(restore_best_weights=True) has "
        "it leave the best."
    )


def test_weights_of_a_model_that_does_not_count_are_not_named() -> None:
    assert set_by_hand("before", 1) == []


@pytest.mark.parametrize("variant", [*RIGHT, *ALONE, *MISTAKES], ids=lambda variant: variant.id)
def test_no_honest_submission_is_named(variant: Variant, tmp_path: Path) -> None:
    plan = recording.plan(variant.notebook(), tmp_path)
    for attempt in recording.load(variant.id, plan):
        assert tricks.issues(attempt.observed, attempt.trainings) == ()
