"""Uses Keras as notebooks do, and writes down what a notebook could tell of it."""
# mypy: disable-error-code="misc"

import copy
import functools
import gc
import inspect
import pickle
import sys
import threading
import traceback
import unittest.mock
import warnings
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import failing
import keras
import tensorflow as tf
from failing import X, Y, fresh
from keras import layers
from keras.src.trainers.trainer import Trainer
from PIL import Image
from tensorflow.keras.preprocessing.image import ImageDataGenerator


@keras.saving.register_keras_serializable()
class Own(keras.Model):
    """Overrides what is watched, and counts."""

    subclasses: list[str] = []  # noqa: RUF012 - of all of them

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.dense = layers.Dense(1)
        self.calls: list[str] = []

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        Own.subclasses.append(cls.__name__)

    def call(self, inputs: Any) -> Any:
        return self.dense(inputs)

    def compile(self, *args: Any, **kwargs: Any) -> None:
        self.calls.append("compile")
        super().compile(*args, **kwargs)

    def fit(self, *args: Any, **kwargs: Any) -> Any:
        self.calls.append("fit")
        return super().fit(*args, **kwargs)


class Derived(Own):
    pass


@dataclass
class Compared(layers.Layer):
    """Has no hash, as it is compared by its values."""

    units: int = 1

    def __post_init__(self) -> None:
        super().__init__()


class Looks(keras.callbacks.Callback):
    """Looks at the stack that it is called on."""

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:  # noqa: ARG002
        self.stack = [failing.place(frame, 0) for frame, _ in traceback.walk_stack(sys._getframe())]
        warnings.warn("two up", stacklevel=2)
        warnings.warn("many up", stacklevel=len(self.stack) - 3)


def trained(**options: Any) -> Any:
    model = fresh(**options)
    model.fit(X, Y, epochs=2, verbose=0)
    return model


def saved(folder: Path) -> Iterator[tuple[str, Any]]:
    model = trained(run_eagerly=False)
    for name in ("model.keras", "model.h5"):
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            model.save(folder / name)
            loaded = keras.models.load_model(folder / name)
        yield name, [compiled(loaded), numbers(loaded), list(map(told, warned))]
    further = keras.models.load_model(folder / "model.keras").fit(X, Y, verbose=0)
    yield "further", further.history
    own = Derived()
    own.compile("sgd", "mse", run_eagerly=True)
    own.fit(X, Y, verbose=0)
    yield "own", [own.calls, Own.subclasses, compiled(own)]
    other = fresh()
    model.save_weights(folder / "w.weights.h5")
    other.load_weights(folder / "w.weights.h5")
    yield "weights", numbers(other)
    model.export(folder / "exported", verbose=False)
    served = tf.saved_model.load(folder / "exported")
    yield "exported", served.serve(X).numpy().tolist()
    yield "json", keras.models.model_from_json(model.to_json()).to_json()
    yield "config", str(keras.Sequential.from_config(model.get_config()).get_config())
    yield "compile_config", str(model.get_compile_config())
    yield "clone", keras.models.clone_model(model).to_json()
    yield "pickle", [numbers(pickle.loads(pickle.dumps(model))), compiled(copy.deepcopy(model))]  # noqa: S301 - our own


def compiled(model: Any) -> list[Any]:
    return [model.compiled, type(model.optimizer).__name__, [each.name for each in model.metrics]]


def numbers(model: Any) -> list[Any]:
    return [*model.evaluate(X, Y, verbose=0), model.predict(X, verbose=0).tolist()]


def told(warned: Any) -> list[Any]:
    return [warned.category.__name__, str(warned.message), Path(warned.filename).name]


def carried(_: Path) -> Iterator[tuple[str, Any]]:
    """Write down what objects have of their own after much was done to them."""
    model = trained()
    model.set_weights(model.get_weights())
    model.layers[0].kernel.assign_add(model.layers[0].kernel)
    history = model.fit(X, Y, verbose=0)
    for each in (model, history, model.optimizer, *model.layers, *model.weights):
        yield getattr(each, "path", type(each).__name__), sorted(vars(each))
    yield "text", [repr(model.weights[0])[:80], model.layers[0].name, str(type(model.fit))]
    yield "copied", sorted(vars(copy.deepcopy(model.weights[0])))
    yield "curves", history.history
    yield "names", [layers.Dense(1).name, keras.metrics.Mean().name, model.name]
    yield "unhashable", Compared(3).units
    reference = [weakref.ref(each) for each in (model, history, model.weights[0])]
    del each, model, history
    gc.collect()
    yield "gone", [known() is None for known in reference]


def functions(_: Path) -> Iterator[tuple[str, Any]]:
    fit, compile_ = keras.Model.fit, keras.Model.compile
    yield "compile", [compile_ is Trainer.compile, tf.keras.Model.compile is compile_]
    yield "inherited", ["compile" in vars(keras.Model), "fit" in vars(keras.Model)]

    @functools.wraps(fit)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return fit(*args, **kwargs)

    yield "wrapped", [str(inspect.signature(wrapper)), inspect.unwrap(wrapper).__qualname__]
    yield "bound", [fresh().fit.__func__ is fit, inspect.ismethod(fresh().fit)]
    yield "partial", functools.partial(fit, fresh(), X, Y, epochs=2, verbose=0)().epoch
    with unittest.mock.patch.object(keras.Model, "fit", autospec=True) as mocked:
        fresh().fit(X)
    yield "mocked", [mocked.call_count, keras.Model.fit is fit]

    class Wrapped(keras.Sequential):
        fit = wrapper

    model = Wrapped([keras.Input((2,)), layers.Dense(1)])
    model.compile("sgd", "mse", run_eagerly=True)
    yield "assigned", len(model.fit(X, Y, verbose=0).epoch)


def surroundings(folder: Path) -> Iterator[tuple[str, Any]]:
    looks = Looks()
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        fresh().fit(X, Y, callbacks=[looks], verbose=0)
        keras.config.set_max_epochs(1)
        trained()
        keras.config.set_max_epochs(None)
    yield "stack", looks.stack
    yield "warned", [[*told(each), each.lineno] for each in warned]
    variable = keras.Variable([1.0])
    add = tf.function(lambda: variable.assign_add([1.0]))
    yield "graph", [add().numpy().tolist() for _ in range(2)]
    path = folder / "images" / "one" / "1.png"
    path.parent.mkdir(parents=True)
    Image.new("RGB", (4, 4), "white").save(path)
    loaded = [keras.utils.load_img(path, target_size=(4, 4)) for _ in range(2)]
    yield "images", [[type(each).__name__, each.format, sorted(vars(each))] for each in loaded]
    batches = ImageDataGenerator(1 / 255).flow_from_directory(path.parents[1], (4, 4))
    yield "batches", [float(batches[0][0].sum()) for _ in range(2)]
    histories: list[Any] = []
    fits = [threading.Thread(target=lambda: histories.append(trained())) for _ in range(2)]
    for thread in fits:
        thread.start()
    for thread in fits:
        thread.join()
    yield "threads", len(histories)


def use(folder: Path) -> dict[str, Any]:
    """Return what was told, by topic and name."""
    topics = (saved, carried, functions, failing.failures, surroundings)
    return {f"{topic.__name__}: {name}": value for topic in topics for name, value in topic(folder)}
