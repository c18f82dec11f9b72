"""Tries a callback with logs that the grader sent, as in a training, and sees whether it stops."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from grader.probe.channel import attribute
from grader.probe.exceptions import frames
from grader.probe.fitting.mirror import ModelMirror, show_metrics
from grader.probe.scratch import like_here

Describe = Callable[[BaseException], dict[str, Any]]
Logs = Mapping[str, float] | None
# What fit gives callbacks when it is asked for as the assignment has it.
USUAL = {"verbose": "auto", "epochs": 20, "steps": 8}
_FRAMEWORKS, _NOTEBOOK = ("keras", "tensorflow"), "__main__"
_MOST_BATCHES = 100


@dataclass(frozen=True, slots=True)
class Setting:
    """What a callback is tried in.

    Args:
        model: Compiled and built.
        params: What ``fit`` gives to ``set_params``.
        own: Whether the model is the student's, and the files are those that there are now.
    """

    model: Any
    params: Mapping[str, Any]
    own: bool = False


def observe(
    factory: Callable[[], Any], trials: Sequence[Logs], describe: Describe, setting: Setting
) -> list[Any]:
    """Play each of ``trials`` to a callback of its own, as one epoch; report what it did."""
    return [_try(factory, logs, describe, setting) for logs in trials]


def replay(
    callback: Any, course: Sequence[Logs], first: int, describe: Describe, setting: Setting
) -> dict[str, Any]:
    """Play a whole training to a callback; report after how many epochs it asks to stop.

    Args:
        callback: As it was before the training.
        course: Logs of each epoch.
        first: Number of the first epoch, as Keras counts.
        describe: Describes an exception of the student's code.
        setting: What it is played in.
    """
    played: list[Logs] = []
    stopped, error, _ = _play(lambda: callback, _noting(course, played), describe, setting, first)
    return {"stopped_after": len(played) if stopped and not error else None, "error": error}


def _noting(course: Iterable[Logs], played: list[Logs]) -> Iterator[Logs]:
    for logs in course:
        played.append(logs)
        yield logs


def _try(
    factory: Callable[[], Any], logs: Logs, describe: Describe, setting: Setting
) -> dict[str, Any]:
    stopped, error, stand_in = _play(factory, [logs], describe, setting)
    told = dict(logs) if logs is not None else None
    return {"logs": told, "stopped": stopped, "error": error, "stand_in": stand_in}


def _play(
    factory: Callable[[], Any],
    course: Iterable[Logs],
    describe: Describe,
    setting: Setting,
    first: int = 0,
) -> tuple[bool, dict[str, Any] | None, bool]:
    """Return whether a callback asked to stop, what it raised, and if that may be our doing."""
    error, stopped, stand_in = None, False, False
    with _unchanged(setting.model), like_here(files=setting.own):
        try:
            try:
                _train(factory(), course, setting, first)
            finally:
                stopped = bool(setting.model.stop_training)
        except KeyboardInterrupt:
            raise
        except BaseException as raised:  # noqa: BLE001 - a student's callback may raise anything
            error, stand_in = describe(raised), _by_stand_in(raised, setting)
    return stopped, error, stand_in


def _train(callback: Any, course: Iterable[Logs], setting: Setting, first: int) -> None:
    """Call the hooks in the order in which ``fit`` does."""
    import keras

    model, params = setting.model, setting.params
    listed = keras.callbacks.CallbackList(
        [callback], add_history=True, add_progbar=params["verbose"] != 0, model=model, **params
    )
    model.stop_training = False
    listed.on_train_begin()
    logs: Logs = None
    for number, logs in enumerate(course, start=first):
        if setting.own or number > first:  # another model was left as it was compiled
            model.reset_metrics()
        _epoch(listed, number, logs, setting)
        if model.stop_training:
            break
    listed.on_train_end(logs)


def _epoch(listed: Any, number: int, logs: Logs, setting: Setting) -> None:
    model = setting.model
    listed.on_epoch_begin(number)
    # Where nobody listens, Keras would start a thread for each batch.
    steps = 0 if listed._async_train else setting.params["steps"]  # noqa: SLF001
    for batch in range(min(steps, _MOST_BATCHES)):
        listed.on_train_batch_begin(batch)
        listed.on_train_batch_end(batch, dict(logs or {}))
        if model.stop_training:
            break
    show_metrics(model, logs or {})
    if logs is None:
        _end_epoch_by_default(listed.callbacks[0])
    else:
        listed.on_epoch_end(number, dict(logs))


def _end_epoch_by_default(callback: Any) -> None:
    parameters: list[inspect.Parameter] = []
    with suppress(ValueError, TypeError):  # it is no function of Python's
        parameters = list(inspect.signature(callback.on_epoch_end).parameters.values())
    # An empty dictionary, as in older examples of Keras, stands for no logs as well as None does.
    if len(parameters) > 1 and isinstance(parameters[1].default, Mapping):
        callback.on_epoch_end(0)
    else:
        callback.on_epoch_end(0, None)


@contextmanager
def _unchanged(model: Any) -> Iterator[None]:
    """Have a model be afterwards as it was."""
    before = ModelMirror(model, weights=True)
    history, stopping = attribute(model, "history"), attribute(model, "stop_training")
    model.stop_training = False
    try:
        yield
    finally:
        with suppress(Exception):  # it may have been changed beyond repair
            before.restore()
            model.reset_metrics()
        model.history, model.stop_training = history, stopping


def _by_stand_in(error: BaseException, setting: Setting) -> bool:
    """Whether an exception may come of what is not as in the student's own training.

    Another model has other layers and takes other images, another folder has other files.
    """
    if isinstance(error, OSError) or setting.own:
        return isinstance(error, OSError)
    return isinstance(error, IndexError) or _raised_in_framework(error)


def _raised_in_framework(error: BaseException) -> bool:
    """Whether it was raised by what the notebook's code called of Keras or TensorFlow."""
    called, inside = False, False
    for frame, _ in frames(error.__traceback__):
        room = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        called = called or room == _NOTEBOOK
        inside = called and room != _NOTEBOOK and (inside or room in _FRAMEWORKS)
    return inside
