"""Builds networks at two sizes of images, and prints what Keras says of each; JSON."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import keras
from keras import layers

from grader.inspection import models

OWN, ASKED = (75, 75, 3), (151, 130, 3)


def lecture(filters: tuple[int, ...], **settings: Any) -> list[Any]:
    blocks = [
        made
        for each in filters
        for made in (layers.Conv2D(each, 3, activation="relu", **settings), layers.MaxPooling2D())
    ]
    return [*blocks, layers.Flatten(), layers.Dense(512, "relu"), layers.Dense(1, "sigmoid")]


NETWORKS: Mapping[str, Callable[[], list[Any]]] = {
    "three": lambda: lecture((16, 32, 64)),
    "four": lambda: lecture((16, 32, 64, 64)),
    "padded": lambda: lecture((8, 8), padding="same"),
    "strided": lambda: lecture((8, 8), strides=2, padding="same"),
    "dilated": lambda: lecture((8, 8), dilation_rate=2),
    "without biases": lambda: lecture((8, 8), use_bias=False),
    "scaled and augmented": lambda: [
        layers.Rescaling(1 / 255), layers.RandomFlip(), layers.RandomRotation(0.1), *lecture((8,)),
    ],
    "resized": lambda: [layers.Resizing(60, 50), *lecture((8, 16))],
    "cropped": lambda: [layers.CenterCrop(60, 50), *lecture((8, 16))],
    "separable": lambda: [
        layers.SeparableConv2D(8, 3), layers.AveragePooling2D(3), layers.DepthwiseConv2D(5),
        layers.Flatten(), layers.Dense(2),
    ],
    "normalized": lambda: [
        layers.Conv2D(8, 3), layers.BatchNormalization(), layers.ReLU(), layers.Dropout(0.1),
        layers.MaxPooling2D(3, 2), layers.BatchNormalization(scale=False, center=False),
        layers.Flatten(), layers.Dense(4), layers.BatchNormalization(), layers.Dense(1),
    ],
    "pooled to one": lambda: [
        layers.Conv2D(8, 5), layers.GlobalAveragePooling2D(), layers.Dense(2, "softmax"),
    ],
    "nested": lambda: [
        keras.Sequential([layers.Conv2D(8, 3), layers.MaxPooling2D()]),
        layers.Flatten(), layers.Dense(1),
    ],
    "enlarged": lambda: [
        layers.Conv2D(8, 3), layers.UpSampling2D(), layers.Conv2D(8, 3), layers.Flatten(),
        layers.Dense(1),
    ],
    "of slopes": lambda: [layers.Conv2D(4, 3), layers.PReLU(), layers.Flatten(), layers.Dense(1)],
}  # fmt: skip


def described(made: list[Any], image: tuple[int, int, int]) -> dict[str, Any]:
    """Return how a model is described, with what Keras itself counts of it."""
    model = keras.Sequential([keras.Input(image), *made])
    return {**models.describe(model), "all": model.count_params()}


if __name__ == "__main__":
    found = {
        name: [described(make(), image) for image in (OWN, ASKED)]
        for name, make in NETWORKS.items()
    }
    sys.stdout.write(json.dumps(found))
