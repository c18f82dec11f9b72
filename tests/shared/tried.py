"""Callbacks of many kinds, each tried as the probe does; for observations.py."""
# ruff: noqa: ARG002, ARG005
# mypy: disable-error-code="misc"

import contextlib
import io
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras.callbacks import Callback

from grader.kinds.callback.inside import playing, stand_in
from grader.kinds.callback.inside.environment import USUAL, TrialEnvironment
from grader.kinds.callback.inside.trying import Trying
from grader.probe import exceptions

HIGH = {"accuracy": 1.0, "loss": 0.25}


def using(use: Callable[[Any], object]) -> type:
    """Make a class that uses its model in some way when it stops."""

    class Uses(Callback):
        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            if (logs or {}).get("accuracy", 0) > 0.999:
                use(self.model)
                self.model.stop_training = True

    return Uses


USES: dict[str, Callable[[Any], object]] = {
    "save": lambda model: model.save("done.keras"),
    "save_weights": lambda model: model.save_weights("done.weights.h5"),
    "save_below": lambda model: model.save("saved/best/done.keras"),
    "learning_rate": lambda model: float(model.optimizer.learning_rate.numpy()),
    "set_learning_rate": lambda model: model.optimizer.learning_rate.assign(1e-4),
    "name": lambda model: model.name.upper(),
    "summary": lambda model: model.summary(),
    "history": lambda model: model.history.history.get("loss"),
    "weights": lambda model: model.set_weights([each * 0 for each in model.get_weights()]),
    "count_params": lambda model: f"{model.count_params():,}",
    "evaluate": lambda model: model.evaluate(np.zeros((2, 150, 150, 3)), np.zeros(2), verbose=0),
    "predict": lambda model: model.predict(np.zeros((2, 150, 150, 3)), verbose=0),
    "optimizer": lambda model: model.optimizer.get_config()["learning_rate"],
    "to_json": lambda model: json.loads(model.to_json()),
    "metrics": lambda model: check(abs(float(model.get_metrics_result()["accuracy"]) - 1) < 1e-6),
    "layers": lambda model: model.layers[0].kernel.numpy().mean(),
    "loss": lambda model: check(model.loss == "binary_crossentropy"),
}


def check(holds: object) -> None:
    """Raise unless something holds."""
    if not holds:
        raise AssertionError


class Hooks(Callback):
    """Notes which hooks are called in which order, and with what parameters and model."""

    calls: list[Any]

    def set_params(self, params: Any) -> None:
        super().set_params(params)
        self.calls.append(["set_params", dict(params)])

    def set_model(self, model: Any) -> None:
        super().set_model(model)
        self.calls.append(["set_model", type(model).__name__])


def _noting(hook: str) -> Callable[..., None]:
    def note(self: Any, *args: Any, logs: Any = None) -> None:
        given = (*args, logs)
        self.calls.append(
            [hook, *(sorted(each) if isinstance(each, dict) else each for each in given)]
        )

    return note


for each in (
    "on_train_begin", "on_epoch_begin", "on_train_batch_begin", "on_train_batch_end",
    "on_epoch_end", "on_train_end",
):  # fmt: skip
    setattr(Hooks, each, _noting(each))


class Calm(Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if (logs or {}).get("accuracy", 0) > 0.999:
            self.model.stop_training = True


class InBatch(Callback):
    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self.model.stop_training = True


class Raises(Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        raise KeyError("accuracy")


class Exits(Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        raise SystemExit


class Undecided:
    def __bool__(self) -> bool:
        raise ValueError("ambiguous")


class SetsNonsense(Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.model.stop_training = Undecided()


class StopsThenRaises(Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.model.stop_training = True
        raise TypeError("after all")


class NeedsMore(Callback):
    def __init__(self, threshold: float) -> None:
        super().__init__()


class LacksLogs(Callback):
    def on_epoch_end(self, epoch: int) -> None:
        self.model.stop_training = True


class Counts(Callback):
    seen = 0

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.seen += 1
        self.model.stop_training = self.seen > 1


class Interrupted(Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        raise KeyboardInterrupt


class EmptyByDefault(Callback):
    def on_epoch_end(self, epoch: int, logs: Any = {}) -> None:  # noqa: B006 - as the course has it
        if logs.get("accuracy", 0) > 0.999:
            self.model.stop_training = True


class MindsNone(Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if logs.get("accuracy", 0) > 0.999:
            self.model.stop_training = True


class MindsNoneGiven(Callback):
    def on_epoch_end(self, epoch: int, logs: Any) -> None:
        if logs.get("accuracy", 0) > 0.999:
            self.model.stop_training = True


class MindsNoneAtOnce(Callback):
    def on_epoch_end(self, epoch: int, logs: Any = 0) -> None:
        if logs != 0 and logs.get("accuracy", 0) > 0.999:
            self.model.stop_training = True


OUTCOMES: tuple[type, ...] = (
    Calm, InBatch, Raises, Exits, SetsNonsense, StopsThenRaises, NeedsMore, LacksLogs, object,
)  # fmt: skip
# Each raises, for its own fault or for that of another model or folder than the student's.
BLAMES: dict[str, Callable[[Any], object]] = {
    "other_layer": lambda model: model.get_layer("conv2d_77"),
    "other_images": lambda model: model.evaluate(np.zeros((2, 28, 28, 1)), np.zeros(2), verbose=0),
    "fewer_layers": lambda model: model.layers[33],
    "no_file": lambda model: Path("log.txt").read_text("utf-8"),
    "no_attribute": lambda model: model.stop_trainig,
    "no_key": lambda model: model.history.history["acc"],
    "wrong_type": lambda model: "accuracy: " + model.name * 0.5,
}


def play(factory: Any, logs: Any, *, own: bool = False, params: Any = USUAL) -> dict[str, Any]:
    """Try one callback once."""
    with TrialEnvironment(MODEL[0], params, own=own) as where:
        [trial] = playing.observe(factory, [logs], lambda e: exceptions.describe(e, {}), where)
    assert isinstance(trial, dict)
    return trial


MODEL: list[Any] = []


def tried(folder: Path) -> dict[str, Any]:
    """Return what came of all of them; ``folder`` is worked in."""
    # Whose code it is, is told by the name of its module.
    globals()["__name__"] = "__main__"
    folder.mkdir()
    (folder / "done.keras").write_text("from training")
    (folder / "saved" / "best").mkdir(parents=True)
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return dict(_tried(folder))
    finally:
        os.chdir(before)


def _tried(folder: Path) -> Iterator[tuple[str, Any]]:
    yield "undisturbed", _undisturbed()
    yield "uses", {name: play(using(use), HIGH) for name, use in USES.items()}
    yield "outcomes", {kind.__name__: play(kind, HIGH) for kind in OUTCOMES}
    yield "below", play(Calm, {"accuracy": 0.999})
    yield "counts", [play(Counts, {})["stopped"] for _ in range(3)]
    yield (
        "none",
        {
            kind.__name__: play(kind, None)
            for kind in (Calm, EmptyByDefault, MindsNone, MindsNoneGiven, MindsNoneAtOnce)
        },
    )
    yield "hooks", [_hooks_of_trial(), _hooks_of_fit()]
    yield "restored", _restored()
    for name, use in BLAMES.items():
        yield name, [play(using(use), HIGH, own=own)["stand_in"] for own in (False, True)]
    try:
        play(Interrupted, HIGH)
    except KeyboardInterrupt:
        yield "interrupted", True
    yield "read", [play(using(_read), HIGH, own=own)["error"] is None for own in (False, True)]
    names = sorted(path.name for path in folder.iterdir())
    yield "files", [names, Path("done.keras").read_text("utf-8")]
    yield "beside", sorted(path.name for path in folder.parent.iterdir())
    yield "again", dict(_again())


def _read(_: Any) -> None:
    check(Path("done.keras").read_text("utf-8") == "from training")
    Path("done.keras").write_text("from a trial")


def _undisturbed() -> list[bool]:
    """Return whether neither names nor random numbers tell that a model was made."""
    name = keras.Sequential().name
    after = int(keras.Sequential().name.rpartition("_")[2]) - int(name.rpartition("_")[2] or 0)
    state = random.getstate()
    MODEL.append(stand_in.make())
    same = random.getstate() == state
    again = keras.Sequential().name
    return [
        same,
        after == 1,
        int(again.rpartition("_")[2]) == int(name.rpartition("_")[2] or 0) + 2,
    ]


def _hooks_of_trial() -> list[Any]:
    Hooks.calls = []
    play(Hooks, HIGH, params={"verbose": 0, "epochs": 1, "steps": 8})
    return Hooks.calls


def _hooks_of_fit() -> list[Any]:
    Hooks.calls = []
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
    model.compile("sgd", "binary_crossentropy", metrics=["accuracy"])
    model.fit(np.zeros((8, 2)), np.zeros(8), batch_size=1, verbose=0, callbacks=[Hooks()])
    return Hooks.calls


def _restored() -> bool:
    first = MODEL[0].get_weights()
    for name in ("weights", "set_learning_rate"):
        play(using(USES[name]), HIGH)
    same = all(map(np.array_equal, first, MODEL[0].get_weights()))
    return same and float(MODEL[0].optimizer.learning_rate.numpy()) > 5e-4


def _again() -> Iterator[tuple[str, Any]]:
    """Yield for several callbacks whether they were tried a second time, and what came of it."""
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, name="mine")])
    model.compile("sgd", "mse")
    model.fit(np.zeros((8, 4)), np.zeros(8), batch_size=1, verbose=0, epochs=20)
    names = {"verbose": "auto", "epochs": 20, "steps": 8}
    usual: dict[str, Any] = dict(names)
    cases: dict[str, tuple[type, dict[str, Any], Any]] = {
        "calm": (Calm, usual, model),
        "other_params": (Calm, usual | {"verbose": 0}, model),
        "own_layer": (using(lambda net: net.get_layer("mine")), usual, model),
        "untrained": (using(lambda net: net.get_layer("mine")), usual, None),
        "tells": (tells_by_params(), usual | {"verbose": 2}, model),
    }
    for name, (factory, params, trained) in cases.items():
        model.history.params = params
        trying = Trying(lambda e: exceptions.describe(e, {}), lambda trained=trained: trained)
        asked = {"trials": [HIGH], "again": False}
        found = [trying.of(name, factory, asked | {"again": again}) for again in (False, True)]
        yield name, [each and each["trials"] for each in found]
    yield (
        "never_first",
        Trying(lambda e: exceptions.describe(e, {}), lambda: None).of(
            "x", Calm, {"trials": [], "again": True}
        ),
    )


def tells_by_params() -> type:
    """Make a class that stops only where it takes itself to be tried."""

    class Tells(Callback):
        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            self.model.stop_training = self.params["verbose"] == "auto"

    return Tells
