"""What a student says that ``evaluate`` returned is compared with what the grader measured."""

from collections.abc import Mapping

import looking
import numpy as np
import pytest

from grader.checks.declaration import Absent, Expectation, ProbeFault
from grader.checks.training import GradedTraining
from grader.checks.trusted import Training
from grader.evidence import ByGrader, Fit, OnSplit
from grader.kinds.value.part import Value
from grader.kinds.value.view import evaluated

PREDS = Value("preds")
LOSS, ACCURACY = 0.25, 0.9
BOTH = {"accuracy": ACCURACY, "loss": LOSS}


def training(measured: Mapping[str, float], *metrics: str) -> Training:
    tested = OnSplit(images=60, before=0.5, accuracy=0.95, evaluated=dict(measured))
    trained = ByGrader(images=80, seen=80, before=0.5, accuracy=0.9, tested=tested)
    fit = Fit(kind="fit", index=0, model="m", finished=True, trained=trained)
    return Training(GradedTraining("net.fit", "", fit, (), 80, 2, 80, metrics=metrics))


TRAINED = training(BOTH, "accuracy")


def agrees(value: object, made: Training = TRAINED) -> Expectation:
    evidence = looking.look(PREDS, {"preds": value})
    return evaluated.agrees(looking.seen(PREDS, evidence), made)


def test_of_a_model_that_was_trained_on_other_samples_nothing_is_compared() -> None:
    fit = Fit(kind="fit", index=0, model="m", finished=True, elsewhere=True, reason="of test")
    made = Training(GradedTraining("net.fit", "", fit, (), 80, 2, 80))
    with pytest.raises(Absent, match=r"net\.fit trains on other samples \(of test\)"):
        agrees([LOSS, ACCURACY], made)


@pytest.mark.parametrize(
    "value",
    [
        [LOSS, ACCURACY],
        (LOSS, ACCURACY),
        np.array([LOSS, ACCURACY], "float32"),
        [np.float32(LOSS), np.float64(ACCURACY)],
        {"loss": LOSS, "accuracy": ACCURACY},
        [LOSS + 0.009, ACCURACY - 0.009],
    ],
    ids=["a list", "a tuple", "an array", "numbers of NumPy", "by name", "a little off"],
)
def test_what_the_grader_measured_is_right_in_whichever_form(value: object) -> None:
    assert agrees(value).met


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ([LOSS, 0.97], "preds[1] is 0.97; the model has the accuracy 0.9 on the test data"),
        ([0.01, ACCURACY], "preds[0] is 0.01; the model has the loss 0.25 on the test data"),
        ([ACCURACY, LOSS], "preds[1] is 0.25; the model has the accuracy 0.9 on the test data"),
        ([LOSS, 90], "preds[1] is 90; the model has the accuracy 0.9 on the test data"),
        ([LOSS, float("nan")], "preds[1] is nan; the model has the accuracy 0.9 on the test data"),
        ([LOSS, float("inf")], "preds is a list of 2"),
        ([LOSS, True], "preds is a list of 2"),
        ([LOSS, "0.9"], "preds is a list of 2"),
        ([LOSS, 10**400], "preds is a list of 2"),
        ([LOSS, ACCURACY, ACCURACY], "preds is a list of 3"),
        ([n / 100 for n in range(101)], "preds is a list of 101"),
        ({"loss": LOSS}, "preds is a dict of 1"),
        (ACCURACY, "preds is a number"),
        (np.array([[LOSS, ACCURACY]]), "preds is an array of shape (1, 2)"),
        (None, "preds is None"),
    ],
)
def test_anything_else_is_told_beside_what_was_measured(value: object, found: str) -> None:
    told = agrees(value)
    assert (told.met, told.actual) == (False, found)


def test_metrics_are_those_that_were_compiled_in_their_order() -> None:
    made = training({**BOTH, "recall": 0.4}, "recall", "accuracy")
    assert agrees([LOSS, 0.4, ACCURACY], made).met
    assert not agrees([LOSS, ACCURACY, 0.4], made).met


def test_without_metrics_the_loss_alone_is_right() -> None:
    made = training({"loss": LOSS})
    assert agrees(LOSS, made).met
    assert agrees(0.5, made).actual == "preds is 0.5; the model has the loss 0.25 on the test data"


def test_where_nothing_was_measured_a_person_must_look() -> None:
    with pytest.raises(ProbeFault, match="a person must look at preds"):
        agrees([LOSS, ACCURACY], training({}))


@pytest.mark.parametrize("value", [[LOSS, 0.97], LOSS])
def test_what_to_look_at_next_is_for_the_check_to_say(value: object) -> None:
    assert agrees(value).hint == ""
