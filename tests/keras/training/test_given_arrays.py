"""Arrays that ``fit`` is given are described as what they were made of, or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from prepared import DESCRIBED, OTHERS, SPLITS, TRAINED, VALIDATED

from grader.preparation.exact import same
from grader.preparation.rebuild import rebuild
from grader.preparation.records import LabelledArrays
from grader.training.prepared import ArrayShape, SplitShapes, accept_preparation

SCRIPT = Path(__file__).with_name("given_arrays.py")
Seen = dict[str, Any]
USUAL, LEAST = 40, 36
REASONS = {
    "labels_changed": "labels in y are not made of those that the dataset has for x",
    "one_label_changed": "labels in y are not made of those that the dataset has for x",
    "one_sample_changed": "samples of x are none of the dataset's",
    "labels_in_pixels": "values of x were computed in a way that the grader does not know",
    "labels_as_images": "samples of x are none of the dataset's",
    "test_samples_added": "x has 300 samples, and train of the dataset has 240",
    "labels_of_the_test": "labels in y are not made of those that the dataset has for x",
    "weights_of_samples": "sample_weight differs between samples of the same label",
    "weights_in_a_column": "sample_weight is no array with a weight for each sample",
    "weights_of_validation": "validation_data is other than samples and labels",
    "validation_changed": "validation_data: samples of x are none of the dataset's",
    "split_in_single": "validation_split is no number of Python's",
    "split_of_all": "validation_split leaves one of the two without samples",
    "size": "batch_size is no whole number",
}


def shapes(arrays: LabelledArrays) -> SplitShapes:
    x, y = (ArrayShape(each.shape, each.dtype.name) for each in (arrays.x, arrays.y))
    return SplitShapes(x, y)


SHAPES = {name: shapes(arrays) for name, arrays in SPLITS.items()}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    shared = str(SCRIPT.parents[2] / "shared")
    environment = os.environ | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": shared}
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path_factory.mktemp("arrays"))],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    found: Seen = json.loads(ended.stdout.splitlines()[-1])
    return found


def made_again(described: Any) -> LabelledArrays:
    return rebuild(accept_preparation(json.dumps(described).encode(), SHAPES), SPLITS)


def is_right(way: str, described: Any) -> bool:
    again, (x, y) = made_again(described), DESCRIBED[way]()
    return same(again.x, x) and same(again.y, y)


def test_most_of_the_usual_ways_are_described(seen: Seen) -> None:
    described = [way for way in DESCRIBED if seen["ways"][way]["path"] == "grader"]
    assert len(DESCRIBED) >= USUAL
    assert len(described) >= LEAST


@pytest.mark.parametrize("way", DESCRIBED)
def test_none_of_them_is_described_wrongly(seen: Seen, way: str) -> None:
    found = seen["ways"][way]
    assert is_right(way, found["asked"]["loader"]) if found["asked"] else found["reason"]


@pytest.mark.parametrize("way", OTHERS)
def test_what_was_made_in_another_way_trains_where_it_is(seen: Seen, way: str) -> None:
    found = seen["ways"][way]
    assert (found["path"], found["asked"]) == ("kernel", [])
    assert OTHERS[way][1] in found["reason"]


@pytest.mark.parametrize("case", REASONS)
def test_what_is_not_described_has_a_reason(seen: Seen, case: str) -> None:
    found = {**seen["ways"], **seen["cases"]}[case]
    assert (found["path"], found["asked"]) == ("kernel", [])
    assert REASONS[case] in found["reason"]


def test_samples_of_the_test_are_described_as_such(seen: Seen) -> None:
    assert seen["ways"]["test_samples"]["asked"]["loader"]["split"] == "test"


def test_samples_of_one_class_are_described_as_some_of_all(seen: Seen) -> None:
    rows = seen["ways"]["one_class"]["asked"]["loader"]["rows"]
    assert rows["numbers"] == [n for n, label in enumerate(SPLITS["train"].y) if label == 3]


@pytest.mark.parametrize("case", ["tensors", "mapped"])
def test_what_keras_takes_for_an_array_is_described_as_one(seen: Seen, case: str) -> None:
    assert is_right("cast_and_divided", seen["cases"][case]["asked"]["loader"])


def rebuilt(described: Any) -> tuple[int, ...]:
    return made_again(described).x.shape[1:]


def test_samples_are_described_as_the_model_is_given_them(seen: Seen) -> None:
    found = seen["cases"]["channel_left_out"]["asked"]
    assert rebuilt(seen["cases"]["channel_added"]["asked"]["loader"]) == (28, 28, 1)
    assert [rebuilt(found[name]) for name in ("loader", "validation")] == [(28, 28)] * 2


# What else is said of them


def asked(seen: Seen, case: str) -> Seen:
    usual = ("epochs", "initial_epoch", "shuffle", "validation_freq")
    found = seen["cases"][case]["asked"]["fit"].items()
    return {name: value for name, value in found if name not in usual and value is not None}


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("batches", {"batch_size": 50}),
        ("steps", {"steps_per_epoch": 7}),
        ("of_train_test_split", {"batch_size": 64, "validation_batch_size": 16}),
        ("validation_steps", {"validation_steps": 2}),
        ("validation_split", {"batch_size": 10, "validation_split": 0.2}),
        ("split_in_double", {"validation_split": 0.1}),
        ("split_of_nothing", {}),
        ("sample_weight", {"sample_weight": [[n, 2.0 if n == 3 else 0.5] for n in range(10)]}),
        ("class_weight", {"class_weight": [[3, 2.0]]}),
    ],
)
def test_the_arguments_of_fit_are_told(seen: Seen, case: str, said: Seen) -> None:
    assert asked(seen, case) == said


@pytest.mark.parametrize(
    ("case", "split"),
    [("validation", "test"), ("validation_in_a_list", "train"), ("split_of_nothing", "test")],
)
def test_what_is_validated_with_is_described(seen: Seen, case: str, split: str) -> None:
    assert seen["cases"][case]["asked"]["validation"]["split"] == split


def test_both_parts_of_train_test_split_are_told(seen: Seen) -> None:
    found = seen["cases"]["of_train_test_split"]["asked"]
    rows = [found[name]["rows"]["numbers"] for name in ("loader", "validation")]
    assert rows == [TRAINED.tolist(), VALIDATED.tolist()]


# Afterwards


@pytest.mark.parametrize(
    "case",
    ["validation", "of_train_test_split", "steps", "channel_added", "validation_split", "batches"],
)
@pytest.mark.parametrize("what", ["params", "epoch", "names", "metrics", "input_shape"])
def test_what_is_left_is_what_keras_leaves(seen: Seen, case: str, what: str) -> None:
    plainly, by_the_grader = seen["alike"][case]
    assert by_the_grader[what] == plainly[what]
