"""Losses and metrics of the notebook's own are told from Keras', whatever they are called."""
# mypy: disable-error-code="misc"

import functools
from typing import Any

import keras
import pytest
from keras import losses, metrics

from grader.probe import compilations


class BinaryCrossentropy(losses.Loss):
    def call(self, y_true: Any, y_pred: Any) -> Any:
        return keras.ops.mean(y_true - y_pred)


class Derived(losses.BinaryCrossentropy):
    pass


class Accuracy(metrics.Metric):
    def update_state(self, *_: Any, **__: Any) -> None:
        pass

    def result(self) -> Any:
        return 1.0


def binary_crossentropy(y_true: Any, y_pred: Any) -> Any:
    return losses.binary_crossentropy(y_true, y_pred)


def accuracy(y_true: Any, y_pred: Any) -> Any:
    return metrics.binary_accuracy(y_true, y_pred)


def described(**arguments: Any) -> dict[str, Any]:
    return compilations.describe(keras.Sequential(), arguments)


@pytest.mark.parametrize(
    "loss",
    [
        BinaryCrossentropy(),
        Derived(),
        binary_crossentropy,
        lambda truth, output: output - truth,
        functools.partial(binary_crossentropy),
        {"output": binary_crossentropy},
    ],
)
def test_a_loss_of_the_notebooks_own_is_told_to_be_one(loss: Any) -> None:
    assert described(loss=loss)["own_loss"] is True


@pytest.mark.parametrize(
    "loss",
    [
        "bce",
        losses.binary_crossentropy,
        losses.BinaryCrossentropy(),
        functools.partial(losses.binary_crossentropy, from_logits=True),
        [losses.BinaryCrossentropy(label_smoothing=0.1)],
        "no_such_loss",
        None,
    ],
)
def test_a_loss_of_keras_is_none_of_the_notebooks_own(loss: Any) -> None:
    assert described(loss=loss).get("own_loss", False) is False


@pytest.mark.parametrize("metric", [accuracy, Accuracy(), Accuracy(name="accuracy")])
def test_a_metric_of_the_notebooks_own_is_told_to_be_one(metric: Any) -> None:
    assert [each["own"] for each in described(metrics=[metric])["metrics"]] == [True]


@pytest.mark.parametrize(
    "metric", ["accuracy", metrics.binary_accuracy, metrics.BinaryAccuracy(name="accuracy")]
)
def test_a_metric_of_keras_is_none_of_the_notebooks_own(metric: Any) -> None:
    assert [each.get("own", False) for each in described(metrics=[metric])["metrics"]] == [False]
