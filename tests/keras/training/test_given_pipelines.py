"""``tf.data`` datasets that ``fit`` is given are described as they were made, or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pipelines import DESCRIBED, OTHERS, REASONS, SEEDED

SCRIPT = Path(__file__).with_name("given_pipelines.py")
Seen = dict[str, Any]
USUAL, LEAST = 40, 34


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    shared = str(SCRIPT.parents[2] / "shared")
    environment = os.environ | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": shared}
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path_factory.mktemp("images"))],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    found: Seen = json.loads(ended.stdout.splitlines()[-1])
    return found


def test_most_of_the_usual_ways_are_described(seen: Seen) -> None:
    assert len(DESCRIBED) >= USUAL
    assert sum("described" in seen["ways"][way] for way in DESCRIBED) >= LEAST


@pytest.mark.parametrize("way", DESCRIBED)
def test_what_is_made_again_yields_the_same_to_the_last_bit(seen: Seen, way: str) -> None:
    found = seen["ways"][way]
    assert found.get("differs") == [] or found["reason"]


@pytest.mark.parametrize("way", OTHERS)
def test_what_was_made_in_another_way_has_a_reason(seen: Seen, way: str) -> None:
    assert REASONS[way] in seen["ways"][way]["reason"]


@pytest.mark.parametrize("way", SEEDED)
def test_a_dataset_that_is_watched_yields_what_it_did(seen: Seen, way: str) -> None:
    assert seen["watched"][way] == []


@pytest.mark.parametrize("way", SEEDED)
def test_a_dataset_that_was_described_yields_what_it_did(seen: Seen, way: str) -> None:
    assert seen["undisturbed"][way] == []


def test_a_dataset_of_both_has_one_number_in_both(seen: Seen) -> None:
    train, val = seen["ways"]["taken_and_skipped"]["described"]
    numbers = [[node["number"] for node in each["nodes"]] for each in (train, val)]
    assert numbers == [[0, 1, 2], [0, 1, 3]]


def test_a_cache_that_was_looked_at_is_described_as_an_empty_one(seen: Seen) -> None:
    assert seen["looked_at"] == seen["ways"]["parts_of_a_cache"]["described"]


def test_a_cache_that_was_filled_is_described_as_such(seen: Seen) -> None:
    train, val = seen["ways"]["parts_of_a_cache_that_was_filled"]["described"]
    filled = {"part": "cache", "arguments": {"filled": True}}
    assert [each["nodes"][1]["made"] for each in (train, val)] == [filled, filled]
