"""Has the probe look at models and trainings and prints what it saw; run by test_probe.py."""
# ruff: noqa: T201, ARG002
# mypy: disable-error-code="misc"

import functools
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers, losses, metrics, optimizers
from replacing import changes
from setting import noticed
from tried import tried

from grader.inspection import models
from grader.inspection.plain import plain
from grader.probe import compilations, exceptions
from grader.probe.channel import Channel
from grader.probe.fits import Observer, RehearsalEndedError

SHAPE = (8, 8, 3)
IMAGES = np.linspace(0, 255, 4 * 8 * 8 * 3, dtype="float32").reshape(4, *SHAPE)
LABELS = np.array([0, 1, 0, 1], dtype="float32")
said: dict[str, Any] = {"fits": {}, "raised": {}}


class Mine(layers.Dense):
    pass


class Failing(layers.Layer):
    broken = False

    def call(self, inputs: Any) -> Any:
        if self.broken:
            raise RuntimeError("a student's layer")
        return inputs


class Subclassed(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.convolution = layers.Conv2D(4, 3)
        self.flat = layers.Flatten()
        self.out = layers.Dense(1)

    def call(self, inputs: Any) -> Any:
        return self.out(self.flat(self.convolution(inputs / 255)))


class Own(keras.Sequential):
    def compile(self, *args: Any, **kwargs: Any) -> None:
        super().compile(*args, **kwargs)

    def fit(self, *args: Any, **kwargs: Any) -> Any:
        return super().fit(*args, **kwargs)


class Stop(keras.callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.model.stop_training = True


class Breaks(keras.callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        raise KeyError("accuracy")


class BreaksAtOnce(keras.callbacks.Callback):
    def set_params(self, params: Any) -> None:
        raise ValueError("at once")


def scaled(shape: Any = SHAPE) -> list[Any]:
    return [keras.Input(shape), layers.Rescaling(1 / 255)]


def tail() -> list[Any]:
    return [layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(1, activation="sigmoid")]


def chained(start: Any, *steps: Any) -> Any:
    return functools.reduce(lambda values, step: step(values), steps, start)


def functional(*steps: Any) -> Any:
    start = keras.Input(SHAPE)
    return keras.Model(start, chained(start, *steps))


def mine(y_true: Any, y_pred: Any) -> Any:
    return keras.ops.mean(y_true - y_pred)


def describe_models() -> None:
    convolution = layers.Conv2D(4, (3, 3), activation="relu")
    rest = [layers.MaxPooling2D(), layers.Flatten(), layers.Dense(1)]
    sequential = keras.Sequential([*scaled(), convolution, *rest])
    nested = functional(layers.Rescaling(1 / 255), keras.Sequential(tail()))
    made = {
        "sequential": sequential,
        "functional": functional(layers.Rescaling(1 / 255), *tail()),
        "nested": nested,
        "nested_convolution": keras.Sequential([*scaled(), keras.Sequential(tail())]),
        "unbuilt": keras.Sequential(tail()),
        "subclassed": Subclassed(),
        "derived": keras.Sequential([Mine(1)]),
    }
    said.update({name: models.describe(model) for name, model in made.items()})
    made |= {
        "normalized": keras.Sequential([keras.Input(SHAPE), layers.BatchNormalization(), *tail()]),
        "dense": keras.Sequential([keras.Input(SHAPE), layers.Flatten(), layers.Dense(1)]),
        "failing": keras.Sequential([keras.Input(SHAPE), Failing(), *tail()]),
        "two_inputs": two_inputs(),
    }
    Failing.broken = True
    for name, model in made.items():
        said[f"range_{name}"] = models.before_first_convolution(model, IMAGES)
    look_without_touching(made["normalized"])


def two_inputs() -> Any:
    one, other = keras.Input(SHAPE), keras.Input(SHAPE)
    return keras.Model([one, other], layers.Conv2D(1, 3)(layers.Add()([one, other])))


def look_without_touching(model: Any) -> None:
    model.compile("sgd", "binary_crossentropy")
    before = [np.array(weight) for weight in model.weights]
    models.before_first_convolution(model, IMAGES)
    after = [np.array(weight) for weight in model.weights]
    said["weights_unchanged"] = all(map(np.array_equal, before, after))
    said["trains_after_looking"] = bool(model.fit(IMAGES, LABELS, verbose=0).history["loss"])


def describe_compilations() -> None:
    binary = losses.BinaryCrossentropy
    cases: dict[str, dict[str, Any]] = {
        "string": {"loss": "binary_crossentropy", "metrics": ["accuracy"]},
        "function": {"loss": losses.binary_crossentropy, "metrics": [metrics.binary_accuracy]},
        "object": {
            "loss": binary(),
            "metrics": [metrics.BinaryAccuracy(name="acc")],
            "optimizer": optimizers.Adam(0.01),
        },
        "logits": {"loss": binary(from_logits=True)},
        "sparse_logits": {"loss": losses.SparseCategoricalCrossentropy(from_logits=True)},
        "partial": {"loss": functools.partial(losses.binary_crossentropy, from_logits=True)},
        "listed": {"loss": ["binary_crossentropy"], "metrics": [["accuracy", metrics.AUC()]]},
        "own": {"loss": mine},
        "unknown": {"loss": "binary_crosentropy"},
        "scheduled": {"optimizer": optimizers.SGD(optimizers.schedules.CosineDecay(0.5, 10))},
        "nothing": {},
    }
    for name, arguments in cases.items():
        model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
        model.compile(**arguments)
        said[f"compiled_{name}"] = compilations.describe(model, arguments)


def fresh(kind: type = keras.Sequential, **compiled: Any) -> Any:
    model = kind([keras.Input((2,)), layers.Dense(1, activation="sigmoid")])
    model.compile(**{"loss": "binary_crossentropy", "metrics": ["accuracy"], **compiled})
    return model


def observe_fits(path: Path) -> None:
    channel = Channel(path)
    observer = Observer(channel, lambda error: exceptions.describe(error, {}))
    observer.install()
    x, y = np.zeros((4, 2), "float32"), LABELS

    def record(name: str, model: Any, *args: Any, **kwargs: Any) -> Any:
        said["fits"][name] = kinds(path)["fit"] // 2
        return quiet(model.fit, *args, **{"verbose": 0, **kwargs})

    model = fresh()
    history = record("plain", model, x, y, epochs=2)
    said["fit_of_history"] = observer.fit_of(history)
    said["fit_of_other"] = observer.fit_of(history.history)
    before = kinds(path)
    record("second", model, x, y)
    said["lines_of_a_second_fit"] = dict(kinds(path) - before)
    record("positional", fresh(), x, y, 2, 3)
    record("steps", fresh(), x, y, steps_per_epoch=1)
    record("single", fresh(), x, y, epochs=3, callbacks=Stop())
    record("listed", fresh(), x, y, callbacks=[Stop()])
    record("nested_list", fresh(), x, y, callbacks=[[Stop()]])
    record("callback_list", fresh(), x, y, callbacks=keras.callbacks.CallbackList([Stop()]))
    record("class", fresh(), x, y, callbacks=[Stop])
    record("raises", fresh(), x, y, callbacks=[Breaks()])
    record("raises_at_once", model, x, y, callbacks=[BreaksAtOnce()])
    record("unknown_loss", fresh(loss="binary_crosentropy"), x, y)
    record("overridden", fresh(Own, loss="mse"), x, y)
    said["fit_of_none"] = observer.fit_of(None)
    observe_refusals(observer, x, y)
    observer.rehearsing = True
    try:
        record("rehearsal", fresh(), None)
    except RehearsalEndedError:
        said["rehearsed"] = True


def observe_refusals(observer: Observer, x: Any, y: Any) -> None:
    refuse("wrong_argument", lambda: fresh().fit(x, y, epoch=3))
    refuse("fit_generator", lambda: fresh().fit_generator(x))
    refuse("uncompiled", lambda: keras.Sequential([layers.Dense(1)]).fit(x, y, verbose=0))
    half = keras.Sequential([keras.Input((2,)), layers.Dense(2), layers.Dense(1)])
    refuse("bad_compile", lambda: half.compile(optimizer="adamm"))
    said["model_half_compiled"] = observer.model(half)


def quiet(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return function(*args, **kwargs)
    except RehearsalEndedError:
        raise
    except Exception:  # noqa: BLE001 - that it is recorded is the point
        return None


def refuse(name: str, function: Callable[[], Any]) -> None:
    try:
        function()
    except Exception as error:  # noqa: BLE001 - which one is the point
        said["raised"][name] = type(error).__name__


def kinds(path: Path) -> Counter[str]:
    return Counter(json.loads(line)["kind"] for line in path.read_bytes().splitlines())


if __name__ == "__main__":
    describe_models()
    describe_compilations()
    said["tried"] = tried(Path(sys.argv[1]).parent / "tried")
    said["weights"] = noticed()
    observe_fits(Path(sys.argv[1]))
    said["changes"] = changes()
    print(json.dumps(plain(said)))
