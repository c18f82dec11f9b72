"""Follows one training by the grader, from its first epoch to its weights."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from grader.probe.channel import text
from grader.probe.fitting import landing
from grader.probe.fitting.connection import Connection, ConnectionEndedError
from grader.probe.fitting.play import HOOKS, Call, Play, UntrainedError

_MALFORMED = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)


class Course:
    """The answers to one request.

    Args:
        connection: Where they come from.
        model: What is trained.
        arguments: What ``fit`` was given, by name.
        play: Calls the callbacks that are here.
        landed: Is called when the model has its weights.
    """

    def __init__(
        self,
        connection: Connection,
        model: Any,
        arguments: Mapping[str, Any],
        play: Play,
        landed: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._model = model
        self._arguments = arguments
        self._landed = landed
        self._play = play
        self._epochs = 0
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
        parts = {"begin": self._begin, "snapshot": self._snapshot, "epoch": self._epoch}
        message = self._connection.receive()
        while (part := parts.get(str(message.get("kind")))) is not None:
            part(message)
            message = self._connection.receive()
        self._land(message)

    def _begin(self, _: Mapping[str, Any]) -> None:
        try:
            rate = self._play.begin()
        except Exception as error:
            self._end_early(error)
            raise
        self._reply(stop=False, learning_rate=rate)

    def _snapshot(self, message: Mapping[str, Any]) -> None:
        try:
            self._calls = [_call(*each) for each in message["calls"]]
            announced = message["arrays"]
            self._weights = landing.receive(self._connection, message) if announced else None
        except _MALFORMED:
            raise self._senseless("what came of an epoch's batches or weights") from None

    def _epoch(self, message: Mapping[str, Any]) -> None:
        number, logs = self._read(message)
        stopped, last = message.get("stopping") is True, message.get("last") is True
        try:
            if not self._play.begun:
                self._play.begin()
            self._play.within(self._calls)
            self._update(message.get("learning_rate"))
            stop = self._play.epoch(number, logs, stopped=stopped, last=last)
        except Exception as error:
            self._end_early(error)
            raise
        self._reply(stop=stop, learning_rate=self._play.learning_rate)

    def _update(self, rate: Any) -> None:
        try:
            self._play.update(None if rate is None else float(rate), self._weights)
        except (TypeError, ValueError) as error:
            raise UntrainedError(f"an epoch's weights could not be taken over: {error}") from None

    def _read(self, message: Mapping[str, Any]) -> tuple[int, dict[str, float]]:
        try:
            logs = {str(name): float(value) for name, value in message["logs"].items()}
            self._epochs += 1
            return int(message["epoch"]), logs
        except _MALFORMED:
            raise self._senseless("what came of an epoch") from None

    def _reply(self, *, stop: bool, learning_rate: float | None = None) -> None:
        self._connection.send({"kind": "reply", "stop": stop, "learning_rate": learning_rate})

    def _end_early(self, error: Exception) -> None:
        """Have the grader stop, so that the next request is answered, whatever was raised here."""
        with suppress(UntrainedError, ConnectionEndedError):
            self._reply(stop=True)
            message = self._connection.receive()
            if isinstance(error, UntrainedError):
                self._received(message)
            else:
                # Keras leaves a model with the weights that it had when the student's code raised.
                self._land(message)

    def _land(self, message: Mapping[str, Any]) -> None:
        self._take(*self._received(message))

    def _received(self, message: Mapping[str, Any]) -> tuple[list[Any], int]:
        if message.get("kind") in {"refused", "failed"}:
            raise UntrainedError(text(message.get("reason")))
        if message.get("kind") != "trained":
            raise self._senseless("the answer")
        try:
            arrays = landing.receive(self._connection, message)
            return arrays, int(message["optimizer"]["iterations"])
        except _MALFORMED:
            raise self._senseless("what came of the weights") from None

    def _take(self, arrays: list[Any], iterations: int) -> None:
        loader = self._arguments["x"]
        try:
            landing.land(self._model, arrays, iterations)
            self._landed()
            landing.advance(loader, self._arguments, self._epochs)
        except Exception as error:  # noqa: BLE001 - it is not the student's
            raise UntrainedError(f"what was trained could not be taken over: {error}") from None

    def _senseless(self, what: str) -> ConnectionEndedError:
        self._connection.close()
        return ConnectionEndedError(f"{what} makes no sense")


def _call(hook: str, batch: int | None, logs: Mapping[str, float]) -> Call:
    if hook not in HOOKS:
        raise ValueError(hook)
    return hook, batch, {str(name): float(value) for name, value in logs.items()}
