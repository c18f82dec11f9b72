"""Follows one training by the grader, from its first epoch to its weights."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from grader.probe.channel import text
from grader.probe.fitting import landing
from grader.probe.fitting.connection import Connection, ConnectionEndedError
from grader.probe.fitting.play import Play


class UntrainedError(Exception):
    """The grader did not train; the message says why, and the kernel trains by itself."""


class Course:
    """The answers to one request.

    Args:
        connection: Where they come from.
        model: What is trained.
        arguments: What ``fit`` was given, by name.
        callbacks: Those that are called here.
        landed: Is called when the model has its weights.
    """

    def __init__(
        self,
        connection: Connection,
        model: Any,
        arguments: Mapping[str, Any],
        callbacks: list[Any],
        landed: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._model = model
        self._arguments = arguments
        self._landed = landed
        self._play = Play(model, arguments, callbacks)
        self._epochs = 0

    def follow(self) -> Any:
        """Play all epochs, take over the weights and return the ``History``.

        Raises:
            UntrainedError: The grader refused, or failed.
            ConnectionEndedError: It is gone, or does not make sense.
        """
        message = self._connection.receive()
        while message.get("kind") == "epoch":
            self._epoch(message)
            message = self._connection.receive()
        self._land(message)
        return self._play.end()

    def _epoch(self, message: Mapping[str, Any]) -> None:
        number, logs = self._read(message)
        try:
            stop = self._play.epoch(number, logs, stopped=message.get("stopping") is True)
        except Exception:
            # Keras leaves a model with the weights that it had when the student's code raised.
            with suppress(UntrainedError, ConnectionEndedError):
                self._reply(number, stop=True)
                self._land(self._connection.receive())
            raise
        self._reply(number, stop=stop)

    def _read(self, message: Mapping[str, Any]) -> tuple[int, dict[str, float]]:
        try:
            logs = {str(name): float(value) for name, value in message["logs"].items()}
            self._epochs += 1
            return int(message["epoch"]), logs
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            raise self._senseless("what came of an epoch") from None

    def _reply(self, number: int, *, stop: bool) -> None:
        self._connection.send({"kind": "reply", "epoch": number, "stop": stop})

    def _land(self, message: Mapping[str, Any]) -> None:
        if message.get("kind") in {"refused", "failed"}:
            raise UntrainedError(text(message.get("reason")))
        if message.get("kind") != "trained":
            raise self._senseless("the answer")
        try:
            arrays = landing.receive(self._connection, message)
            iterations = int(message["optimizer"]["iterations"])
        except (KeyError, OverflowError, TypeError, ValueError):
            raise self._senseless("what came of the weights") from None
        self._take(arrays, iterations)

    def _take(self, arrays: list[Any], iterations: int) -> None:
        loader = self._arguments["x"]
        try:
            landing.land(self._model, loader, arrays, iterations)
            self._landed()
            landing.advance(loader, self._arguments, self._epochs)
        except Exception as error:  # noqa: BLE001 - it is not the student's
            raise UntrainedError(f"what was trained could not be taken over: {error}") from None

    def _senseless(self, what: str) -> ConnectionEndedError:
        self._connection.close()
        return ConnectionEndedError(f"{what} makes no sense")
