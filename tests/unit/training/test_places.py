"""Which convolutions see the places of an image, and which what a dense layer has made of it."""

import json
from typing import Any

import pytest
from descriptions import description, layer

from grader.training.accept import accept
from grader.training.places import behind_dense
from grader.training.size import measure

CONV = layer("Conv2D", filters=2, kernel_size=[1, 1], activation="relu")
FLAT = layer("Flatten")
OUT = layer("Dense", units=1, activation="sigmoid")
Layers = list[dict[str, Any]]


def found(layers: Layers) -> list[int]:
    architecture = accept(json.dumps(description(*layers)).encode()).architecture
    return behind_dense(architecture, measure(architecture).shapes)


def shaped(*target: int) -> dict[str, Any]:
    return layer("Reshape", target_shape=list(target))


def dense(units: int, *inputs: int) -> dict[str, Any]:
    return layer("Dense", *inputs, units=units)


BEHIND: dict[str, tuple[Layers, list[int]]] = {
    "a flat image": ([FLAT, dense(4), shaped(2, 2, 1), CONV, CONV, FLAT, OUT], [4, 5]),
    "a dense layer that restores the size": (
        [FLAT, dense(24 * 24 * 3), shaped(24, 24, 3), CONV, FLAT, OUT], [4],
    ),
    "activations between": (
        [
            FLAT, layer("Dropout", rate=0.1), dense(4), layer("ReLU"), shaped(2, 2, 1), CONV,
            FLAT, OUT,
        ],
        [6],
    ),
    "a long row": (
        [shaped(1728, 1), shaped(1, 1728), dense(4), shaped(2, 2, 1), CONV, FLAT, OUT], [5],
    ),
    "all in one place": ([shaped(1, 1, 1728), CONV, CONV, FLAT, OUT], [2, 3]),
    "convolutions before as well": ([CONV, FLAT, dense(4), shaped(2, 2, 1), CONV, FLAT, OUT], [5]),
    "both branches": (
        [
            FLAT, dense(4), shaped(2, 2, 1), dense(4, 2), shaped(2, 2, 1), layer("Add", 3, 5),
            CONV, FLAT, OUT,
        ],
        [7],
    ),
}  # fmt: skip
NOT_BEHIND: dict[str, Layers] = {
    "an image that is put in its own shape": [shaped(24, 24, 3), CONV, FLAT, OUT],
    "an image that is flattened and put in order again": [
        FLAT, layer("Rescaling", scale=1.0), shaped(24, 24, 3), CONV, FLAT, OUT,
    ],
    "a dense layer at each place": [dense(4), CONV, dense(4), CONV, FLAT, OUT],
    "a gate of dense layers": [
        CONV, layer("GlobalAveragePooling2D"), dense(2), shaped(1, 1, 2), layer("Multiply", 1, 4),
        CONV, FLAT, OUT,
    ],
    "a gate of convolutions": [
        CONV, layer("GlobalAveragePooling2D", keepdims=True), CONV, layer("Multiply", 1, 3), CONV,
        FLAT, OUT,
    ],
    "what is cut out, made smaller and larger": [
        layer("Cropping2D", cropping=[[2, 2], [2, 2]]), layer("MaxPooling2D"), CONV,
        layer("UpSampling2D"), CONV, layer("ZeroPadding2D"), CONV, FLAT, OUT,
    ],
    "two that are put together": [
        CONV, layer("Conv2D", 0, filters=2, kernel_size=[1, 1]), layer("Concatenate", 1, 2), CONV,
        FLAT, OUT,
    ],
}  # fmt: skip


@pytest.mark.parametrize(("layers", "places"), BEHIND.values(), ids=BEHIND)
def test_convolutions_of_what_a_dense_layer_made_of_all_places_are_found(
    layers: Layers, places: list[int]
) -> None:
    assert found(layers) == places


@pytest.mark.parametrize("layers", NOT_BEHIND.values(), ids=NOT_BEHIND)
def test_convolutions_of_maps_with_the_places_of_the_image_are_not(layers: Layers) -> None:
    assert found(layers) == []
