"""What a kernel says of a training, and what the grader knows of it."""

import numpy as np

from grader.evidence import ByGrader, Fit
from grader.kernel.fitting import Answered, corrected
from grader.training.results import Epoch, Measured, Trained

CLAIMED = {"accuracy": (1.0, 1.0)}
EPOCHS = (Epoch(0, {"accuracy": 0.5}, 80), Epoch(1, {"accuracy": 0.75}, 72))
WEIGHTS = ((np.zeros(1),),)
TRAINED = Answered(7, trained=Trained(EPOCHS, 80, WEIGHTS, Measured(0.5, 0.8)))
FORGED = ByGrader(images=80, seen=80, before=0.5, accuracy=1.0)


def fit(**members: object) -> Fit:
    told = {"kind": "fit", "index": 0, "model": "model-0", "curves": CLAIMED, **members}
    return Fit.model_validate(told)


def test_the_curves_of_the_grader_count() -> None:
    found = corrected(fit(path="grader", number=7), {7: TRAINED})
    assert found.curves == {"accuracy": (0.5, 0.75)}


def test_what_was_measured_is_added() -> None:
    found = corrected(fit(path="grader", number=7), {7: TRAINED})
    assert found.trained == ByGrader(images=80, seen=72, before=0.5, accuracy=0.8)


def test_a_training_that_never_was_has_no_curves() -> None:
    assert corrected(fit(path="grader", number=8), {7: TRAINED}).curves == {}


def test_a_training_that_was_refused_has_no_curves() -> None:
    refused = Answered(7, reason="absurd")
    assert corrected(fit(path="grader", number=7), {7: refused}).curves == {}


def test_a_request_without_a_number_has_no_curves() -> None:
    assert corrected(fit(path="grader"), {7: TRAINED}).curves == {}


def test_what_the_kernel_trained_is_told_by_the_kernel() -> None:
    assert corrected(fit(), {7: TRAINED}).curves == CLAIMED


def test_no_kernel_can_say_that_the_grader_measured() -> None:
    assert corrected(fit(trained=FORGED), {}).trained is None


def test_a_number_that_is_none_is_no_curve() -> None:
    wild = Answered(7, trained=Trained((Epoch(0, {"loss": float("inf")}, 80),), 80, WEIGHTS,
                                       Measured(0.5, 0.5)))  # fmt: skip
    assert corrected(fit(path="grader", number=7), {7: wild}).curves == {"loss": (None,)}
