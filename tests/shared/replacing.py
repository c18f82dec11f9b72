"""Replaces parts of Keras and of the probe, and returns what was noticed; for observations.py."""

import importlib
from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf
from tensorflow.keras.preprocessing.image import DirectoryIterator, ImageDataGenerator

import grader.probe.session
from grader.probe.integrity import Integrity


class Ours:
    def say(self) -> None: ...
    def on_epoch_end(self, epoch: int, logs: object = None) -> None: ...


def changes() -> dict[str, list[str]]:
    """Return the names that were noticed, by what was done."""
    ours = Ours()
    integrity = Integrity((ours,))
    found = {"nothing": integrity.changes()}
    for name, replace in REPLACING.items():
        replace()
        found[name] = integrity.changes()
    ours.say = lambda: None  # type: ignore[method-assign]
    return found | {"object": integrity.changes(), "again": integrity.changes()}


def ordinary() -> None:
    """Do what notebooks do; none of it replaces anything."""
    for part in ("applications", "callbacks", "datasets.mnist", "layers", "models", "optimizers"):
        __import__(f"tensorflow.keras.{part}")
    __import__("tensorflow.keras.utils")
    keras.Model.of_my_own = keras.Model.fit
    keras.backend.clear_session()
    keras.utils.get_custom_objects()["Mine"] = type("Mine", (keras.layers.Dense,), {})
    model = type("MyModel", (keras.Model,), {"fit": lambda _: None})()
    model.compile()


def _set(owner: Any, name: str, value: Any = None) -> Callable[[], None]:
    return lambda: setattr(owner, name, value)


def _replace_in_a_second_module() -> None:
    losses = importlib.import_module("tensorflow.keras.losses")
    losses.BinaryCrossentropy = None  # type: ignore[attr-defined]


def _recode() -> None:
    keras.callbacks.Callback.on_epoch_end.__code__ = Ours.on_epoch_end.__code__


def _recode_decorated() -> None:
    keras.Model.fit.__wrapped__.__code__ = keras.Model.predict.__wrapped__.__code__


def _exchange_decorated() -> None:
    keras.Model.predict.__closure__[0].cell_contents = Ours.on_epoch_end


def _exchange() -> None:
    keras.losses.get.__defaults__ = (None,)


REPLACING: dict[str, Callable[[], None]] = {
    "ordinary": ordinary,
    "method": _set(keras.Model, "evaluate"),
    "inherited": _set(keras.metrics.BinaryAccuracy, "result"),
    "removed": lambda: delattr(keras.callbacks.History, "on_epoch_end"),
    "loader": _set(ImageDataGenerator, "flow_from_directory"),
    "private": _set(DirectoryIterator.__bases__[0], "set_processing_attrs"),
    "name": _set(keras.layers, "Dense"),
    "through_tensorflow": _set(tf.keras.models, "Sequential"),
    "loaded_later": _replace_in_a_second_module,
    "code": _recode,
    "code_of_decorated": _recode_decorated,
    "cell": _exchange_decorated,
    "defaults": _exchange,
    "data": _set(keras.datasets.fashion_mnist, "load_data"),
    "probe": _set(grader.probe.session, "after"),
}
