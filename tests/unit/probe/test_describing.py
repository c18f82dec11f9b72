"""What needs no Keras of how a fit is described."""

import math
from typing import Any

import numpy as np
import pytest

from grader.probe.describing import asked, images
from grader.probe.describing.values import Undescribable, encoded
from grader.training.description import digest


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (0.5, 0.5),
        ("relu", "relu"),
        ((1, [2, 3.0]), [1, [2, 3.0]]),
        (np.bool_(1), True),
        (np.str_("rgb"), "rgb"),
        (np.int64(3), {"number": "int64", "value": 3}),
        (np.float64(0.1), {"number": "float64", "value": 0.1}),
        (np.float32(0.1), {"number": "float32", "value": float(np.float32(0.1))}),
    ],
)
def test_plain_values_are_written_down(value: Any, expected: Any) -> None:
    found = encoded(value, "it")
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (np.ones(3), "it is no plain value but ndarray"),
        (print, "it is no plain value but builtin_function_or_method"),
        (math.inf, "it is inf"),
        (np.float32("nan"), "it is nan"),
        ([0.5] * 101, "it is no plain value but list"),
        ("x" * 1001, "it is no plain value but str"),
        (1j, "it is no plain value but complex"),
        (np.complex64(1), "it is no plain value but complex64"),
        ({"a": 1}, "it is no plain value but dict"),
    ],
)
def test_what_is_no_plain_value_is_not_written_down(value: Any, reason: str) -> None:
    with pytest.raises(Undescribable, match=reason):
        encoded(value, "it")


def test_fit_without_arguments_is_what_keras_does_then() -> None:
    assert asked.describe({}) == {
        "epochs": 1, "initial_epoch": 0, "steps_per_epoch": None, "shuffle": True,
        "validation_steps": None, "validation_freq": 1, "class_weight": None,
    }  # fmt: skip


@pytest.mark.parametrize("weights", [[0.5, 0.5], {"happy": 1.0}])
def test_weights_of_classes_need_labels(weights: Any) -> None:
    with pytest.raises(Undescribable, match="class_weight is no dictionary"):
        asked.describe({"class_weight": weights})


def test_both_sides_make_the_same_digest_of_files() -> None:
    files = [("sad/é\udcff.png", 1), ("happy/1.png", 0)]
    assert images.digest(files) == digest(files)
