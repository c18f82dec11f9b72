"""Sets weights in many ways, and returns what was noticed; for observations.py."""
# mypy: disable-error-code="misc"

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from grader.probe import weights

X, Y = np.zeros((4, 2), "float32"), np.array([0, 1, 0, 1], "float32")


class Counting(layers.Layer):
    """Sets a weight of its own when it is built and whenever it is called."""

    def build(self, _: Any) -> None:
        self.count = self.add_weight(shape=(), initializer="zeros", trainable=False)
        self.count.assign(1.0)

    def call(self, inputs: Any) -> Any:
        self.count.assign_add(1.0)
        return inputs


class Restoring(keras.callbacks.Callback):
    def on_train_end(self, logs: Any = None) -> None:  # noqa: ARG002
        self.model.set_weights(self.model.get_weights())


def noticed() -> dict[str, str | None]:
    """Return by what weights were set, by what was done to a model."""
    weights.watch()
    found = {}
    for name, do in DOING.items():
        model = keras.Sequential(
            [keras.Input((2,)), Counting(), layers.BatchNormalization(), layers.Dense(1)]
        )
        model.compile("adam", "mse", metrics=["mae"])
        do(model)
        found[name] = weights.taken(model)
    return found


def _load(model: Any) -> None:
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "w.weights.h5")
        model.save_weights(path)
        model.load_weights(path)


def _fit(model: Any) -> None:
    stop = keras.callbacks.EarlyStopping(monitor="loss", patience=0, restore_best_weights=True)
    model.fit(X, Y, epochs=3, verbose=0, callbacks=[stop, Restoring()])
    model.evaluate(X, Y, verbose=0)
    model.train_on_batch(X, Y)
    model(X, training=True)
    model.optimizer.learning_rate.assign(0.1)


def _step(model: Any) -> None:
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(X, training=True) - Y[:, None]) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    model.optimizer.apply(gradients, model.trainable_variables)


DOING: dict[str, Callable[[Any], object]] = {
    "nothing": lambda _: None,
    "fit": _fit,
    "step": _step,
    "set_weights": lambda model: model.set_weights(model.get_weights()),
    "of_a_layer": lambda model: model.layers[-1].set_weights(model.layers[-1].get_weights()),
    "assign": lambda model: model.weights[0].assign(model.weights[0].numpy()),
    "assign_sub": lambda model: model.weights[0].assign_sub(model.weights[0].numpy()),
    "load_weights": _load,
}
