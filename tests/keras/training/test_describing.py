"""What a student's kernel describes, the trainer takes, and makes the same model of it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("described.py")
CASES = (
    "sequential", "deferred", "input_shape", "open_shape", "batch_shape", "functional",
    "sequential_alike", "residual", "augmented", "nested", "backwards", "frozen", "weighty",
    "everything", "activations", "optimizer", "functions", "two_units", "augmenting", "loader",
    "switch", "zca", "validating", "trained_elsewhere", "callbacks", "monitored",
    "monitored_alone", "class_weight",
)  # fmt: skip
REASONS = {
    "subclassed": "the model is of a class of its own: Subclassed",
    "own_layer": "not Keras' own: Mine",
    "earlier": "of a class that tf.keras keeps from an earlier Keras, which the grader does not",
    "twice": "is called more than once",
    "operation": "computes something without a layer",
    "two_outputs": "more than one input or output",
    "own_activation": "activation is a function that is not Keras' own: relu",
    "layer_as_activation": "activation is of a class that is not Keras' own: LeakyReLU",
    "own_initializer": "kernel_initializer is a function that is not Keras' own",
    "half_precision": "computes with float16",
    "array": "scale is no plain value",
    "own_loss": "the loss is a function that is not Keras' own: binary_crossentropy",
    "no_loss": "compile was given no loss",
    "unknown_loss": "Keras knows no loss of the name 'binary_crosentropy'",
    "own_metric": "a metric is a function that is not Keras' own: binary_crossentropy",
    "weighted": "compile was given loss_weights",
    "uncompiled": "the model was not compiled",
    "arrays": "the dataset has no arrays of numbers",
    "labels": "fit was given y",
    "split": "fit was given validation_split",
    "dataset": "the loader is no loader of flow_from_directory",
    "preprocessing": "changes images with a function",
    "trained": "weights were set or trained before",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("images")
    command = [sys.executable, str(SCRIPT), str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def described(said: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = said["described"][name]["description"]
    return found


def arguments(said: dict[str, Any], name: str, layer: int) -> dict[str, Any]:
    found: dict[str, Any] = described(said, name)["architecture"]["layers"][layer]["arguments"]
    return found


def metrics(said: dict[str, Any], name: str) -> list[tuple[str, str]]:
    found = described(said, name)["compile"]["metrics"]
    return [(metric["part"], metric["arguments"]["name"]) for metric in found]


def test_all_cases_are_here(said: dict[str, Any]) -> None:
    assert (tuple(said["described"]), list(said["reasons"])) == (CASES, list(REASONS))


@pytest.mark.parametrize("name", CASES)
def test_what_is_described_is_accepted_as_it_is(said: dict[str, Any], name: str) -> None:
    assert said["described"][name]["again"]


@pytest.mark.parametrize("name", CASES)
def test_a_model_is_made_again_with_the_same_layers(said: dict[str, Any], name: str) -> None:
    assert said["described"][name]["rebuilt"] == []


@pytest.mark.parametrize("name", REASONS)
def test_what_cannot_be_described_has_its_reason(said: dict[str, Any], name: str) -> None:
    assert REASONS[name] in (said["reasons"][name] or "")


def test_two_models_that_differ_in_spelling_only_are_one(said: dict[str, Any]) -> None:
    keys = {name: said["described"][name]["key"] for name in ("functional", "sequential_alike")}
    assert len(set(keys.values())) == 1


def test_an_open_shape_is_that_of_the_images(said: dict[str, Any]) -> None:
    assert arguments(said, "open_shape", 0) == {"shape": [24, 24, 3]}


def test_a_model_that_is_not_built_has_the_shape_of_the_images(said: dict[str, Any]) -> None:
    assert arguments(said, "deferred", 0) == {"shape": [24, 24, 3]}


def test_a_fixed_batch_is_described(said: dict[str, Any]) -> None:
    assert arguments(said, "batch_shape", 0)["batch_size"] == 2


def test_the_order_in_which_layers_were_made_is_told(said: dict[str, Any]) -> None:
    assert described(said, "backwards")["architecture"]["created"] == [0, 3, 2, 1]


def test_models_inside_a_model_are_taken_apart(said: dict[str, Any]) -> None:
    layers = described(said, "augmented")["architecture"]["layers"]
    assert [layer["part"] for layer in layers[1:4]] == [
        "RandomFlip", "RandomRotation", "RandomZoom",
    ]  # fmt: skip


def test_branches_lead_where_they_led(said: dict[str, Any]) -> None:
    layers = described(said, "residual")["architecture"]["layers"]
    inputs = {layer["part"]: layer["inputs"] for layer in layers}
    places = {layer["part"]: place for place, layer in enumerate(layers)}
    assert inputs["Add"] == [0, places["Conv2D"]]
    assert inputs["Concatenate"] == [places[name] for name in ("Add", "Multiply", "Identity")]


def test_a_frozen_layer_is_told(said: dict[str, Any]) -> None:
    assert [arguments(said, "frozen", layer)["trainable"] for layer in (1, 3)] == [False, True]


def test_what_keras_does_not_write_down_is_told_all_the_same(said: dict[str, Any]) -> None:
    assert arguments(said, "weighty", 3)["activity_regularizer"]["part"] == "L1L2"
    assert described(said, "optimizer")["compile"]["loss"]["arguments"]["delta"] == 0.5


def test_seeds_that_keras_drew_are_not_told(said: dict[str, Any]) -> None:
    assert "seed" not in arguments(said, "weighty", 4)["kernel_initializer"]["arguments"]


def test_tensorflow_s_functions_stand_for_keras_own(said: dict[str, Any]) -> None:
    found = [arguments(said, "activations", layer)["activation"] for layer in (1, 2, 5)]
    assert found == ["relu", "silu", "softmax"]


def test_a_schedule_is_described(said: dict[str, Any]) -> None:
    optimizer = described(said, "optimizer")["compile"]["optimizer"]
    assert optimizer["arguments"]["learning_rate"]["part"] == "ExponentialDecay"


def test_metrics_have_the_names_that_the_history_will_have(said: dict[str, Any]) -> None:
    assert metrics(said, "optimizer") == [
        ("accuracy", "acc"), ("AUC", "auc"), ("Precision", "precision"),
        ("MeanAbsoluteError", "mae"),
    ]  # fmt: skip


def test_functions_of_keras_are_described_by_their_classes(said: dict[str, Any]) -> None:
    assert described(said, "functions")["compile"]["loss"]["part"] == "BinaryCrossentropy"
    assert metrics(said, "functions")[0] == ("BinaryAccuracy", "binary_accuracy")


def test_describing_uses_up_no_names(said: dict[str, Any]) -> None:
    assert said["names_kept"]


def test_describing_draws_no_random_numbers(said: dict[str, Any]) -> None:
    assert said["state_kept"]


def test_a_number_of_numpy_keeps_its_type(said: dict[str, Any]) -> None:
    generator = described(said, "augmenting")["loader"]["generator"]
    assert generator["rescale"] == {"number": "float64", "value": 1 / 255}


def test_a_switch_is_told_as_keras_takes_it(said: dict[str, Any]) -> None:
    assert described(said, "switch")["loader"]["generator"]["featurewise_center"] is True


def test_a_loader_s_digest_is_the_trainer_s(said: dict[str, Any]) -> None:
    assert said["digests"][0] == said["digests"][1]


def test_callbacks_with_code_of_their_own_stay(said: dict[str, Any]) -> None:
    found = said["described"]["callbacks"]
    assert found["own"] == ["Stop", "Patient", "LearningRateScheduler", "History"]
    assert [callback["part"] for callback in found["description"]["callbacks"]] == [
        "EarlyStopping", "ReduceLROnPlateau", "TerminateOnNaN",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "own"), [("monitored", ["Stop", "EarlyStopping"]), ("monitored_alone", [])]
)
def test_who_monitors_what_others_may_log_stays_with_them(
    said: dict[str, Any], case: str, own: list[str]
) -> None:
    assert said["described"][case]["own"] == own


def test_weights_of_classes_are_sorted_by_label(said: dict[str, Any]) -> None:
    weights = described(said, "class_weight")["fit"]["class_weight"]
    assert weights == [[0, 2], [1, {"number": "float32", "value": 0.5}]]


def test_a_validation_is_described(said: dict[str, Any]) -> None:
    validation = described(said, "validating")["validation"]
    assert validation["iterator"]["subset"] == "validation"
