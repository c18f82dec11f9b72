"""Tries a callback with logs that the grader sent, as in a training, and sees whether it stops."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    return [_play(factory, logs, describe, setting) for logs in trials]


def _play(
    factory: Callable[[], Any], logs: Logs, describe: Describe, setting: Setting
) -> dict[str, Any]:
    error, stopped, stand_in = None, False, False
    with _unchanged(setting.model), like_here(files=setting.own):
        try:
            try:
                _epoch(factory(), logs, setting)
            finally:
                stopped = bool(setting.model.stop_training)
        except KeyboardInterrupt:
            raise
        except BaseException as raised:  # noqa: BLE001 - a student's callback may raise anything
            error, stand_in = describe(raised), _by_stand_in(raised, setting)
    return {
        "logs": dict(logs) if logs is not None else None,
        "stopped": stopped,
        "error": error,
        "stand_in": stand_in,
    }


def _epoch(callback: Any, logs: Logs, setting: Setting) -> None:
    """Call the hooks in the order in which ``fit`` does."""
    import keras

    model, params = setting.model, setting.params
    listed = keras.callbacks.CallbackList(
        [callback], add_history=True, add_progbar=params["verbose"] != 0, model=model, **params
    )
    model.stop_training = False
    listed.on_train_begin()
    model.reset_metrics()
    listed.on_epoch_begin(0)
    # Where nobody listens, Keras would start a thread for each batch.
    steps = 0 if listed._async_train else params["steps"]  # noqa: SLF001
    for batch in range(min(steps, _MOST_BATCHES)):
        listed.on_train_batch_begin(batch)
        listed.on_train_batch_end(batch, dict(logs or {}))
        if model.stop_training:
            break
    show_metrics(model, logs or {})
    if logs is None:
        _end_epoch_by_default(callback)
    else:
        listed.on_epoch_end(0, dict(logs))
    listed.on_train_end(logs)


def _end_epoch_by_default(callback: Any) -> None:
    try:
        inspect.signature(callback.on_epoch_end).bind(0)
    except TypeError:
        callback.on_epoch_end(0, None)  # it has no default
    else:
        callback.on_epoch_end(0)


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
