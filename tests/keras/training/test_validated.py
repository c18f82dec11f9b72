"""What the trainer measures on validation data, whatever ``fit`` validates with."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("validated.py")
# Of its images for validation, so many are in their own class folders.
IN_TRUTH = 0.25
LOGGED = ("the training folder", "one step", "a subset")
HONEST = ("the split", "other labels", "another metric", "normalized", "nothing", "a few epochs")


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    shared = str(SCRIPT.parents[2] / "shared")
    environment = os.environ | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": shared}
    ended = subprocess.run(
        [sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False, env=environment
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize("way", [*LOGGED, *HONEST])
def test_all_images_of_the_split_are_measured(seen: dict[str, Any], way: str) -> None:
    assert (seen[way]["images"], seen[way]["after"]) == (16, IN_TRUTH)


@pytest.mark.parametrize("way", LOGGED)
def test_a_log_of_other_images_says_otherwise(seen: dict[str, Any], way: str) -> None:
    assert max(epoch["val_accuracy"] for epoch in seen[way]["logs"]) == 1.0


@pytest.mark.parametrize("way", [*LOGGED, *HONEST])
def test_a_goal_that_is_not_reached_is_measured_after_each_epoch(
    seen: dict[str, Any], way: str
) -> None:
    assert [each is None for each in seen[way]["measured"]] == [False] * 8


def test_what_keras_logs_of_all_images_is_what_is_measured(seen: dict[str, Any]) -> None:
    logged = [epoch["val_accuracy"] for epoch in seen["the split"]["logs"]]
    assert logged == seen["the split"]["measured"]


def test_one_that_is_reached_is_measured_no_more_but_at_the_end(seen: dict[str, Any]) -> None:
    first, *others = seen["reached"]["measured"]
    assert (first >= 0.2, others, seen["reached"]["after"]) == (True, [None] * 7, IN_TRUTH)


def test_the_weights_that_a_callback_puts_back_are_measured(seen: dict[str, Any]) -> None:
    assert seen["restored"]["after"] == IN_TRUTH


def test_without_such_a_goal_nothing_is_measured(seen: dict[str, Any]) -> None:
    assert (seen["no goal"]["after"], seen["no goal"]["measured"]) == (None, [None] * 8)


def test_measuring_changes_nothing_of_the_training(seen: dict[str, Any]) -> None:
    assert seen["no goal"]["logs"] == seen["the split"]["logs"]


def test_the_split_for_validation_is_not_trained_on(seen: dict[str, Any]) -> None:
    assert "shows the images in ../data/faces/validation" in seen["on validation"]


@pytest.mark.parametrize("way", ["losses", "one-hot"])
def test_the_loss_is_what_keras_logs_of_all_images(seen: dict[str, Any], way: str) -> None:
    logged = [epoch["val_loss"] for epoch in seen[way]["logs"]]
    assert seen[way]["losses"] == pytest.approx(logged, rel=1e-4)


def test_the_loss_is_measured_before_training_and_at_its_end(seen: dict[str, Any]) -> None:
    before, after = seen["losses"]["loss"]
    assert (before != after, after) == (True, seen["losses"]["losses"][-1])


def test_a_loss_that_is_reached_is_measured_no_more_but_at_the_end(seen: dict[str, Any]) -> None:
    first, *others = seen["a loss reached"]["losses"]
    assert (first is None, others, seen["a loss reached"]["loss"][1] is None) == (
        False,
        [None] * 7,
        False,
    )


def test_nobody_who_does_not_ask_has_a_loss_measured(seen: dict[str, Any]) -> None:
    assert (seen["the split"]["loss"], seen["the split"]["tested"]) == ([None, None], None)


def test_the_split_for_tests_is_measured_when_training_has_ended(seen: dict[str, Any]) -> None:
    tested = seen["losses"]["tested"]
    assert (tested["images"], tested["after"]) == (16, IN_TRUTH)
    assert tested["loss_after"] == seen["losses"]["loss"][1]


def test_measuring_losses_changes_nothing_of_the_training(seen: dict[str, Any]) -> None:
    assert seen["losses"]["logs"] == seen["no goal"]["logs"]


@pytest.mark.parametrize("loss", ["squared", "focal", "smoothed"])
def test_a_loss_that_may_be_small_whatever_is_learnt_is_not_measured(
    seen: dict[str, Any], loss: str
) -> None:
    assert (seen[loss]["loss"], seen[loss]["losses"]) == ([None, None], [None] * 8)


AVERAGED = (
    "averaged", "swapped", "swapped on epochs", "swapped and stopped",
    "swapped on epochs and stopped",
)  # fmt: skip


@pytest.mark.parametrize("way", AVERAGED)
@pytest.mark.parametrize("split", ["validation", "test"])
def test_the_weights_that_are_left_are_measured_where_averages_take_their_place(
    seen: dict[str, Any], way: str, split: str
) -> None:
    known, tested = seen[way], seen[way]["tested"]
    own = [known["after"], known["loss"][1]]
    found = own if split == "validation" else [tested["after"], tested["loss_after"]]
    assert found == pytest.approx(known["left"], rel=1e-4)


@pytest.mark.parametrize("way", ["averaged", "swapped", "swapped on epochs and stopped"])
def test_those_are_others_than_the_ones_of_the_last_epoch(seen: dict[str, Any], way: str) -> None:
    assert seen[way]["losses"][-1] != pytest.approx(seen[way]["left"][1], rel=1e-3)


def test_nothing_that_is_measured_runs_out_of_data(seen: dict[str, Any]) -> None:
    assert [each for each in seen["warned"] if "ran out of data" in each] == []


def test_before_a_training_is_what_another_function_has_made_of_the_model(
    seen: dict[str, Any],
) -> None:
    assert seen["another's"]["at"]["before"] == seen["losses"]["at"]["after"]


@pytest.mark.parametrize("way", ["another's", "on", "losses"])
def test_what_a_model_began_with_is_what_it_knew_before_any_training(
    seen: dict[str, Any], way: str
) -> None:
    assert seen[way]["at"]["fresh"] == seen["losses"]["at"]["before"]


def test_before_a_training_that_goes_on_is_before_all_that_counts(seen: dict[str, Any]) -> None:
    assert seen["on"]["at"]["before"] == seen["losses"]["at"]["before"]
