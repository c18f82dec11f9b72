"""Fails with Keras as notebooks do, and writes down what of it a notebook could tell."""
# mypy: disable-error-code="misc"

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers

X, Y = np.linspace(0, 1, 16, dtype="float32").reshape(8, 2), np.tile([0.0, 1.0], 4)
# Keras does not load its old format with a loss by its short name; and tracing takes long.
COMPILED = {"loss": keras.losses.MeanSquaredError(), "metrics": ["mae"], "run_eagerly": True}


def fresh(**options: Any) -> Any:
    keras.utils.set_random_seed(5)
    model = keras.Sequential([keras.Input((2,)), layers.Dense(2), layers.Dense(1)], name="fresh")
    model.compile(**{"optimizer": "adam", **COMPILED, **options})
    return model


class Breaks(keras.callbacks.Callback):
    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:  # noqa: ARG002
        raise self.error


def place(frame: Any, line: int) -> list[Any]:
    return [Path(frame.f_code.co_filename).name, frame.f_code.co_name, line]


FAILING: dict[str, Callable[[], Any]] = {
    "callback": lambda: fresh().fit(X, Y, callbacks=[Breaks(KeyError("acc"))], verbose=0),
    "interrupt": lambda: fresh().fit(X, Y, callbacks=[Breaks(KeyboardInterrupt())], verbose=0),
    "exit": lambda: fresh().fit(X, Y, callbacks=[Breaks(SystemExit(2))], verbose=0),
    "class": lambda: fresh().fit(X, Y, callbacks=[Breaks], verbose=0),
    "loss": lambda: fresh(loss="mean").fit(X, Y),
    "optimizer": lambda: fresh(optimizer="adamm"),
    "argument": lambda: fresh().fit(X, Y, epoch=2),
    "compile_argument": lambda: fresh(rate=2),
    "uncompiled": lambda: keras.Sequential([layers.Dense(1)]).fit(X, Y),
    "shape": lambda: fresh().fit(X[:, :1], Y, verbose=0),
    "set_weights": lambda: fresh().set_weights([X]),
    "assign": lambda: fresh().weights[0].assign([1.0]),
    "assign_add": lambda: fresh().weights[0].assign_add("one"),
    "file": lambda: fresh().load_weights("nowhere.weights.h5"),
    "image": lambda: keras.utils.load_img("nowhere.png"),
    "layer": lambda: layers.Dense(units="many"),
    "no_argument": layers.Dense,
}


def failures(_: Path) -> Iterator[tuple[str, Any]]:
    for filtering in ("enable", "disable"):
        getattr(keras.config, f"{filtering}_traceback_filtering")()
        for name, fail in FAILING.items():
            try:
                fail()
            except BaseException as error:  # noqa: BLE001 - whatever it is
                trace = [place(*step) for step in traceback.walk_tb(error.__traceback__)]
                words = [type(error).__name__, str(error), repr(error.__context__)]
                yield f"{name} {filtering}", [*words, repr(error.__cause__), trace]
    keras.config.enable_traceback_filtering()
