"""What fit was asked for, and how far its curves are apart."""

from collections.abc import Sequence
from typing import Any

import pytest

from grader.checks import asked
from grader.checks.declaration import Absent, ProbeFault
from grader.checks.training import GradedTraining
from grader.checks.trusted import Training
from grader.evidence import ByGrader, Fit

FOLDER = "../data/pets/val"
CURVES = {"accuracy": (0.5, 0.75, 1.0), "val_accuracy": (0.5, 0.5, 0.75)}


def training(*, by_grader: bool = True, folder: str | None = None, **asking: Any) -> Training:
    made = ByGrader(images=100, seen=100, before=0.5, accuracy=1.0, validation_folder=folder)
    fit = Fit(kind="fit", index=0, model="m", finished=True, **asking)
    fit = fit.model_copy(update={"trained": made if by_grader else None})
    return Training(GradedTraining("train", "load", fit, (), 100, 2, 100))


@pytest.mark.parametrize(("epochs", "met"), [(14, True), (15, True), (16, False), (None, False)])
def test_no_more_epochs_are_asked_for_than_are_allowed(epochs: int | None, *, met: bool) -> None:
    assert asked.at_most_epochs(training(epochs=epochs), 15).met is met


@pytest.mark.parametrize(
    ("steps", "counts", "met"),
    [
        (None, [100], True), (4, [100], True), (3, [100], False), (5, [100], False),
        (8, [100, 256], True), (8, [100], False),
    ],
)  # fmt: skip
def test_an_epoch_has_all_batches(steps: int | None, counts: Sequence[int], *, met: bool) -> None:
    assert asked.whole_epochs(training(steps_per_epoch=steps), 32, *counts).met is met


@pytest.mark.parametrize(
    ("folder", "met", "said"),
    [
        ("data/pets/val", True, "validates with ../data/pets/val"),
        ("data/pets/train", False, "validates with ../data/pets/train"),
        ("", False, "validates with others"),
        (None, False, "validates with nothing"),
    ],
)
def test_what_it_validates_with_is_told(folder: str | None, said: str, *, met: bool) -> None:
    found = asked.validates_in(training(folder=folder), FOLDER)
    assert (found.met, found.actual) == (met, said)


def test_a_gap_is_that_of_the_last_epoch() -> None:
    assert asked.last_gap(training(curves=CURVES)) == 0.25


def test_a_gap_in_the_mean_is_that_of_the_last_epochs() -> None:
    assert asked.mean_gap(training(curves=CURVES), 2) == 0.25
    assert asked.mean_gap(training(curves=CURVES), 3) == pytest.approx(0.5 / 3)


def test_the_accuracy_may_have_any_name() -> None:
    curves = {"loss": (1.0,), "val_loss": (2.0,), "acc": (1.0,), "val_acc": (0.5,)}
    assert asked.last_gap(training(curves=curves)) == 0.5


@pytest.mark.parametrize("curves", [{}, {"accuracy": (1.0,)}, {"loss": (1.0,), "val_loss": (1.0,)}])
def test_without_both_accuracies_there_is_no_gap(curves: dict[str, tuple[float]]) -> None:
    with pytest.raises(Absent, match="train logged no accuracy in training and in validation"):
        asked.last_gap(training(curves=curves))


def test_what_the_notebook_trained_is_for_a_person_to_look_at() -> None:
    with pytest.raises(ProbeFault, match="trained by itself"):
        asked.last_gap(training(by_grader=False, curves=CURVES))
    with pytest.raises(ProbeFault, match="trained by itself"):
        asked.validates_in(training(by_grader=False), FOLDER)


def test_a_training_on_other_pictures_counts_for_nothing() -> None:
    with pytest.raises(Absent, match="train trains on other pictures"):
        asked.require_made(training(elsewhere=True, reason="of test"), "nothing is known")
