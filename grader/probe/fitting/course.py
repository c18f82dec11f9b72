"""Follows one training by the grader, from its first epoch to its weights."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

from grader.inspection.plain import text
from grader.probe.describing.data import FitData
from grader.probe.fitting import landing
from grader.probe.fitting.connection import Connection, ConnectionEndedError
from grader.probe.fitting.play import HOOKS, Call, Play, UntrainedError
from grader.wire.messages import (
    END,
    PROGRESS,
    BeginMessage,
    EpochEndMessage,
    FailedMessage,
    RefusedMessage,
    ReplyMessage,
    SnapshotMessage,
    TrainedMessage,
)

End: TypeAlias = TrainedMessage | RefusedMessage | FailedMessage

_MALFORMED = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)


class Course:
    """The answers to one request.

    Args:
        connection: Where they come from.
        model: What is trained.
        data: What it is trained on.
        play: Calls the callbacks that are here.
        landed: Is called when the model has its weights.
    """

    def __init__(
        self,
        connection: Connection,
        model: Any,
        data: FitData,
        play: Play,
        landed: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._model = model
        self._data = data
        self._landed = landed
        self._play = play
        self._updates = 0
        # What the next epoch is shown with: its batches, and the weights at its end.
        self._calls: list[Call] = []
        self._weights: list[Any] | None = None

    def follow(self) -> Any:
        """Play all epochs, take over the weights and return the ``History``.

        Raises:
            UntrainedError: The grader refused, or failed, or callbacks did what it cannot do.
            ConnectionEndedError: It is gone, or does not make sense.
        """
        try:
            self._follow()
        except (UntrainedError, ConnectionEndedError):
            self._play.undo()
            raise
        return self._play.end()

    def _follow(self) -> None:
        while not isinstance(message := self._connection.hear(PROGRESS), End):
            if isinstance(message, BeginMessage):
                self._begin()
            elif isinstance(message, SnapshotMessage):
                self._snapshot(message)
            else:
                self._epoch(message)
        self._land(message)

    def _begin(self) -> None:
        try:
            rate = self._play.begin()
        except Exception as error:
            self._end_early(error)
            raise
        self._reply(stop=False, learning_rate=rate)

    def _snapshot(self, message: SnapshotMessage) -> None:
        try:
            self._calls = [_call(*each) for each in message.calls]
        except _MALFORMED:
            self._connection.close()
            raise ConnectionEndedError(f"{message.subject} makes no sense") from None
        self._weights = list(message.arrays) or None

    def _epoch(self, message: EpochEndMessage) -> None:
        self._updates += message.updates
        logs = {name: float(value) for name, value in message.logs.items()}
        try:
            if not self._play.begun:
                self._play.begin()
            self._play.within(self._calls)
            self._update(message)
            stop = self._play.epoch(
                message.epoch, logs, stopped=message.stopping, last=message.last
            )
        except Exception as error:
            self._end_early(error)
            raise
        self._reply(stop=stop, learning_rate=self._play.learning_rate)

    def _update(self, message: EpochEndMessage) -> None:
        rate = message.learning_rate
        try:
            self._play.update(None if rate is None else float(rate), self._weights, message.updates)
        except (TypeError, ValueError) as error:
            raise UntrainedError(f"an epoch's weights could not be taken over: {error}") from None

    def _reply(self, *, stop: bool, learning_rate: float | None = None) -> None:
        self._connection.tell(ReplyMessage(stop=stop, learning_rate=learning_rate))

    def _end_early(self, error: Exception) -> None:
        """Have the grader stop, so that the next request is answered, whatever was raised here."""
        with suppress(UntrainedError, ConnectionEndedError):
            self._reply(stop=True)
            message = self._connection.hear(END)
            if not isinstance(error, UntrainedError):
                # Keras leaves a model with the weights that it had when the student's code raised.
                self._land(message)

    def _land(self, message: End) -> None:
        if not isinstance(message, TrainedMessage):
            raise UntrainedError(text(message.reason))
        self._take(list(message.arrays), message.iterations)

    def _take(self, arrays: list[Any], iterations: int) -> None:
        try:
            landing.land(self._model, arrays, iterations)
            self._landed()
            self._data.advance(self._updates)
        except Exception as error:  # noqa: BLE001 - it is not the student's
            raise UntrainedError(f"what was trained could not be taken over: {error}") from None


def _call(hook: str, batch: int | None, logs: Mapping[str, float]) -> Call:
    if hook not in HOOKS:
        raise ValueError(hook)
    return hook, batch, {str(name): float(value) for name, value in logs.items()}
