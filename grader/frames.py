"""Messages over a stream socket: their length in four bytes, then JSON or plain bytes.

Both ends check what they get: at either may be somebody who wants the other to fail.
"""

import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct(">I")
JSON_BYTES = 2 * 2**20
_PIECE = 2**20


class BrokenError(Exception):
    """The other end is gone, is too slow, or sends what is no message."""


def send(connection: socket.socket, payload: bytes) -> None:
    """Send plain bytes.

    Raises:
        BrokenError: The other end is gone.
    """
    try:
        connection.sendall(_LENGTH.pack(len(payload)))
        connection.sendall(payload)
    except (OSError, struct.error) as error:
        raise BrokenError(str(error)) from error


def send_json(connection: socket.socket, **fields: object) -> None:
    """Send a JSON object.

    Raises:
        BrokenError: The other end is gone.
    """
    send(connection, json.dumps(fields).encode())


def receive(connection: socket.socket, most: int) -> bytes:
    """Receive plain bytes.

    Args:
        connection: With a timeout, if it is not to wait for ever.
        most: How many bytes are taken.

    Raises:
        BrokenError: Nothing of that kind came.
    """
    [length] = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    if length > most:
        raise BrokenError(f"a message of {length} bytes, at most {most} expected")
    return _exactly(connection, length)


def receive_json(connection: socket.socket, most: int = JSON_BYTES) -> dict[str, Any]:
    """Receive a JSON object.

    Raises:
        BrokenError: No such thing came.
    """
    try:
        fields = json.loads(receive(connection, most))
    except (ValueError, RecursionError) as error:
        raise BrokenError(f"a message that is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise BrokenError("a message that is no JSON object")
    return fields


def _exactly(connection: socket.socket, length: int) -> bytes:
    received = bytearray()
    while len(received) < length:
        try:
            piece = connection.recv(min(_PIECE, length - len(received)))
        except OSError as error:
            raise BrokenError(str(error)) from error
        if not piece:
            raise BrokenError("the other end has closed")
        received += piece
    return bytes(received)
