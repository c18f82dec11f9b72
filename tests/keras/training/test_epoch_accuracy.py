"""After which epochs the weights are measured: until one reaches the target, mean and weights."""

import pytest
from descriptions import description, loader

from grader.training.accept import accept_decoded
from grader.training.accuracy import EpochAccuracy
from grader.training.measure import Meter
from grader.training.results import TrainingPlan

IMAGES = 12
# The first epoch's weights are right, and so is the log of the second one.
MEANS = (0.4, 1.0, 1.0)


class Perfect(Meter):
    """Stands in for a model that classifies all images correctly from its first epoch on."""

    images = IMAGES

    def __init__(self) -> None: ...

    def shares(self) -> tuple[float, None]:
        return 1.0, None


def measured(batch: int, *, exchanged: bool = False, **fit: int) -> list[bool]:
    """Return after which epochs the weights are measured, of batches of a size."""
    described = description(loader=loader(batch_size=batch), fit={"epochs": 3, **fit})
    plan = TrainingPlan(1, targets=(0.9,), exchanged=exchanged)
    accuracy = EpochAccuracy(Perfect(), accept_decoded(described), "accuracy", plan)
    shown = min(IMAGES, batch * fit.get("steps_per_epoch", IMAGES))
    each = (accuracy.after({"accuracy": mean}, shown) for mean in MEANS)
    return [share is not None for _, share in each]


def test_of_one_batch_of_all_images_the_first_weights_that_reach_it_are_the_last() -> None:
    assert measured(IMAGES) == [True, False, False]


@pytest.mark.parametrize("steps", [1, 2])
def test_of_other_epochs_of_one_batch_it_is_measured_until_the_log_bears_it_out(steps: int) -> None:
    assert measured(5, steps_per_epoch=steps) == [True, True, False]


@pytest.mark.parametrize("batch", [4, 6])
def test_of_two_or_three_batches_it_is_measured_once_the_log_bears_it_out(batch: int) -> None:
    assert measured(batch) == [False, True, False]


def test_of_exchanged_labels_the_weights_alone_are_looked_at() -> None:
    assert measured(5, exchanged=True, steps_per_epoch=1) == [True, False, False]
