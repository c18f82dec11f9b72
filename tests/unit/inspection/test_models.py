from typing import Any

import numpy as np
import pytest

from grader.evidence import Layer, Model
from grader.inspection.models import MAX_LAYERS, before_first_convolution, describe, layers


class Dense:
    """A layer as far as it is looked at."""

    name = "dense"
    built = True
    units = 4
    activation = staticmethod(abs)
    layers = None

    def count_params(self) -> int:
        return 40

    def call(self, inputs: Any) -> Any:
        return inputs + 1


class Conv2D(Dense):
    name = "conv"
    kernel_size = (3, 3)


class Unbuilt(Dense):
    built = False

    @property
    def output(self) -> Any:
        raise AttributeError("never called")


class Strange(Dense):
    padding: Any = np.zeros(3)
    strides: Any = frozenset({1})

    def count_params(self) -> int:
        raise ValueError("no weights")


class Sequential:
    """A model as far as it is looked at: layers, called one after the other."""

    input_shape = (None, 6, 5, 3)

    def __init__(self, *layers: Any) -> None:
        self.layers = list(layers)

    def __call__(self, inputs: Any, *, training: bool) -> Any:
        assert not training
        for layer in self.layers:
            inputs = layer.call(inputs) if hasattr(layer, "call") else layer(inputs, training=False)
        return inputs


class Broken(Dense):
    def call(self, _inputs: Any) -> Any:
        raise RuntimeError("a student's layer")


IMAGES = np.linspace(0, 1, 90, dtype="float32").reshape(1, 6, 5, 3)


def names(model: Any) -> list[str]:
    return [type(layer).__name__ for layer in layers(model)]


def test_nested_models_are_unfolded_in_their_place() -> None:
    model = Sequential(Dense(), Sequential(Conv2D(), Sequential(Dense())), Conv2D())
    assert names(model) == ["Dense", "Conv2D", "Dense", "Conv2D"]


def test_a_model_that_holds_itself_is_unfolded_to_an_end() -> None:
    model = Sequential(Dense())
    model.layers.append(model)
    assert len(describe(model)["layers"]) <= MAX_LAYERS


def test_a_layer_is_described_by_its_settings() -> None:
    [layer] = describe(Sequential(Conv2D()))["layers"]
    assert layer["type"] == "Conv2D"
    assert layer["bases"] == ["Conv2D", "Dense", "object"]
    assert layer["parameters"] == 40
    assert layer["settings"] == {"activation": "abs", "kernel_size": [3, 3], "units": 4}


def test_an_unbuilt_layer_has_neither_shape_nor_parameters() -> None:
    [layer] = describe(Sequential(Unbuilt()))["layers"]
    assert (layer["output_shape"], layer["parameters"]) == (None, None)


@pytest.mark.parametrize(
    "model",
    [Sequential(), Sequential(Conv2D(), Unbuilt(), Strange()), object(), Sequential(object())],
)
def test_every_description_fits_the_schema(model: Any) -> None:
    from grader.inspection.plain import plain

    Model.model_validate(plain({"kind": "model", "key": "model-0", **describe(model)}))


def test_a_setting_of_no_plain_kind_is_its_type() -> None:
    [layer] = describe(Sequential(Strange()))["layers"]
    Layer.model_validate(layer)
    assert layer["settings"]["padding"] == "ndarray"


def test_what_reaches_the_first_convolution_is_measured() -> None:
    model = Sequential(Dense(), Dense(), Conv2D(), Dense(), Conv2D())
    assert before_first_convolution(model, IMAGES) == (2.0, 3.0)


def test_a_convolution_in_a_nested_model_is_found() -> None:
    model = Sequential(Dense(), Sequential(Dense(), Conv2D()))
    assert before_first_convolution(model, IMAGES) == (2.0, 3.0)


def test_a_model_without_convolution_has_no_such_range() -> None:
    assert before_first_convolution(Sequential(Dense()), IMAGES) is None


def test_a_layer_that_fails_before_it_leaves_nothing_to_measure() -> None:
    assert before_first_convolution(Sequential(Broken(), Conv2D()), IMAGES) is None


def test_a_layer_that_fails_after_it_is_no_obstacle() -> None:
    assert before_first_convolution(Sequential(Conv2D(), Broken()), IMAGES) == (0.0, 1.0)


def test_values_that_are_no_numbers_are_no_range() -> None:
    assert before_first_convolution(Sequential(Conv2D()), IMAGES * np.nan) is None


def test_the_model_is_left_as_it_was() -> None:
    convolution = Conv2D()
    before_first_convolution(Sequential(convolution), IMAGES)
    assert "call" not in vars(convolution)


def test_a_layer_keeps_a_call_of_its_own() -> None:
    convolution = Conv2D()
    own = vars(convolution)["call"] = lambda inputs: inputs * 2
    before_first_convolution(Sequential(convolution), IMAGES)
    assert vars(convolution) == {"call": own}
