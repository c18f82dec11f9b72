"""Finds out which callback asks for a training to stop, while Keras calls them as ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from grader import hooks
from grader.inspection.plain import attribute


class Stopping:
    """What ended one training.

    Args:
        model: What is trained.
    """

    def __init__(self, model: Any) -> None:
        self.model = model
        # The callback that was called when ``stop_training`` came to be true; None if that was
        # between two callbacks.
        self.by: Any = None

    @property
    def asked(self) -> bool:
        """Whether the training is to stop."""
        try:
            return bool(attribute(self.model, "stop_training"))
        except Exception:  # noqa: BLE001 - a student's callback may set it to anything
            return False


class _Followed(list[Any]):
    """The callbacks of a ``CallbackList``; whoever goes through them is followed."""

    stopping: Stopping

    def __iter__(self) -> Iterator[Any]:
        for callback in super().__iter__():
            before = self.stopping.asked
            yield callback
            if not before and self.stopping.asked:
                self.stopping.by = callback


class Followers:
    """The trainings that are under way, innermost last."""

    def __init__(self) -> None:
        self._open: list[Stopping] = []

    @contextmanager
    def following(self, model: Any) -> Iterator[Stopping]:
        """Follow the training of a model that happens meanwhile."""
        stopping = Stopping(model)
        self._open.append(stopping)
        try:
            yield stopping
        finally:
            self._open.remove(stopping)

    def begin(self, arguments: hooks.Arguments) -> hooks.Steps:
        """Follow a list of callbacks: the hook of ``CallbackList.on_train_begin``."""
        listed = arguments["self"]
        model = attribute(listed, "model")
        stopping = next((each for each in reversed(self._open) if each.model is model), None)
        if stopping is not None and isinstance(attribute(listed, "callbacks"), list):
            stopping.by = None
            followed = _Followed(listed.callbacks)
            followed.stopping = stopping
            listed.callbacks = followed
        return (yield)
