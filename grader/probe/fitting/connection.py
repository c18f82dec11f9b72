"""The probe's end of the connection to the grader that trains."""

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from grader.wire import arrays, coding, frames
from grader.wire.messages import Message, OneOf, WithArrays

MAX_JSON = 2**20
# Of all arrays that follow one message.
MAX_BYTES = 2**30
Kinds = TypeVar("Kinds")


class ConnectionEndedError(Exception):
    """Nothing more can be said or heard, and why."""


class Connection:
    """One end of a connected socket; whatever breaks it, closes it for good.

    Args:
        end: The socket; from here on it waits for as long as a training takes.
    """

    def __init__(self, end: socket.socket) -> None:
        end.settimeout(None)
        self._socket = end

    def close(self) -> None:
        """End it, so that the other side sees the end of file."""
        self._socket.close()

    def send(self, message: Mapping[str, Any]) -> None:
        """Send an object of JSON.

        Args:
            message: The object.

        Raises:
            ValueError: It is too long, or holds what JSON cannot say; nothing was sent.
            ConnectionEndedError: The connection is closed.
        """
        payload = json.dumps(message, allow_nan=False).encode()
        if len(payload) > MAX_JSON:
            raise ValueError(frames.too_long(len(payload), MAX_JSON))
        self.write(payload)

    def receive(self) -> dict[str, Any]:
        """Wait for an object of JSON and return it.

        Raises:
            ConnectionEndedError: The connection is closed, or something else was sent.
        """
        with self._unbroken():
            return frames.receive_json(self._socket, MAX_JSON)

    def tell(self, message: Message) -> None:
        """Send a message, and the arrays that follow it.

        Args:
            message: The message.

        Raises:
            ValueError: As for ``send``.
            ConnectionEndedError: The connection is closed.
        """
        self.send(coding.encode(message))
        if isinstance(message, WithArrays):
            for array in message.arrays:
                self.write(arrays.content(array))

    def hear(self, expected: OneOf[Kinds]) -> Kinds:
        """Wait for a message of one of these kinds and return it, with the arrays that follow it.

        Args:
            expected: The kinds.

        Raises:
            ConnectionEndedError: The connection is closed, or something else was sent.
        """
        said = self.receive()
        with self._unbroken():
            return coding.with_arrays(coding.decode(said, expected), self.read, MAX_BYTES)

    def write(self, payload: bytes | memoryview) -> None:
        """Send a frame.

        Args:
            payload: Its bytes.

        Raises:
            ConnectionEndedError: The connection is closed.
        """
        with self._unbroken():
            frames.send(self._socket, payload)

    def read(self, limit: int) -> bytearray:
        """Wait for a frame and return its bytes.

        Args:
            limit: How many they may be.

        Raises:
            ConnectionEndedError: The connection is closed, or the frame is longer.
        """
        with self._unbroken():
            return frames.receive(self._socket, limit)

    @contextmanager
    def _unbroken(self) -> Iterator[None]:
        try:
            yield
        except frames.BrokenError as error:
            self.close()
            raise ConnectionEndedError(str(error)) from None
        except BaseException:
            self.close()  # half a frame was sent or read
            raise
