"""Keras while it is watched, and as it is: a notebook can tell no difference."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("fingerprints.py")
WATCHED = ["watched", "connected"]
# Of these alone, the code is another: it calls the hooks of the probe.
HOOKED = [
    "CallbackList.on_train_begin", "Layer.load_own_variables", "Layer.set_weights",
    "Model.load_weights", "TensorFlowTrainer.fit", "Trainer.compile", "Variable.assign",
    "Variable.assign_add", "Variable.assign_sub", "load_img",
]  # fmt: skip
# How layers and datasets are made, which is told to the grader that trains.
MAKING = [
    "DatasetV2.__iter__", "DatasetV2.batch", "DatasetV2.cache", "DatasetV2.concatenate",
    "DatasetV2.map", "DatasetV2.prefetch", "DatasetV2.reduce", "DatasetV2.repeat",
    "DatasetV2.shuffle", "DatasetV2.skip", "DatasetV2.take", "DatasetV2.unbatch",
    "Layer.__call__", "Layer.__new__", "OwnedIterator._next_internal",
    "image_dataset_from_directory",
]  # fmt: skip


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """Return what could be told of Keras, by the way in which it was there."""
    shared = str(SCRIPT.parents[1] / "shared")
    environment = os.environ | {"PYTHONPATH": shared, "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, str(SCRIPT), "plainly", *WATCHED, "replaced"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ended.returncode == 0, ended.stderr
    return dict(json.loads(ended.stdout.splitlines()[-1]))


def different(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    names = first.keys() | second.keys()
    pairs = {name: (first.get(name), second.get(name)) for name in sorted(names)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("way", WATCHED)
def test_all_that_keras_shows_is_the_same(told: dict[str, Any], way: str) -> None:
    assert different(told["plainly"]["walk"], told[way]["walk"]) == {}


@pytest.mark.parametrize("way", WATCHED)
def test_all_that_is_done_with_keras_ends_the_same(told: dict[str, Any], way: str) -> None:
    assert different(told["plainly"]["uses"], told[way]["uses"]) == {}


@pytest.mark.parametrize(
    ("way", "hooked"),
    [("plainly", []), ("watched", HOOKED), ("connected", sorted([*HOOKED, *MAKING]))],
)
def test_only_the_code_of_what_is_watched_is_another(
    told: dict[str, Any], way: str, hooked: list[str]
) -> None:
    assert told[way]["hooked"] == hooked


@pytest.mark.parametrize(
    "path",
    [
        "keras.Model.__mro__.TensorFlowTrainer.fit",
        "keras.Model.__mro__.TensorFlowTrainer.fit.__wrapped__",
        "keras.Layer.set_weights",
        "keras.callbacks.EarlyStopping.on_epoch_end",
        "keras.losses.BinaryCrossentropy.__init__",
        "keras.utils.load_img",
        "tensorflow.keras.Model",
    ],
)
def test_the_comparison_gets_everywhere(told: dict[str, Any], path: str) -> None:
    assert path in told["plainly"]["walk"]


def test_the_comparison_finds_one_method_that_is_replaced(told: dict[str, Any]) -> None:
    found = different(told["plainly"]["walk"], told["replaced"]["walk"])
    assert [path for path in found if path.count(".") == 2] == ["keras.Model.compile"]


def test_what_is_loaded_is_compiled(told: dict[str, Any]) -> None:
    compiled, _, _ = told["connected"]["uses"]["saved: model.keras"]
    assert compiled == [True, "Adam", ["loss", "compile_metrics"]]


def test_no_model_is_kept_alive(told: dict[str, Any]) -> None:
    assert told["connected"]["uses"]["carried: gone"] == [True, True, True]
