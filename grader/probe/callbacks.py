"""Plays epochs to a callback, with logs that the grader sent, and sees whether it stops."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Describe = Callable[[BaseException], dict[str, Any]]
Logs = Mapping[str, float] | None


class Stage:
    """Stands in for the model while a callback is tried: all it has is ``stop_training``."""

    def __init__(self) -> None:
        self.stop_training = False


def observe(factory: Callable[[], Any], trials: Sequence[Logs], describe: Describe) -> list[Any]:
    """Play each of ``trials`` to a callback of its own, as one epoch; report what it did."""
    return [_play(factory, logs, describe) for logs in trials]


def _play(factory: Callable[[], Any], logs: Logs, describe: Describe) -> dict[str, Any]:
    stage = Stage()
    error, stopped = None, False
    try:
        try:
            _epoch(factory(), stage, logs)
        finally:
            stopped = bool(stage.stop_training)
    except KeyboardInterrupt:
        raise
    except BaseException as raised:  # noqa: BLE001 - a student's callback may raise anything
        error = describe(raised)
    return {
        "logs": dict(logs) if logs is not None else None,
        "stopped": stopped,
        "error": error,
    }


def _epoch(callback: Any, stage: Stage, logs: Logs) -> None:
    callback.set_params({"epochs": 20, "steps": 8, "verbose": 0})
    callback.set_model(stage)
    callback.on_train_begin()
    callback.on_epoch_begin(0)
    callback.on_train_batch_begin(0)
    callback.on_train_batch_end(0, None if logs is None else dict(logs))
    callback.on_epoch_end(0, None if logs is None else dict(logs))
