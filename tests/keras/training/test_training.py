"""The trainer against Keras itself: in a process of its own, of which only JSON comes back."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("observations.py")
Seen = dict[str, Any]


@pytest.fixture(scope="module")
def seen() -> dict[str, Seen]:
    shared = str(SCRIPT.parents[2] / "shared")
    environment = os.environ | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": shared}
    ended = subprocess.run(
        [sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False, env=environment
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Seen] = json.loads(ended.stdout)
    return found


@pytest.fixture(scope="module")
def epochs(seen: dict[str, Seen]) -> Seen:
    return seen["epochs"]


# Epochs


def test_as_many_epochs_are_made_as_were_asked_for(epochs: Seen) -> None:
    assert epochs["two"]["numbers"] == [0, 1]


def test_no_more_epochs_are_made_than_are_needed(epochs: Seen) -> None:
    assert epochs["capped"]["numbers"] == [0]


def test_fewer_epochs_begin_like_more(epochs: Seen) -> None:
    assert epochs["capped"]["logs"] == epochs["two"]["logs"][:1]


def test_epochs_count_from_the_initial_one(epochs: Seen) -> None:
    assert epochs["later"]["numbers"] == [3, 4]


def test_an_epoch_that_keras_stops_with_says_so(epochs: Seen) -> None:
    assert epochs["early"]["stopping"] == [False, True]


def test_a_training_whose_time_is_up_ends_and_says_so(epochs: Seen) -> None:
    assert (epochs["late"]["late"], epochs["late"]["images"]) == (True, [10])


# Images


def test_an_epoch_says_that_it_saw_all_images(epochs: Seen) -> None:
    assert (epochs["two"]["images"], epochs["two"]["all"]) == ([80, 80], 80)


def test_an_epoch_of_few_steps_saw_few_images(epochs: Seen) -> None:
    assert all(0 < images <= 30 for images in epochs["steps"]["images"])


def test_an_epoch_of_too_many_steps_saw_no_more_than_there_are(epochs: Seen) -> None:
    assert epochs["many_steps"]["images"] == [80, 80]


def test_an_epoch_makes_as_many_updates_as_there_are_batches(epochs: Seen) -> None:
    assert (epochs["two"]["updates"], epochs["many_steps"]["updates"]) == ([8, 8], [8, 8])


def test_an_epoch_of_few_steps_ends_where_all_batches_have_been_shown(epochs: Seen) -> None:
    assert epochs["steps"]["updates"] == [3, 3, 2, 3]


def test_a_loader_of_half_the_images_is_trained_on_half(epochs: Seen) -> None:
    assert (epochs["half"]["images"], epochs["half"]["all"]) == ([40, 40], 80)


# Replies


def test_a_reply_stops_the_training(seen: dict[str, Seen]) -> None:
    assert seen["replies"]["stopped"] == 2


def test_every_epoch_is_reported(seen: dict[str, Seen]) -> None:
    assert seen["replies"]["heard_all"]


def test_a_reply_sets_the_learning_rate(seen: dict[str, Seen]) -> None:
    assert (seen["replies"]["frozen"], seen["replies"]["not_frozen"]) == (True, False)


# Seeds


def test_the_same_training_is_the_same_to_the_last_digit(seen: dict[str, Seen]) -> None:
    assert seen["ways"]["again"]


def test_another_seed_is_another_training(seen: dict[str, Seen]) -> None:
    assert not seen["ways"]["other_seed"]


def test_seeds_that_are_named_and_redrawn_make_another_training(seen: dict[str, Seen]) -> None:
    assert not seen["ways"]["redrawn"]


def test_seeds_are_redrawn_to_the_same_ones_each_time(seen: dict[str, Seen]) -> None:
    assert seen["ways"]["redrawn_again"]


def test_layers_draw_their_seeds_in_the_order_in_which_they_were_made(
    seen: dict[str, Seen],
) -> None:
    assert not seen["ways"]["other_order"]


def test_the_order_of_arguments_changes_nothing(seen: dict[str, Seen]) -> None:
    assert seen["ways"]["other_arguments"]


# The faster way

FUSED = (
    "sgd", "momentum", "nesterov", "rmsprop", "rmsprop_momentum", "adam", "adamw", "clipped",
    "accumulated", "scheduled",
)  # fmt: skip
LEFT_TO_KERAS = ("nadam", "centered", "amsgrad")


@pytest.mark.parametrize("optimizer", FUSED)
def test_what_has_a_kernel_is_fused(seen: dict[str, Seen], optimizer: str) -> None:
    assert seen["kernels"][optimizer]["fused"]


@pytest.mark.parametrize("optimizer", LEFT_TO_KERAS)
def test_what_has_none_is_left_to_keras(seen: dict[str, Seen], optimizer: str) -> None:
    assert not seen["kernels"][optimizer]["fused"]


@pytest.mark.parametrize("optimizer", [*FUSED, *LEFT_TO_KERAS])
def test_a_kernel_differs_by_rounding_only(seen: dict[str, Seen], optimizer: str) -> None:
    assert seen["kernels"][optimizer]["distance"] < 1e-5


@pytest.mark.parametrize(
    ("model", "layers"),
    [
        ("dense", [2]),
        ("pooled", [1, 2, 3, 4]),
        ("elsewhere", []),
        ("no_relu", []),
        ("regularised", []),
    ],
)
def test_what_can_be_computed_in_another_order_is(
    seen: dict[str, Seen], model: str, layers: list[int]
) -> None:
    assert seen["orders"][model]["layers"] == layers


def test_pooling_first_gives_the_same_to_the_last_digit(seen: dict[str, Seen]) -> None:
    assert seen["orders"]["pooled"]["outputs"]


@pytest.mark.parametrize("model", ["dense", "pooled"])
def test_gradients_in_another_order_differ_by_rounding_only(
    seen: dict[str, Seen], model: str
) -> None:
    assert seen["orders"][model]["distance"] < 1e-5


# Loading


def test_classes_in_another_order_are_trained_on(seen: dict[str, Seen]) -> None:
    assert seen["loading"]["turned"] == [80, 80]


def test_classes_in_another_order_have_other_labels(seen: dict[str, Seen]) -> None:
    assert seen["loading"]["backwards"] == [{"sad": 0, "happy": 1}, [1, 0]]


@pytest.mark.parametrize(
    ("loader", "reason"),
    [
        ("one_class", "the loader shows only the class happy"),
        ("more_classes", "the loader has the classes happy, neutral and sad, the dataset only"),
        ("parent", "the loader takes happy_or_sad for classes; the dataset's are happy and sad"),
        ("outside", "the loader takes .. and sad for classes"),
        ("other_files", "the loader does not list the files of the dataset, each once, and no"),
        ("turned_labels", "the loader does not list the files of the dataset, each once, and no"),
    ],
)
def test_images_that_are_others_are_refused(
    seen: dict[str, Seen], loader: str, reason: str
) -> None:
    assert reason in seen["loading"][loader]


def test_a_scalar_of_numpy_stays_one(seen: dict[str, Seen]) -> None:
    assert seen["loading"]["tagged"] == ["float", "float64"]


def test_measuring_shows_images_as_they_are(seen: dict[str, Seen]) -> None:
    assert seen["loading"]["unchanged"]


def test_measuring_draws_no_random_number_of_the_training(seen: dict[str, Seen]) -> None:
    assert seen["loading"]["undisturbed"]


def test_measuring_shows_every_image_once_and_mixes_them(seen: dict[str, Seen]) -> None:
    assert (seen["loading"]["labels"], seen["loading"]["mixed"]) == (True, True)


# Measuring


def test_only_batch_normalisation_is_measured_by_batch(seen: dict[str, Seen]) -> None:
    assert seen["measuring"]["without"] is None


def test_measuring_by_batch_leaves_the_weights_as_they_were(seen: dict[str, Seen]) -> None:
    assert (seen["measuring"]["restored"], seen["measuring"]["twice"]) == (True, True)


def test_measuring_by_batch_leaves_inference_as_it_was(seen: dict[str, Seen]) -> None:
    assert seen["measuring"]["inference_after"]


@pytest.mark.parametrize(("model", "share"), [("constant", 0.0), ("logits", 1.0)])
def test_an_output_of_a_tenth_is_judged_as_the_loss_takes_it(
    seen: dict[str, Seen], model: str, share: float
) -> None:
    assert seen["measuring"][model] == share


OUTPUTS = ("linear", "tanh", "relu", "sigmoid")
LOSSES = (
    "shares", "logits", "focal", "hinge", "squared_hinge", "mse", "mae", "huber", "log_cosh",
)  # fmt: skip


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("output", OUTPUTS)
def test_outputs_that_a_loss_likes_best_are_correct(
    seen: dict[str, Seen], loss: str, output: str
) -> None:
    assert seen["thresholds"][f"{loss}-{output}"][0] == 2


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("output", OUTPUTS)
def test_a_constant_output_is_correct_for_one_class_only(
    seen: dict[str, Seen], loss: str, output: str
) -> None:
    assert seen["thresholds"][f"{loss}-{output}"][1] == 1


@pytest.mark.parametrize(
    ("outputs", "correct"),
    [
        ("sigmoid_with_logits_loss", 4),
        ("small_logits", 4),
        ("large_logits", 4),
        ("tanh_with_hinge", 4),
        ("small_shares", 2),
        ("several", 4),
    ],
)
def test_outputs_are_correct_at_that_threshold_which_fits_best(
    seen: dict[str, Seen], outputs: str, correct: int
) -> None:
    assert seen["outputs"][outputs] == correct


# The accuracy of epochs


@pytest.mark.parametrize(
    ("training", "measured", "telling"),
    [
        ("ordinary", [None, None, None, None, 0.9875, 1.0], True),
        ("unmixed", [None, None, 0.9875, 1.0, None, None], False),
        ("two_updates", [None, None, 0.9875, 1.0, None, None], True),
        ("one_update", [0.9875, 1.0, None, None, None, None], True),
        ("few_steps", [None, None, 0.9875, 1.0, None, None], False),
    ],
)
def test_epochs_are_measured_that_may_reach_the_target_until_one_does(
    seen: dict[str, Seen],
    training: str,
    measured: list[float | None],
    telling: bool,  # noqa: FBT001
) -> None:
    assert seen["accuracies"][training] == [measured, telling]


@pytest.mark.parametrize(
    ("targets", "measured"),
    [
        ("several_targets", [None, None, 0.7875, 0.95, 1.0, None]),
        ("lower_target", [None, 0.7875, 0.95, None, None, None]),
    ],
)
def test_epochs_are_measured_until_every_target_is_reached(
    seen: dict[str, Seen], targets: str, measured: list[float | None]
) -> None:
    assert seen["accuracies"][targets] == measured


def test_weights_that_were_measured_already_are_not_measured_again(seen: dict[str, Seen]) -> None:
    assert seen["accuracies"]["known"] == [0.9875, None]


def test_weights_that_were_put_back_are_measured_again(seen: dict[str, Seen]) -> None:
    assert seen["accuracies"]["put_back"] == [0.5, None]


@pytest.mark.parametrize(
    ("metric", "logs"), [("none", ["loss"]), ("unsuited", ["accuracy", "loss"])]
)
def test_without_an_accuracy_that_suits_the_grader_has_its_own(
    seen: dict[str, Seen], metric: str, logs: list[str]
) -> None:
    assert seen["own_metric"][metric] == [logs, [True, True]]


@pytest.mark.parametrize(
    ("output", "metric"),
    [
        ("one", "BinaryAccuracy"),
        ("two", "SparseCategoricalAccuracy"),
        ("hot", "CategoricalAccuracy"),
    ],
)
def test_the_graders_own_metric_suits_the_output(
    seen: dict[str, Seen], output: str, metric: str
) -> None:
    assert seen["own_metric"][output] == metric


# Classes


@pytest.mark.parametrize("table", ["losses", "metrics", "callbacks"])
def test_every_name_of_a_table_makes_its_class(seen: dict[str, Seen], table: str) -> None:
    assert seen["classes"][table]


def test_the_short_word_stays_a_word(seen: dict[str, Seen]) -> None:
    assert seen["classes"]["short_word"] == "accuracy"
