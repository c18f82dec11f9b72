"""A model of the kit's own that callbacks are tried with, before there is one of the student's."""

from typing import Any

from grader.probe.describing.request import unnoticed
from grader.probe.loaders import undisturbed

_IMAGE, _BATCH = (150, 150, 3), 10


def make() -> Any:
    """Build a small network for images, compiled as ``fit`` leaves one, with all its variables."""
    import keras

    layers = keras.layers
    with undisturbed(), unnoticed():
        model = keras.Sequential(
            [
                keras.Input(_IMAGE),
                layers.Conv2D(kernel_size=3, filters=4),
                layers.MaxPooling2D(4),
                layers.Flatten(),
                layers.Dense(activation="sigmoid", units=1),
            ]
        )
        model.compile(
            jit_compile=False, metrics=["accuracy"], loss="binary_crossentropy", optimizer="rmsprop"
        )
        batch = keras.KerasTensor((_BATCH, *_IMAGE)), keras.KerasTensor((_BATCH,))
        model._symbolic_build(data_batch=batch)  # noqa: SLF001 - only training builds all of it
    return model
