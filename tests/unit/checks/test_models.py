"""Layers that do nothing, as the grader marks them, are not counted."""

from typing import Any, Literal

import pytest

from grader.checks import models
from grader.evidence import Layer, Model

Idle = Literal["untrained", "without_effect", "beside", "behind_dense"]
MAPS, VECTOR = (None, 4, 4, 8), (None, 128)


def layer(kind: str, idle: Idle | None = None, **settings: Any) -> Layer:
    shape = VECTOR if kind in {"Flatten", "Dense"} else MAPS
    return Layer(name=kind.lower(), type=kind, output_shape=shape, idle=idle, settings=settings)


def model(*layers: Layer) -> Model:
    return Model(kind="model", key="m", type="Functional", layers=layers)


def conv(idle: Idle | None = None, strides: int = 1) -> Layer:
    return layer("Conv2D", idle, strides=(strides, strides))


def pool(idle: Idle | None = None, size: int = 2, strides: int = 2) -> Layer:
    return layer("MaxPooling2D", idle, pool_size=(size, size), strides=(strides, strides))


@pytest.mark.parametrize(
    ("layers", "found"),
    [
        ((conv(), pool(), conv(), conv()), "3 convolutions, 1 downsampling between"),
        (
            (conv(), pool(), conv(), conv("without_effect")),
            "2 convolutions, 1 downsampling between (1 more changes nothing in the output)",
        ),
        (
            (conv("untrained"), conv("untrained"), conv(strides=2), pool(), conv()),
            "2 convolutions, 2 downsampling between (2 more are not trained)",
        ),
        (
            (conv("untrained"), conv("without_effect"), conv("without_effect")),
            (
                "0 convolutions, no downsampling between "
                "(1 more is not trained, 2 more change nothing in the output)"
            ),
        ),
        (
            (conv(), conv(), conv(), pool(), conv("untrained")),
            "3 convolutions, no downsampling between",
        ),
        (
            (conv(), pool(), conv(), conv("behind_dense")),
            "2 convolutions, 1 downsampling between (1 more comes behind a dense layer)",
        ),
        ((conv(), pool("beside"), conv(), conv()), "3 convolutions, no downsampling between"),
        ((conv(), pool("without_effect"), conv()), "2 convolutions, no downsampling between"),
        ((conv(), pool(size=1, strides=1), conv()), "2 convolutions, no downsampling between"),
        ((conv(), pool(size=1), conv()), "2 convolutions, 1 downsampling between"),
        ((conv(), pool(strides=1), conv()), "2 convolutions, 1 downsampling between"),
        ((conv(), layer("MaxPooling2D"), conv()), "2 convolutions, 1 downsampling between"),
    ],
)
def test_convolutions_are_counted_that_do_something(layers: tuple[Layer, ...], found: str) -> None:
    assert models.convolutions(model(*layers), 3).actual == found


@pytest.mark.parametrize(
    ("layers", "found"),
    [
        ((conv(), pool()), "1 convolution, 1 downsampling from there on"),
        ((conv(strides=2),), "1 convolution, 1 downsampling from there on"),
        (
            (conv(), layer("GlobalAveragePooling2D")),
            "1 convolution, 1 downsampling from there on",
        ),
        ((pool(), conv()), "1 convolution, no downsampling from there on"),
        ((layer("Flatten"), layer("Dense")), "0 convolutions, no downsampling from there on"),
        ((conv(), pool("without_effect")), "1 convolution, no downsampling from there on"),
    ],
)
def test_where_one_is_enough_downsampling_may_come_after_it(
    layers: tuple[Layer, ...], found: str
) -> None:
    told = models.convolutions(model(*layers), 1)
    assert (told.actual, told.met) == (found, found.startswith("1 convolution, 1"))


OUT = layer("Dense", activation="sigmoid")


@pytest.mark.parametrize(
    ("layers", "found", "met"),
    [
        ((conv(), layer("Activation", activation="relu"), OUT), "relu", True),
        ((layer("Conv2D", activation="relu"), layer("Flatten"), OUT), "relu", True),
        ((conv(), layer("LeakyReLU"), layer("Flatten"), OUT), "LeakyReLU", True),
        ((conv(), layer("Dense", activation="tanh"), OUT), "tanh", True),
        ((conv(), pool(), layer("Flatten"), OUT), "none", False),
        ((conv(), layer("Dense"), layer("Activation", activation="sigmoid")), "none", False),
        ((layer("Conv2D", activation="linear"), layer("Flatten"), OUT), "none", False),
        ((layer("Activation", activation="relu"), conv(), layer("Flatten"), OUT), "none", False),
        ((layer("Flatten"), layer("Dense", activation="relu"), OUT), "no convolution", False),
        ((conv(), layer("Activation", "without_effect", activation="relu"), OUT), "none", False),
    ],
)
def test_an_activation_comes_between_convolution_and_output(
    layers: tuple[Layer, ...],
    found: str,
    met: bool,  # noqa: FBT001
) -> None:
    told = models.activated(model(*layers))
    assert (told.actual, told.met) == (found, met)


def test_a_flattening_without_effect_flattens_nothing() -> None:
    layers = (conv(), layer("Flatten", "without_effect"), layer("Dense"))
    assert not models.flattened(model(*layers)).met


def test_a_dense_layer_without_effect_on_maps_does_no_harm() -> None:
    layers = (conv(), layer("Dense", "without_effect"), layer("Flatten"), layer("Dense"))
    assert models.flattened(model(*layers)).met


@pytest.mark.parametrize(
    ("counts", "met", "found"),
    [
        ((60, 40), True, "100 parameters"),
        ((60, 41), False, "101 parameters"),
        ((1_200, None), False, "1,200 parameters"),
        ((None,), False, "a model that is not built"),
        ((), False, "a model that is not built"),
    ],
)
def test_the_parameters_of_all_layers_are_counted(
    counts: tuple[int | None, ...], *, met: bool, found: str
) -> None:
    layers = [layer("Dense").model_copy(update={"parameters": count}) for count in counts]
    expectation = models.at_most_parameters(model(*layers), 100)
    assert (expectation.met, expectation.actual) == (met, found)


MEAN, MAXIMUM = layer("GlobalAveragePooling2D"), layer("GlobalMaxPooling2D")


@pytest.mark.parametrize(
    ("activation", "pooling", "found"),
    [
        ("sigmoid", (MEAN,), "sigmoid"),
        ("sigmoid", (MAXIMUM,), "sigmoid"),
        ("sigmoid", (pool(), MEAN, layer("Flatten")), "sigmoid"),
        ("softmax", (MEAN,), "softmax"),
        # The largest numbers of several softmaxes sum to more than 1.
        ("softmax", (MAXIMUM,), "linear"),
        ("softmax", (pool(), MEAN), "linear"),
        ("relu", (MEAN,), "linear"),
        ("linear", (MEAN,), "linear"),
    ],
)
def test_an_output_that_is_pooled_has_the_activation_whose_range_it_keeps(
    activation: str, pooling: tuple[Layer, ...], found: str
) -> None:
    assert models.activation(model(layer("Conv2D", activation=activation), *pooling)) == found
