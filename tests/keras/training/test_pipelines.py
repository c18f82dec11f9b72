"""What the trainer makes of ``tf.data`` datasets: labels, images, and how many it has shown."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("pipeline_facts.py")
Facts = dict[str, Any]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    shared = str(SCRIPT.parents[2] / "shared")
    environment = os.environ | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": shared}
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path_factory.mktemp("images"))],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    found: Facts = json.loads(ended.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("what", ["labels", "one_hot"])
def test_labels_are_exchanged(facts: Facts, what: str) -> None:
    assert facts["exchanged"][what]


@pytest.mark.parametrize("what", ["images_stay", "images_turn"])
def test_images_are_turned_only_where_they_are_to_be(facts: Facts, what: str) -> None:
    assert facts["exchanged"][what]


@pytest.mark.parametrize("name", ["augmented", "cast_and_divided", "grey"])
def test_all_images_of_the_folder_are_measured(facts: Facts, name: str) -> None:
    found = facts["measured"][name]
    assert (found["images"], found["classes"]) == (facts["there"], [20, 20])


def test_they_are_scaled_as_those_that_are_trained_on(facts: Facts) -> None:
    most = {name: found["most"] for name, found in facts["measured"].items()}
    assert most["cast_and_divided"] <= 1.0
    assert most["augmented"] > 200


def test_nothing_is_done_to_them_at_random(facts: Facts) -> None:
    assert facts["measured"]["augmented"]["steady"]


def test_images_that_are_bytes_are_measured_as_numbers(facts: Facts) -> None:
    assert facts["measured"]["grey"]["dtype"] == "float32"


def test_the_images_of_each_batch_are_counted_once_it_was_trained_on(facts: Facts) -> None:
    assert facts["counted"] == [8, 16, 24]


def test_it_is_known_how_many_there_are(facts: Facts) -> None:
    assert facts["sizes"] == [32, 16, None]


def test_a_dataset_of_other_files_is_not_trained_on(facts: Facts) -> None:
    assert facts["other"] == (
        "the loader does not list the files of the dataset, each once, and no others"
    )
