"""Callbacks that use the model which is trained elsewhere; for fitted.py."""
# ruff: noqa: ARG002
# mypy: disable-error-code="misc"

import contextlib
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import graders
import keras
import numpy as np
from keras import callbacks, layers
from keras.callbacks import Callback
from tensorflow.keras.preprocessing.image import ImageDataGenerator

from grader.probe.describing.creation import forget

SHAPE = (12, 12, 3)
LOGS = {"accuracy": 0.5, "loss": 0.7}
EPOCHS = 4
Play = Callable[..., tuple[list[Any], list[dict[str, Any]]]]


def flow(folder: Path, **settings: Any) -> Any:
    """Load the images."""
    usual = {"target_size": SHAPE[:2], "batch_size": 2, "class_mode": "binary"}
    with contextlib.redirect_stdout(io.StringIO()):
        return ImageDataGenerator(rescale=1 / 255).flow_from_directory(folder, **usual | settings)


def network(optimizer: Any = "adam", **options: Any) -> Any:
    """Build a model whose weights show whether it was trained."""
    model = keras.Sequential(
        [keras.Input(SHAPE), layers.Flatten(), layers.Dense(1, activation="sigmoid")]
    )
    model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"], **options)
    return model


# The same as with plain Keras


class Batches(Callback):
    """Notes the loss of each batch, in training and in validation."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Any] = []

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        self.said.append(["begin", batch])

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        rate = float(self.model.optimizer.learning_rate.numpy())
        steps = int(self.model.optimizer.iterations.numpy())
        self.said.append(["end", batch, logs["loss"], logs["accuracy"], rate, steps])

    def on_test_batch_end(self, batch: int, logs: Any = None) -> None:
        self.said.append(["test", batch, logs["loss"]])

    def on_test_end(self, logs: Any = None) -> None:
        self.said.append(["tested", logs["loss"]])


class Plateau(Callback):
    """Halves the learning rate by hand when the loss has not fallen far enough."""

    def __init__(self) -> None:
        super().__init__()
        self.best = np.inf
        self.said: list[Any] = []

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.said.append(float(self.model.optimizer.learning_rate.numpy()))

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if logs["loss"] > self.best - 0.05:
            self.model.optimizer.learning_rate.assign(self.model.optimizer.learning_rate * 0.5)
        self.best = min(self.best, logs["loss"])


class Evaluates(Callback):
    """Evaluates the model after each epoch, and keeps its weights."""

    def __init__(self) -> None:
        super().__init__()
        # A loader would use random numbers up, and so change the order of training.
        self.images = np.linspace(0, 1, 4 * 12 * 12 * 3, dtype="float32").reshape(4, *SHAPE)
        self.labels = np.array([0, 1, 0, 1])
        self.said: list[Any] = []

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        shown = {name: float(value) for name, value in self.model.get_metrics_result().items()}
        evaluated = self.model.evaluate(self.images, self.labels, verbose=0)
        total = float(sum(np.abs(array).sum() for array in self.model.get_weights()))
        self.said += [shown["loss"], shown["accuracy"], evaluated, total]
        self.said.append(int(self.model.optimizer.iterations.numpy()))


def all_at_once() -> list[Any]:
    """Make callbacks of many kinds for one training."""
    return [
        callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.9 if epoch else 0.01),
        Plateau(),
        Evaluates(),
        Batches(),
        callbacks.ModelCheckpoint("best.keras", "loss", save_best_only=True),
        callbacks.ModelCheckpoint("{epoch}-{loss:.3f}.weights.h5", save_weights_only=True),
        callbacks.CSVLogger("log.csv"),
    ]


def averaged() -> list[Any]:
    """Make callbacks that see averages of weights."""
    return [
        callbacks.SwapEMAWeights(swap_on_epoch=True),
        Evaluates(),
        callbacks.ModelCheckpoint("{epoch}.weights.h5", save_weights_only=True),
    ]


SAME: dict[str, tuple[Callable[[], Any], Callable[[], list[Any]]]] = {
    "all_at_once": (network, all_at_once),
    "averaged": (
        lambda: network(keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.9)), averaged,
    ),
}  # fmt: skip


def same(folder: Path, by_grader: Callable[[], Any], plainly: Callable[[], Any]) -> Iterator[Any]:
    """Yield what came of trainings with Keras, and of the same ones by the grader."""
    for name, (make, give) in SAME.items():
        found: list[Any] = []
        for begins in (plainly, by_grader):
            begins()
            keras.utils.set_random_seed(3)
            with _working_in(folder.parent / f"{name}-{len(found)}"):
                found.append(_trained(folder, make(), give()))
        yield name, found


@contextlib.contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    folder.mkdir()
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _trained(folder: Path, model: Any, given: list[Any]) -> dict[str, Any]:
    test = flow(folder, shuffle=False)
    history = model.fit(
        flow(folder), epochs=EPOCHS, verbose=0, validation_data=test, callbacks=given
    )
    return {
        "history": history.history,
        "said": [each.said for each in given if hasattr(each, "said")],
        "files": {path.name: _content(path) for path in sorted(Path.cwd().iterdir())},
        "rate": float(model.optimizer.learning_rate.numpy()),
        "weights": [float(array.sum()) for array in model.get_weights()],
    }


def _content(path: Path) -> Any:
    if path.suffix == ".csv":
        return path.read_text("utf-8")
    if path.suffix == ".keras":
        model = keras.models.load_model(path)
    else:
        model = network()
        model.load_weights(path)
    return [float(array.sum()) for array in model.get_weights()]


# Played


def begin() -> dict[str, Any]:
    """Tell that training begins."""
    return {"kind": "begin"}


def epoch(number: int, **more: Any) -> dict[str, Any]:
    """Tell of an epoch."""
    return {"kind": "epoch", "epoch": number, "logs": LOGS, "updates": graders.STEPS, **more}


def snapshot(arrays: Any = (), calls: Any = ()) -> dict[str, Any]:
    """Show an epoch; the arrays are to follow."""
    announced = [{"dtype": str(each.dtype), "shape": list(each.shape)} for each in arrays]
    return {"kind": "snapshot", "arrays": announced, "calls": list(calls)}


def filled(value: float) -> list[Any]:
    """Return weights of one value."""
    return [np.full(array.shape, value, "float32") for array in network().get_weights()]


class Hooks(Callback):
    """Notes hooks, and does something in each of them."""

    def __init__(self, **doing: Callable[[Any], object]) -> None:
        super().__init__()
        self.said: list[Any] = []
        self._doing = doing

    def _do(self, hook: str, *given: Any) -> None:
        self.said.append([hook, *given, round(float(self.model.weights[0].numpy().max()), 3)])
        self._doing.get(hook, lambda _: None)(self.model)

    def on_train_begin(self, logs: Any = None) -> None:
        self._do("begin")

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._do(f"begin-{epoch}")

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self._do(f"end-{epoch}")

    def on_train_end(self, logs: Any = None) -> None:
        self._do("end")


class Steps(Callback):
    """Does something after the first batch."""

    def __init__(self, doing: Callable[[Any], object]) -> None:
        super().__init__()
        self._doing = doing
        self.said: list[Any] = []

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self.said.append([batch, logs])
        if not batch:
            getattr(self, "_doing")(getattr(self, "mo" + "del"))  # noqa: B009 - unseen beforehand


CALLS = [
    ["on_train_batch_begin", 0, {}], ["on_train_batch_end", 0, {"loss": 0.9}],
    ["on_train_batch_begin", 1, {}], ["on_train_batch_end", 1, {"loss": 0.8}],
]  # fmt: skip


def two_epochs() -> list[Any]:
    """Tell of two epochs and their weights."""
    return [
        begin(), snapshot(filled(0.25)), filled(0.25), epoch(0, learning_rate=0.5),
        snapshot(filled(0.75)), filled(0.75), epoch(1, last=True), filled(0.875),
    ]  # fmt: skip


def two_batches() -> list[Any]:
    """Tell of an epoch of two batches."""
    return [begin(), snapshot((), CALLS), epoch(0, last=True), filled(0.875)]


def stop(model: Any) -> None:
    """Stop the training."""
    model.stop_training = True


def set_to(value: float) -> Callable[[Any], None]:
    """Return what sets all weights to a value."""
    return lambda model: model.set_weights(filled(value))


def set_and_stop(model: Any) -> None:
    """Do as Keras' guide does at the end of patience."""
    model.stop_training = True
    model.set_weights(filled(0.125))


def set_rate(rate: float) -> Callable[[Any], None]:
    """Return what sets the learning rate."""

    def rated(model: Any) -> None:
        model.optimizer.learning_rate = rate

    return rated


def evaluated(model: Any) -> None:
    """Do something with other weights, and put the right ones back."""
    kept = model.get_weights()
    model.set_weights(filled(0.0))
    model.set_weights(kept)


BY_HOOKS: dict[str, dict[str, Callable[[Any], object]]] = {
    "order": {},
    "rates": {"begin-0": set_rate(0.25), "end-0": set_rate(0.125)},
    "rate_when_it_begins": {"begin": set_rate(0.25)},
    "restored_at_stop": {"end-0": set_and_stop},
    "restored_at_end": {"end": set_to(0.125)},
    "looked": {"end-0": evaluated},
    "weights_set": {"end-0": set_to(0.125)},
    "weights_set_when_it_begins": {"begin": set_to(0.125)},
    "stops_as_epoch_begins": {"begin-1": stop},
    "no_rate": {"end-0": set_rate(float("nan"))},
    "negative_rate": {"end-0": set_rate(-1.0)},
    "iterations_set": {"end-0": lambda model: model.optimizer.iterations.assign(0)},
    "raises_as_it_begins": {"begin": lambda _: LOGS["auc"]},
}
IN_BATCHES: dict[str, Callable[[Any], object]] = {
    "batches": lambda _: None,
    "stops_in_batch": stop,
    "rate_in_batch": set_rate(0.1),
}


def cases(folder: Path, play: Play) -> Iterator[tuple[str, Any]]:
    """Yield what came of each case."""
    made: dict[str, tuple[Any, list[Any]]] = {
        **{name: (Hooks(**doing), two_epochs()) for name, doing in BY_HOOKS.items()},
        **{name: (Steps(doing), two_batches()) for name, doing in IN_BATCHES.items()},
    }
    for name, (callback, messages) in made.items():
        replies: list[dict[str, Any]] = []
        ways, asked = play(graders.telling(replies, *messages))
        model = network(run_eagerly=True)
        model.set_weights(filled(0.5))
        forget(model)  # they are as fresh ones are
        raised = None
        try:
            model.fit(flow(folder), epochs=2, verbose=0, callbacks=[callback])
        except KeyError as error:
            raised = str(error)
        yield (
            name,
            {
                "way": ways[0].told(),
                "replies": replies,
                "said": callback.said,
                "asked": [each["snapshots"] for each in asked],
                "left": float(model.weights[0].numpy().max()),
                "stopped": model.stop_training,
                "raised": raised,
                "rate": float(model.optimizer.learning_rate.numpy()),
            },
        )
