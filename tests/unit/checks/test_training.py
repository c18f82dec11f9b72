"""What a training that the grader made itself proves, whatever its log says."""

from dataclasses import replace

import pytest

from grader.checks.training import Training
from grader.evidence import ByGrader, Fit

IMAGES = 80
LEARNT = (0.5, 0.9, 1.0)


def training(
    *, seen: int = IMAGES, measured: float = 1.0, before: float = 0.5, earlier: int = 0
) -> Training:
    trained = ByGrader(images=IMAGES, seen=seen, before=before, accuracy=measured)
    fit = Fit(kind="fit", index=0, model="model-0", finished=True, trained=trained)
    return Training("train", fit, LEARNT, 0.999, IMAGES, seen, earlier)


def elsewhere() -> Training:
    made = training()
    return replace(made, fit=made.fit.model_copy(update={"trained": None, "elsewhere": True}))


def test_an_honest_training_reaches_its_target() -> None:
    assert training().epochs_to_target == 3


def test_epochs_of_earlier_trainings_add_up() -> None:
    assert training(earlier=10).epochs_to_target == 13


def test_batch_statistics_may_be_a_little_off() -> None:
    assert training(measured=0.9875).epochs_to_target == 3


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (training(measured=0.5), "100.0% by the log, 50.0% of all images afterwards"),
        (training(before=1.0), "the model knew all images before it was trained"),
        (elsewhere(), "trained on other images than those of the dataset"),
        (training(seen=8), "each epoch saw 8 of 80 images"),
    ],
)
def test_a_log_alone_reaches_nothing(made: Training, found: str) -> None:
    assert (made.epochs_to_target, made.reaches(15).actual) == (None, found)
