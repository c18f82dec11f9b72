"""Frames over a stream socket: four bytes of length, the highest first, then as many bytes."""

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

MAX_JSON = 2**20
_LENGTH = struct.Struct(">I")


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
        payload = json.dumps(message, allow_nan=False).encode("ascii")
        if len(payload) > MAX_JSON:
            raise ValueError(f"a message of {len(payload)} bytes is too long")
        self.write(payload)

    def receive(self) -> dict[str, Any]:
        """Wait for an object of JSON and return it.

        Raises:
            ConnectionEndedError: The connection is closed, or something else was sent.
        """
        try:
            message = json.loads(self.read(MAX_JSON))
        except (ValueError, RecursionError):
            raise self._ended("what came is no JSON") from None
        if not isinstance(message, dict):
            raise self._ended("what came is no object of JSON")
        return message

    def write(self, payload: bytes) -> None:
        """Send a frame.

        Args:
            payload: Its bytes.

        Raises:
            ConnectionEndedError: The connection is closed.
        """
        try:
            self._socket.sendall(_LENGTH.pack(len(payload)) + payload)
        except OSError:
            raise self._ended("the connection is closed") from None
        except BaseException:
            self.close()  # half a frame was sent
            raise

    def read(self, limit: int) -> bytearray:
        """Wait for a frame and return its bytes.

        Args:
            limit: How many they may be.

        Raises:
            ConnectionEndedError: The connection is closed, or the frame is longer.
        """
        try:
            (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size, _LENGTH.size))
            return self._exactly(length, limit)
        except OSError:
            raise self._ended("the connection is closed") from None
        except BaseException:
            self.close()  # half a frame was read
            raise

    def _exactly(self, size: int, limit: int) -> bytearray:
        if size > limit:
            raise self._ended(f"a frame of {size} bytes is too long")
        found = bytearray(size)
        rest = memoryview(found)
        while rest:
            count = self._socket.recv_into(rest)
            if not count:
                raise self._ended("the connection is closed")
            rest = rest[count:]
        return found

    def _ended(self, why: str) -> ConnectionEndedError:
        self.close()
        return ConnectionEndedError(why)
