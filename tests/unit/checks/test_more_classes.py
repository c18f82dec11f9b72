"""Labels, outputs and losses of more classes than two."""

from typing import Any

import pytest

from grader.checks.compilations import loss_fits
from grader.checks.models import class_output
from grader.evidence import Compilation, Layer, Loader, Model
from grader.kinds.loader.view import class_labels

TEN = 10
VECTORS = {"label_shape": (20, TEN), "labels": (0.0, 1.0)}


def loader(**fields: Any) -> Loader:
    return Loader.model_validate({"kind": "loader", "name": "load", "type": "Own"} | fields)


def model(units: int, activation: str) -> Model:
    layer = Layer.model_validate(
        {
            "name": "dense",
            "type": "Dense",
            "output_shape": (None, units),
            "settings": {"units": units, "activation": activation},
        }
    )
    return Model(kind="model", key="m", type="Sequential", layers=(layer,))


@pytest.mark.parametrize(
    ("fields", "met"),
    [
        ({"class_mode": "sparse"}, True),
        ({"class_mode": "categorical"}, True),
        ({"class_mode": "binary"}, False),
        ({"class_mode": "input"}, False),
        ({"label_shape": (20,), "labels": (0.0, 4.0, 9.0)}, True),
        ({"label_shape": (20,), "labels": (1.0, 10.0)}, False),
        ({"label_shape": (20,), "labels": (0.5,)}, False),
        (VECTORS, True),
        (VECTORS | {"label_shape": (20, 9)}, False),
        ({}, False),
    ],
)
def test_labels_tell_ten_classes_apart(fields: dict[str, Any], *, met: bool) -> None:
    assert class_labels(loader(**fields), TEN).met == met


@pytest.mark.parametrize(
    ("units", "activation", "from_logits", "met"),
    [
        (10, "softmax", False, True),
        (10, "linear", True, True),
        (10, "softmax", None, True),
        (10, "linear", None, True),
        (10, "softmax", True, False),
        (10, "linear", False, False),
        (10, "sigmoid", False, False),
        (9, "softmax", False, False),
        (1, "sigmoid", False, False),
    ],
)
def test_an_output_suits_ten_classes(
    units: int, activation: str, *, from_logits: bool | None, met: bool
) -> None:
    assert class_output(model(units, activation), TEN, from_logits=from_logits).met == met


@pytest.mark.parametrize(
    ("loss", "units", "hot", "met"),
    [
        ("sparse_categorical_crossentropy", 10, False, True),
        ("categorical_crossentropy", 10, True, True),
        ("categorical_crossentropy", 10, False, False),
        ("sparse_categorical_crossentropy", 10, True, False),
        ("binary_crossentropy", 1, False, False),
    ],
)
def test_a_loss_suits_ten_classes(loss: str, units: int, *, hot: bool, met: bool) -> None:
    compilation = Compilation(loss=loss)
    made = loss_fits(model(units, "softmax"), compilation, one_hot=hot, classes=TEN)
    assert made.met == met


def test_a_loss_for_one_output_is_told_how_many_ten_classes_need() -> None:
    compilation = Compilation(loss="binary_crossentropy")
    found = loss_fits(model(1, "sigmoid"), compilation, one_hot=False, classes=TEN)
    assert found.expected == "SparseCategoricalCrossentropy for 10 outputs"
