"""A training with exchanged labels, as far as it is data."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from architectures import TRAININGS

from grader.training import movement
from grader.training.accept import accept
from grader.training.description import to_json
from grader.training.exchange import exchanged, mirrored
from grader.training.fit_arguments import MAX_EPOCHS

DATASET = Path(__file__).parents[3] / "data" / "happy_or_sad"
DESCRIPTION = TRAININGS["scheduled"].described(DATASET, 2)


def test_the_weights_of_classes_go_with_their_images() -> None:
    assert exchanged(DESCRIPTION, 20, 2).fit.class_weight == ((0, 2.0), (1, 1.0))


def test_without_weights_of_classes_there_are_none_either() -> None:
    plain = replace(DESCRIPTION, fit=replace(DESCRIPTION.fit, class_weight=None))
    assert exchanged(plain, 20, 2).fit.class_weight is None


@pytest.mark.parametrize("first", [0, 1, MAX_EPOCHS - 1])
def test_it_may_take_longer_than_what_was_asked_for(first: int) -> None:
    asked = replace(DESCRIPTION.fit, initial_epoch=first, epochs=first + 1)
    made = exchanged(replace(DESCRIPTION, fit=asked), 20, 2)
    assert accept(json.dumps(to_json(made)).encode()).fit.epochs == 20


def test_nothing_stops_it_early() -> None:
    assert [each.name for each in DESCRIPTION.callbacks] == ["EarlyStopping"]
    assert exchanged(DESCRIPTION, 20, 2).callbacks == ()


def test_the_network_is_the_same() -> None:
    made = exchanged(DESCRIPTION, 20, 2)
    assert (made.architecture, made.compile) == (DESCRIPTION.architecture, DESCRIPTION.compile)


@pytest.mark.parametrize(
    ("channels", "order"), [(1, [0]), (2, [0, 1]), (3, [1, 2, 0]), (4, [1, 2, 0, 3])]
)
def test_mirrored_images_are_upside_down_in_other_colours(channels: int, order: list[int]) -> None:
    images = np.random.default_rng(1).random((2, 5, 4, channels))
    found = mirrored(images)
    assert np.array_equal(found[1, 4, 2], images[1, 0, 2][order])
    assert np.array_equal(found[1, 0, 3], images[1, 4, 3][order])


def test_the_kernel_counts_that_changed_least() -> None:
    before = [np.array([3.0, 4.0]), np.array([1.0])]
    assert movement.least(before, [np.array([3.0, 5.0]), np.array([2.0])]) == pytest.approx(0.2)


@pytest.mark.parametrize(("after", "share"), [([0.0], 0.0), ([1.0], np.inf)])
def test_of_a_kernel_of_zeros_any_change_is_much(after: list[float], share: float) -> None:
    assert movement.least([np.zeros(1)], [np.array(after)]) == share


def test_without_kernels_there_is_no_change_to_speak_of() -> None:
    assert movement.least([], []) is None
