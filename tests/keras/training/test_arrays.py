"""What the trainer tells of trainings on arrays: what they showed, and what their weights know."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("arrayed_facts.py")
SHARED = Path(__file__).parents[2] / "shared"
MADE_OF = "OtherImages: the arrays were made of the samples of digits/test; those to train on are"


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    ended = subprocess.run(
        [sys.executable, str(SCRIPT)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | threads | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": str(SHARED)},
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize(
    ("name", "images"),
    [
        ("dense", [250, 250, 250]),
        ("validation_split", [200, 200, 200]),
        ("train_test_split", [200, 200, 200]),
        # The third epoch ends where the samples do.
        ("some_steps", [96, 96, 58]),
        ("unshuffled", [250, 250, 250]),
    ],
)
def test_an_epoch_has_shown_so_many_samples(
    facts: dict[str, Any], name: str, images: list[int]
) -> None:
    assert facts["shown"][name]["images"] == images


def test_all_samples_of_the_split_are_measured(facts: dict[str, Any]) -> None:
    assert {each["of"] for each in facts["shown"].values()} == {250}


def test_logs_tell_of_all_samples_where_all_are_shown_in_mixed_order(facts: dict[str, Any]) -> None:
    assert [name for name, each in facts["shown"].items() if each["telling"]] == ["dense"]


@pytest.mark.parametrize(("name", "batch"), [("dense", 32), ("validation_split", 30)])
def test_it_is_told_what_fit_was_given(facts: dict[str, Any], name: str, batch: int) -> None:
    told = facts["shown"][name]
    assert (told["type"], told["batch_size"]) == ("ndarray", batch)


def test_what_is_held_back_is_not_among_what_was_given(facts: dict[str, Any]) -> None:
    assert facts["shown"]["validation_split"]["seen"] == 200


def test_weights_are_measured_before_and_after(facts: dict[str, Any]) -> None:
    before, after = facts["learnt"]["measured"]
    assert before < 0.5
    assert after > 0.9


def test_they_are_measured_on_the_split_for_validation(facts: dict[str, Any]) -> None:
    images, before, after = facts["learnt"]["validated"]
    assert images == 70
    assert before < 0.5
    assert after > 0.9


def test_exchanged_labels_are_learnt_upside_down_by_what_learns(facts: dict[str, Any]) -> None:
    assert facts["learnt"]["exchanged"] > 0.9


@pytest.mark.parametrize("what", ["labels", "labels_to_validate_with", "weights", "upside_down"])
def test_labels_are_exchanged_before_anything_is_made_of_them(
    facts: dict[str, Any], what: str
) -> None:
    assert facts["exchange"][what] is True


@pytest.mark.parametrize("what", ["by_training", "labels", "all_by_those_that_are_trained_on"])
def test_what_is_measured_is_prepared_as_what_is_trained_on(
    facts: dict[str, Any], what: str
) -> None:
    assert facts["alike"][what] is True


def test_another_split_is_not_trained_on(facts: dict[str, Any]) -> None:
    assert facts["refusals"]["another_split"] == f"{MADE_OF} of digits/train"


def test_arrays_are_not_trained_on_in_the_place_of_class_folders(facts: dict[str, Any]) -> None:
    assert facts["refusals"]["among_files"] == f"{MADE_OF} in class folders"


def test_where_only_arrays_are_any_of_them_can_be_trained_on(facts: dict[str, Any]) -> None:
    assert facts["refusals"]["only_arrays"] == "trained"


@pytest.mark.parametrize("which", ["on_any", "on_any_among_files"])
def test_where_no_function_is_to_train_any_arrays_can_be_trained_on(
    facts: dict[str, Any], which: str
) -> None:
    assert facts["refusals"][which] == "trained"


def test_only_arrays_of_the_dataset_are_measured_as_those_are_that_are_trained_on(
    facts: dict[str, Any],
) -> None:
    assert facts["refusals"]["no_such_split"] == [True, False, False]


def test_who_validates_with_what_is_trained_on_is_told_so(facts: dict[str, Any]) -> None:
    same = {name for name, found in facts["same"].items() if found}
    assert same == {"the_same", "a_part_of_them"}
