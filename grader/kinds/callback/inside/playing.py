"""Tries a callback with logs that the grader sent, as in a training, and sees whether it stops."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from grader.kinds.callback.inside.environment import TrialEnvironment
from grader.probe.exceptions import frames
from grader.probe.fitting.mirror import show_metrics

Describe = Callable[[BaseException], dict[str, Any]]
Logs = Mapping[str, float] | None
_FRAMEWORKS, _NOTEBOOK = ("keras", "tensorflow"), "__main__"
_MOST_BATCHES = 100


def observe(
    factory: Callable[[], Any],
    trials: Sequence[Logs],
    describe: Describe,
    environment: TrialEnvironment,
) -> list[Any]:
    """Play each of ``trials`` to a callback of its own, as one epoch; report what it did."""
    return [_try(factory, logs, describe, environment) for logs in trials]


def replay(
    callback: Any,
    course: Sequence[Logs],
    first: int,
    describe: Describe,
    environment: TrialEnvironment,
) -> dict[str, Any]:
    """Play a whole training to a callback; report after how many epochs it asks to stop.

    Args:
        callback: As it was before the training.
        course: Logs of each epoch.
        first: Number of the first epoch, as Keras counts.
        describe: Describes an exception of the student's code.
        environment: What it is played in.
    """
    played: list[Logs] = []
    stopped, error, _ = _play(
        lambda: callback, _noting(course, played), describe, environment, first
    )
    return {"stopped_after": len(played) if stopped and not error else None, "error": error}


def _noting(course: Iterable[Logs], played: list[Logs]) -> Iterator[Logs]:
    for logs in course:
        played.append(logs)
        yield logs


def _try(
    factory: Callable[[], Any], logs: Logs, describe: Describe, environment: TrialEnvironment
) -> dict[str, Any]:
    stopped, error, stand_in = _play(factory, [logs], describe, environment)
    told = dict(logs) if logs is not None else None
    return {"logs": told, "stopped": stopped, "error": error, "stand_in": stand_in}


def _play(
    factory: Callable[[], Any],
    course: Iterable[Logs],
    describe: Describe,
    environment: TrialEnvironment,
    first: int = 0,
) -> tuple[bool, dict[str, Any] | None, bool]:
    """Return whether a callback asked to stop, what it raised, and if that may be our doing."""
    error, stopped, stand_in = None, False, False
    with environment.trial():
        try:
            try:
                _train(factory(), course, environment, first)
            finally:
                stopped = bool(environment.model.stop_training)
        except KeyboardInterrupt:
            raise
        except BaseException as raised:  # noqa: BLE001 - a student's callback may raise anything
            error, stand_in = describe(raised), _by_stand_in(raised, environment)
    return stopped, error, stand_in


def _train(
    callback: Any, course: Iterable[Logs], environment: TrialEnvironment, first: int
) -> None:
    """Call the hooks in the order in which ``fit`` does."""
    import keras

    model, params = environment.model, environment.params
    listed = keras.callbacks.CallbackList(
        [callback], add_history=True, add_progbar=params["verbose"] != 0, model=model, **params
    )
    model.stop_training = False
    listed.on_train_begin()
    logs: Logs = None
    for number, logs in enumerate(course, start=first):
        if number > first:
            model.reset_metrics()
        _epoch(listed, number, logs, environment)
        if model.stop_training:
            break
    listed.on_train_end(logs)


def _epoch(listed: Any, number: int, logs: Logs, environment: TrialEnvironment) -> None:
    model = environment.model
    listed.on_epoch_begin(number)
    # Where nobody listens, Keras would start a thread for each batch.
    steps = 0 if listed._async_train else environment.params["steps"]  # noqa: SLF001
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


def _by_stand_in(error: BaseException, environment: TrialEnvironment) -> bool:
    """Whether an exception may come of what is not as in the student's own training.

    Another model has other layers and takes other images, another folder has other files.
    """
    if isinstance(error, OSError) or environment.own:
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
