"""What a training that the grader made itself proves, whatever its log says."""

from dataclasses import replace

import pytest

from grader.checks.declaration import ProbeFault
from grader.checks.targets import reaches
from grader.checks.training import Training
from grader.evidence import ByGrader, Examined, Fit

IMAGES = 80
LEARNT = (0.5, 0.9, 1.0)


def training(
    *, seen: int = IMAGES, measured: float = 1.0, before: float = 0.5, earlier: int = 0
) -> Training:
    trained = ByGrader(images=IMAGES, seen=seen, before=before, accuracy=measured)
    fit = Fit(kind="fit", index=0, model="model-0", finished=True, trained=trained)
    return Training("train", "load", fit, LEARNT, 0.999, IMAGES, seen, earlier)


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
    assert (made.epochs_to_target, reaches(made, 15).actual) == (None, found)


def examined(
    by: str = "weights", before: float | None = 0.5, after: float | None = 1.0
) -> Training:
    told = {"by": by, "before": before, "after": after}
    changed = {"trained": None, "examined": Examined.model_validate(told), "reason": "a loop"}
    made = training()
    return replace(made, fit=made.fit.model_copy(update=changed))


def test_what_its_weights_confirm_reaches_the_target() -> None:
    assert reaches(examined(), 15).met


def test_what_was_not_trained_by_the_grader_is_for_a_person_to_look_at() -> None:
    assert reaches(examined(), 15).review


def test_what_the_grader_trained_needs_nobody_to_look_at_it() -> None:
    assert not reaches(training(), 15).review


def test_why_the_grader_did_not_train_is_said() -> None:
    assert "by its own kernel (a loop)" in reaches(examined(), 15).actual


def test_of_unseen_images_fewer_must_be_told_right() -> None:
    assert reaches(examined("predictions", None, 0.8), 15).met


@pytest.mark.parametrize(
    "made",
    [examined(after=0.8), examined("predictions", after=0.7), examined("nothing", after=None)],
)
def test_a_claim_that_is_not_confirmed_is_neither_passed_nor_failed(made: Training) -> None:
    with pytest.raises(ProbeFault, match="in its own kernel"):
        reaches(made, 15)


def test_a_model_that_knew_the_images_before_has_not_learnt_them() -> None:
    assert not reaches(examined(before=1.0), 15).met


def test_weights_that_are_worse_than_their_log_get_another_seed() -> None:
    assert training(measured=0.75).unlucky(15)


def test_a_training_that_ends_too_soon_gets_no_other_seed() -> None:
    made = replace(training(measured=0.75), accuracy=(0.5, 0.9))
    assert not made.unlucky(15)
