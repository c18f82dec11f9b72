"""Layers of models of own classes are those that are called, in the order of their calls."""
# mypy: disable-error-code="misc, untyped-decorator"

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from grader.checks import models as checks
from grader.evidence import Model
from grader.probe import call_order

IMAGES = np.linspace(0, 1, 2 * 40 * 40 * 3, dtype="float32").reshape(2, 40, 40, 3)
POOLED = ["Conv2D", "MaxPooling2D"]
USUAL = [*POOLED, *POOLED, "Conv2D", "MaxPooling2D", "Flatten", "Dense"]
Call = Callable[[Any, Any], Any]
# Keras remarks on models that were never built; where the probe looks at one, it was trained.
pytestmark = pytest.mark.filterwarnings("ignore:.*build.*:UserWarning")


class Assigned(keras.Model):
    """Layers in another order than that of their calls; one pooling layer for all of them."""

    def __init__(self, call: Call) -> None:
        super().__init__()
        self.out = layers.Dense(1, activation="sigmoid")
        self.plain = layers.Dense(1)
        self.flat = layers.Flatten()
        self.convolutions = [layers.Conv2D(4, 3) for _ in range(3)]
        self.pool = layers.MaxPooling2D()
        self._body = call

    def call(self, inputs: Any) -> Any:
        return self._body(self, inputs)


class Block(layers.Layer):
    """A convolution and its pooling, as a layer of an own class."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = [layers.Conv2D(4, 3), layers.MaxPooling2D()]

    def call(self, inputs: Any) -> Any:
        return self.inside[1](self.inside[0](inputs))


def maps(model: Any, values: Any) -> Any:
    for convolution in model.convolutions:
        values = model.pool(convolution(values))
    return values


def pooled_by_function(model: Any, values: Any) -> Any:
    for convolution in model.convolutions:
        values = tf.nn.max_pool2d(convolution(values), 2, 2, "VALID")
    return model.out(model.flat(values))


def reshaped(model: Any, values: Any) -> Any:
    return model.out(tf.reshape(maps(model, values), (-1, 3 * 3 * 4)))


def averaged(model: Any, values: Any) -> Any:
    return model.out(tf.reduce_mean(maps(model, values), axis=(1, 2)))


def squashed(model: Any, values: Any) -> Any:
    return tf.nn.sigmoid(model.plain(model.flat(maps(model, values))))


def shared(model: Any, values: Any) -> Any:
    return model.out(model.flat(maps(model, values)))


def blocks() -> Any:
    tail = [layers.Flatten(), layers.Dense(1, activation="sigmoid")]
    return keras.Sequential([keras.Input((40, 40, 3)), Block(), Block(), Block(), *tail])


def nested() -> Any:
    inside = Assigned(maps)
    tail = [layers.Flatten(), layers.Dense(1, activation="sigmoid")]
    return keras.Sequential([keras.Input((40, 40, 3)), inside, *tail])


def functional() -> Any:
    start = values = keras.Input((40, 40, 3))
    for _ in range(3):
        values = layers.MaxPooling2D()(keras.activations.relu(layers.Conv2D(4, 3)(values)))
    ended = layers.Dense(1)(layers.Flatten()(values))
    return keras.Model(start, keras.ops.sigmoid(ended))


def pooled_again() -> Any:
    start = values = keras.Input((40, 40, 3))
    pool = layers.MaxPooling2D()
    for _ in range(3):
        values = pool(layers.Conv2D(4, 3)(values))
    return keras.Model(start, layers.Dense(1, activation="sigmoid")(layers.Flatten()(values)))


class Compiled(Assigned):
    """A model whose call TensorFlow makes a graph of."""

    @tf.function
    def call(self, inputs: Any) -> Any:
        return super().call(inputs)


MODELS: dict[str, Callable[[], Any]] = {
    "one pooling layer for all": lambda: Assigned(shared),
    "pooled by a function": lambda: Assigned(pooled_by_function),
    "flattened by a function": lambda: Assigned(reshaped),
    "averaged by a function": lambda: Assigned(averaged),
    "a sigmoid by a function": lambda: Assigned(squashed),
    "a graph by TensorFlow": lambda: Compiled(shared),
    "blocks as layers": blocks,
    "a model of an own class within another": nested,
    "one pooling layer in a functional model": pooled_again,
    "functions in a functional model": functional,
}


def described(model: Any) -> Model:
    found = call_order.describe(model, IMAGES)
    assert found is not None
    return Model(kind="model", key="model-0", **found)


@pytest.mark.parametrize("name", MODELS)
def test_its_structure_is_judged_by_what_it_calls(name: str) -> None:
    model = MODELS[name]()
    found = described(model)
    structure = (
        checks.takes_images(found, (40, 40, 3)),
        checks.convolutions(found, 3),
        checks.flattened(found),
        checks.two_class_output(found, from_logits=False),
    )
    assert call_order.is_needed(model)
    assert [each.actual for each in structure if not each.met] == []


@pytest.mark.parametrize("name", ["one pooling layer for all", "blocks as layers"])
def test_layers_are_listed_as_often_as_they_are_called(name: str) -> None:
    assert [layer.type for layer in described(MODELS[name]()).layers] == USUAL


def test_weights_that_are_used_again_are_counted_once() -> None:
    again = Assigned(lambda model, values: model.plain(model.plain(model.flat(values)[:, :1])))
    assert [layer.parameters for layer in described(again).layers] == [0, 2, 0]


def test_convolutions_without_downsampling_are_still_found_so() -> None:
    def flat(model: Any, values: Any) -> Any:
        for convolution in model.convolutions:
            values = convolution(values)
        return model.out(model.flat(values))

    assert checks.convolutions(described(Assigned(flat)), 3).met is False


def test_a_dense_layer_on_maps_is_still_found_so() -> None:
    mapped = Assigned(lambda model, values: model.flat(model.out(maps(model, values))))
    assert checks.flattened(described(mapped)).met is False


def test_an_output_without_activation_is_still_found_so() -> None:
    linear = described(Assigned(lambda model, values: model.plain(model.flat(values))))
    assert checks.activation(linear) == "linear"


def test_a_model_that_fails_is_not_described() -> None:
    def fails(_: Any, __: Any) -> Any:
        raise RuntimeError("a student's model")

    assert call_order.describe(Assigned(fails), IMAGES) is None


def test_nothing_of_it_stays_with_the_model() -> None:
    model = blocks()
    before = [each.numpy() for each in model.weights]
    call_order.describe(model, IMAGES)
    assert tf.config.functions_run_eagerly() is False
    assert not any("call" in vars(layer) for layer in model._flatten_layers())
    assert all(map(np.array_equal, before, (each.numpy() for each in model.weights)))


def test_a_usual_model_need_not_be_called() -> None:
    assert not call_order.is_needed(keras.Sequential([keras.Input((40, 40, 3)), layers.Flatten()]))
