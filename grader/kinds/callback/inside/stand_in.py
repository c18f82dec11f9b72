"""A model of the kit's own that callbacks are tried with, before there is one of the student's."""

from typing import Any

from grader.inspection.loaders import undisturbed
from grader.probe.describing.request import unnoticed

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
        _build(model)
    return model


def _build(model: Any) -> None:
    """Build what otherwise only training builds, without tracing all of it, which takes longer."""
    import keras

    labels, outputs = keras.KerasTensor((_BATCH,)), keras.KerasTensor((_BATCH, 1))
    model._compile_metrics.build(labels, outputs)  # noqa: SLF001
    model._compile_loss.build(labels, outputs)  # noqa: SLF001
    model.optimizer.build(model.trainable_variables)
    model._called = True  # noqa: SLF001
