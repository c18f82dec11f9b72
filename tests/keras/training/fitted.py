"""Calls ``fit`` where the grader trains, and prints what came of it; run by test_fitting.py."""
# ruff: noqa: T201, ARG005
# mypy: disable-error-code="misc,no-untyped-def,no-untyped-call"

import contextlib
import functools
import inspect
import io
import json
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import followed
import graders
import keras
import listeners
import numpy as np
import tensorflow as tf
from graders import epochs, saying
from keras import callbacks, layers
from keras.src.backend.common import global_state
from listeners import Breaks, Records, Steps, Stops
from PIL import Image
from tensorflow.keras.preprocessing.image import ImageDataGenerator

from grader.probe import exceptions, fitting
from grader.probe.channel import Channel
from grader.probe.describing.creation import watch_creation
from grader.probe.describing.values import Undescribable
from grader.probe.fits import Observer
from grader.probe.fitting.uses import needs

SEED = 3
SHAPE = (12, 12, 3)
LOGS = [{"accuracy": 0.5 + epoch / 10, "loss": 0.7 - epoch / 10} for epoch in range(5)]
FIT, COMPILE = map(inspect.unwrap, (keras.Model.fit, keras.Model.compile))
PLAIN = {function: function.__code__ for function in (FIT, COMPILE)}
WATCH: list[Any] = []


def flow(folder: Path, **settings: Any) -> Any:
    usual = {"target_size": SHAPE[:2], "batch_size": 2, "class_mode": "binary"}
    with contextlib.redirect_stdout(io.StringIO()):
        return ImageDataGenerator(rescale=1 / 255).flow_from_directory(folder, **usual | settings)


def compiled(model: Any, **options: Any) -> Any:
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"], **options)
    return model


def tail() -> list[Any]:
    return [
        layers.Conv2D(4, 3), layers.BatchNormalization(), layers.Flatten(),
        layers.Dense(1, activation="sigmoid"),
    ]  # fmt: skip


def sequential() -> Any:
    return compiled(keras.Sequential([keras.Input(SHAPE), *tail()]))


def eager() -> Any:
    """Be trained without tracing, which takes longer than so few steps."""
    small = [layers.Flatten(), layers.Dense(1, activation="sigmoid")]
    return compiled(keras.Sequential([keras.Input(SHAPE), *small]), run_eagerly=True)


def deferred() -> Any:
    return compiled(keras.Sequential(tail()))


def branched() -> Any:
    """Have weights in an order that another construction of the same graph might not have."""
    start = keras.Input(SHAPE)
    first = layers.Conv2D(3, 3)(start)
    inner = keras.Sequential([layers.Conv2D(3, 3, padding="same"), layers.Conv2D(3, 1)])(first)
    other = layers.Conv2D(3, 1)(first)
    merged = layers.Flatten()(layers.Concatenate()([other, inner]))
    return compiled(keras.Model(start, layers.Dense(1, activation="sigmoid")(merged)))


def unwatch() -> None:
    """Have Keras as it was."""
    for function, code in PLAIN.items():
        function.__code__ = code


def installed(connection: Any) -> list[fitting.Way]:
    unwatch()
    return fitting.install(connection, WATCH[0])


def played(*answers: graders.Answer) -> tuple[list[fitting.Way], list[dict[str, Any]]]:
    connection, asked = graders.playing(answers)
    return installed(connection), asked


def said(ways: list[fitting.Way]) -> list[dict[str, Any]]:
    return [way.told() for way in ways]


def weights(make: Callable[[], Any]) -> list[Any]:
    return [np.full(array.shape, 0.25, "float32") for array in make().get_weights()]


def printed(call: Callable[[], Any]) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as words:
        call()
    return words.getvalue()


# Really trained


def trained(folder: Path, connection: Any) -> Iterator[tuple[str, Any]]:
    # There are eight batches.
    for make, steps in ((sequential, None), (deferred, 12), (branched, None)):
        unwatch()
        keras.utils.set_random_seed(SEED)
        plainly = seen(make, folder, steps)
        ways = installed(connection)
        yield make.__name__, [seen(make, folder, steps), plainly, ways[0].told()]


def seen(make: Callable[[], Any], folder: Path, steps: int | None) -> dict[str, Any]:
    """Train and return all that must be as Keras has it."""
    loader = flow(folder)
    model, before = make(), names_used()
    history = model.fit(
        loader,
        epochs=3,
        steps_per_epoch=steps,
        verbose=0,
        validation_data=flow(folder, shuffle=False),
    )
    names = names_used() - before
    test = flow(folder, shuffle=False)
    model.save(folder.parent / "model.keras")
    loaded = keras.models.load_model(folder.parent / "model.keras")
    return {
        "type": type(history).__name__,
        "history": history.history,
        "epoch": history.epoch,
        "params": history.params,
        "model": history.model is model and model.history is history,
        "weights": [array.tolist() for array in model.get_weights()],
        "evaluate": model.evaluate(test, verbose=0),
        "predict": model.predict(test, verbose=0).tolist(),
        "loaded": loaded.predict(test, verbose=0).tolist(),
        "iterations": int(model.optimizer.iterations),
        "metrics": [metric.name for metric in model.metrics],
        "summary": len(printed(model.summary).splitlines()),
        "stop_training": model.stop_training,
        "names": dict(names),
    }


def names_used() -> Counter[str]:
    """Return how many names of each kind Keras has given."""
    return Counter(global_state.get_global_attribute("object_name_uids"))


# Printed


def progress(folder: Path) -> Iterator[tuple[str, Any]]:
    for verbose in (0, 1, 2):
        unwatch()
        plain = eager()
        shown = [output(plain, folder, verbose)]
        curves = plain.history.history
        logs = [{name: curves[name][epoch] for name in curves} for epoch in range(2)]
        played(epochs(logs, weights(eager)))
        yield str(verbose), [*shown, output(eager(), folder, verbose)]


def output(model: Any, folder: Path, verbose: int) -> str:
    return printed(lambda: model.fit(flow(folder), epochs=2, verbose=verbose))


# Callbacks


def own(folder: Path) -> Iterator[tuple[str, Any]]:
    arrays = weights(eager)
    played(epochs(LOGS, arrays))
    records, stops, model = Records(), Stops(), eager()
    history = model.fit(flow(folder), epochs=5, callbacks=[records, [stops]], verbose=0)
    yield "stopped", [history.epoch, history.history["loss"], model.stop_training]
    yield "calls", [records.calls, LOGS]
    played(epochs(LOGS, arrays, last=1))
    model = eager()
    yield "elsewhere", [model.fit(flow(folder), epochs=5, verbose=0).epoch, model.stop_training]
    ways, _ = played(epochs(LOGS, arrays), epochs(LOGS[:1], arrays))
    yield "raised", [broken(folder, KeyError("accuracy")), said(ways)[0]["path"]]
    eager().fit(flow(folder), verbose=0)
    yield "afterwards", said(ways)[1]
    ways, _ = played(epochs(LOGS, arrays), epochs(LOGS, arrays))
    yield "interrupted", broken(folder, KeyboardInterrupt())
    eager().fit(flow(folder), verbose=0)
    yield "after_interrupt", said(ways)[1]


def broken(folder: Path, error: BaseException) -> list[Any]:
    """Fit with a callback that raises; return what came out and the weights that are left."""
    model = eager()
    try:
        model.fit(flow(folder), epochs=5, callbacks=[Breaks(error)], verbose=0)
    except BaseException as raised:  # noqa: BLE001
        left = {float(array.min()) for array in model.get_weights()}
        trace = [frame.f_code.co_qualname for frame, _ in traceback.walk_tb(raised.__traceback__)]
        return [raised is error, sorted(left)[:3], model.history.epoch, trace]
    return []


def traces(folder: Path) -> Iterator[tuple[str, Any]]:
    """Yield the functions of a traceback: where Keras trains, and where the grader does."""
    for filtering in ("enable", "disable"):
        getattr(keras.config, f"{filtering}_traceback_filtering")()
        for error in (KeyError, KeyboardInterrupt):
            unwatch()
            plainly = broken(folder, error())[-1]
            played(epochs(LOGS, weights(eager)))
            yield f"{filtering} {error.__name__}", [plainly, broken(folder, error())[-1]]
    keras.config.enable_traceback_filtering()


# Trained in the kernel


def kernel(folder: Path) -> Iterator[tuple[str, Any]]:
    arrays = weights(eager)
    wrong = {"kind": "trained", "epochs": 1, "arrays": [], "iterations": 1}
    answers: dict[str, list[graders.Answer]] = {
        "refused": [saying({"kind": "refused", "reason": "too large"})],
        "failed": [saying({"kind": "failed", "reason": "out of memory"})],
        "failed_late": [late],
        "closed": [],
        "other_weights": [saying(wrong)],
        "fewer_weights": [epochs(LOGS[:1], arrays[1:])],
        "unknown": [saying({"kind": "other"})],
        "no_kind": [saying({})],
        "no_logs": [saying({"kind": "epoch", "epoch": 0})],
        "odd_logs": [saying({"kind": "epoch", "epoch": 0, "logs": {"loss": "low"}})],
        "no_json": [saying(b"{")],
        "no_arrays": [saying({"kind": "trained"})],
        "objects": [saying(wrong | {"arrays": [{"dtype": "O", "shape": [1]}]}, b"12345678")],
        "size": [saying(wrong | {"arrays": [{"dtype": "float32", "shape": [2]}]}, b"1234")],
    }
    for name, given in answers.items():
        ways, _ = played(*given)
        history = eager().fit(flow(folder), epochs=2, verbose=0)
        yield name, [ways[0].told(), history.epoch, type(history).__name__]


def late(connection: Any, _: Any) -> None:
    graders.tell(connection, 0, LOGS[0])
    connection.send({"kind": "failed", "reason": "too late"})


def undescribed(folder: Path) -> Iterator[tuple[str, Any]]:
    arrays = weights(eager)
    cases: dict[str, Callable[[Any], dict[str, Any]]] = {
        "preprocessing": lambda model: {"x": other_loader(folder)},
        "own_callback": lambda model: {"callbacks": [listeners.Weighs()]},
        "callback_list": lambda model: {
            "callbacks": callbacks.CallbackList(add_history=True, model=model)
        },
    }
    for name, make in cases.items():
        ways, asked = played(epochs(LOGS, arrays))
        model = eager()
        history = model.fit(**{"x": flow(folder), "verbose": 0, **make(model)})
        yield name, [ways[0].told(), len(history.epoch), len(asked)]
    played()
    yield "signature", raised(lambda: eager().fit(flow(folder), epoch=2))
    yield "class", raised(lambda: eager().fit(flow(folder), callbacks=[Stops], verbose=0))


def other_loader(folder: Path) -> Any:
    generator = ImageDataGenerator(preprocessing_function=abs)
    with contextlib.redirect_stdout(io.StringIO()):
        return generator.flow_from_directory(folder, target_size=SHAPE[:2], class_mode="binary")


def raised(call: Callable[[], Any]) -> dict[str, Any]:
    try:
        call()
    except Exception as error:  # noqa: BLE001
        context = error.__context__
        return {"error": type(error).__name__, "context": context and str(context)}
    return {}


# What callbacks use

LISTENERS = (
    Stops, Records, listeners.Calculates, listeners.Global, callbacks.History, Steps,
    listeners.Validates, listeners.Rates, listeners.Looks, listeners.Other, listeners.Keeps,
    listeners.Nested, listeners.Inherits, listeners.GlobalOther, listeners.Patient,
    listeners.Helped, listeners.Contains, listeners.AtTheEnds, listeners.Warms, listeners.Watches,
    listeners.Method, listeners.Weighs, listeners.Assigns,
)  # fmt: skip
GIVEN: dict[str, Callable[[], Any]] = {
    "lambda": lambda: callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: print(logs)),
    "batches": lambda: callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: None),
    "partial": lambda: callbacks.LambdaCallback(on_epoch_end=functools.partial(print, "epoch")),
    "closure": lambda: callbacks.LambdaCallback(on_epoch_end=closing(sequential())),
    "closure_saves": lambda: callbacks.LambdaCallback(on_epoch_end=saving(sequential())),
    "Holds": lambda: listeners.Holds(sequential()),
    "class": lambda: Stops,
    "CSVLogger": lambda: callbacks.CSVLogger("log.csv"),
    "ModelCheckpoint": lambda: callbacks.ModelCheckpoint("model.keras"),
    "ModelCheckpoint_batches": lambda: callbacks.ModelCheckpoint("model.keras", save_freq=3),
    "BackupAndRestore": lambda: callbacks.BackupAndRestore("backup"),
    "LearningRateScheduler": lambda: callbacks.LearningRateScheduler(abs),
    "restoring": lambda: listeners.Patient(restore_best_weights=True),
    "TensorBoard": callbacks.TensorBoard,
    "TensorBoard_histograms": lambda: callbacks.TensorBoard(histogram_freq=1),
    "TensorBoard_batches": lambda: callbacks.TensorBoard(update_freq="batch"),
    # It profiles this very process; that it was asked for is what counts.
    "TensorBoard_profiles": lambda: profiling(callbacks.TensorBoard()),
    "swapping": listeners.Swaps,
    "used": lambda: used(Stops()),
}


def uses() -> Iterator[tuple[str, Any]]:
    listeners.network = sequential()
    for kind in LISTENERS:
        yield kind.__name__, needed(kind())
    for name, make in GIVEN.items():
        yield name, needed(make())
    with mock.patch.object(callbacks.CSVLogger, "on_train_batch_end", listeners.Weighs.weigh):
        yield "replaced", needed(callbacks.CSVLogger("log.csv"))
    yield "Validates_validated", needed(listeners.Validates(), validated=True)


def needed(callback: Any, *, validated: bool = False) -> Any:
    try:
        found = needs(callback, validated=validated)
    except Undescribable as why:
        return str(why)
    return [name for name in ("weights", "batches") if getattr(found, name)]


def profiling(callback: Any) -> Any:
    callback._should_trace = True
    return callback


def used(callback: Any) -> Any:
    callback.set_model(sequential())
    return callback


def saving(network: Any) -> Any:
    return lambda epoch, logs: network.save("network.keras")


def closing(network: Any) -> Any:
    return lambda epoch, logs: network.summary()


# Further fits


def further(folder: Path) -> Iterator[tuple[str, Any]]:
    arrays, loader = weights(eager), flow(folder)
    ways, asked = played(*[epochs(LOGS[:2], arrays)] * 9)
    model = eager()
    histories = [model.fit(loader, epochs=2, verbose=0) for _ in range(2)]
    yield "after", [[each["number"], each.get("after")] for each in asked]
    yield "two_histories", [histories[0] is not histories[1], histories[1].model is model]
    for name, make in AGAIN.items():
        model = eager()
        with contextlib.suppress(KeyError):
            model.fit(loader, callbacks=[Breaks(KeyError())] * (name == "raised"), verbose=0)
        make(model, arrays).fit(loader, verbose=0)
        yield name, [ways[-1].told()["reason"], asked[-1].get("after"), ways[-2].told()["number"]]


AGAIN: dict[str, Callable[[Any, list[Any]], Any]] = {
    "shared": lambda model, arrays: compiled(
        keras.Sequential([keras.Input(SHAPE), *model.layers]), run_eagerly=True
    ),
    "anew": lambda model, arrays: compiled(model, run_eagerly=True),
    "by_hand": lambda model, arrays: (model.set_weights(arrays), model)[1],
    "raised": lambda model, arrays: model,
}


# Watched


def observed(folder: Path, path: Path) -> Iterator[tuple[str, Any]]:
    ways, _ = played(epochs(LOGS, weights(eager)), epochs(LOGS, weights(eager)))
    observer = Observer(Channel(path), lambda error: exceptions.describe(error, {}))
    observer.install(ways)
    result = eager().fit(flow(folder), epochs=5, callbacks=[Stops()], verbose=0)
    eager().fit(flow(folder), callbacks=[listeners.Weighs()], verbose=0)
    with contextlib.suppress(KeyError):
        eager().fit(flow(folder), callbacks=[Breaks(KeyError())], verbose=0)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    yield "fits", [line for line in lines if line["kind"] == "fit" and "wall_s" in line]
    yield "faults", [line for line in lines if line["kind"] == "fault"]
    yield "found", observer.fit_of(result)


def alone() -> Iterator[tuple[str, Any]]:
    unwatch()
    yield "without", [fitting.install(None, WATCH[0]), FIT.__code__ is PLAIN[FIT]]


def main(folder: Path) -> dict[str, Any]:
    """Show all; the process that trains is made before TensorFlow has done anything."""
    images = folder / "images"
    for number in range(16):
        label = images / ("happy", "sad")[number % 2]
        label.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(number).integers(0, 255, SHAPE, np.uint8)
        Image.fromarray(pixels).save(label / f"{number}.png")
    connection = graders.training(images, SEED)
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    WATCH.append(watch_creation())
    topics = {
        "trained": trained(images, connection),
        "same": followed.same(images, lambda: installed(connection), unwatch),
        "followed": followed.cases(images, played),
        "progress": progress(images),
        "own": own(images),
        "traces": traces(images),
        "kernel": kernel(images),
        "undescribed": undescribed(images),
        "uses": uses(),
        "further": further(images),
        "observed": observed(images, folder / "evidence.jsonl"),
        "alone": alone(),
    }
    return {name: dict(topic) for name, topic in topics.items()}


if __name__ == "__main__":
    shown = main(Path(sys.argv[1]))
    print()
    print(json.dumps(shown))
