"""Messages over a stream socket: four bytes of length, the highest first, then JSON or any bytes.

Both ends check what they get: at either may be somebody who wants the other to fail.
"""

import json
import os
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, TypeAlias

Left: TypeAlias = Callable[[], socket.socket]

_LENGTH = struct.Struct(">I")
_MOST = 2**32 - 1
JSON_BYTES, _PIECE_BYTES = 2 * 2**20, 2**20
# With a timeout of 0, a socket would not wait at all.
_LEAST_S = 1e-3


class BrokenError(Exception):
    """The other end is gone, is too slow, or sends what is no message."""


class SenselessError(BrokenError):
    """What came is no message, or none that could be expected; no probe or trainer sends such."""


def listening(path: Path) -> socket.socket:
    """Return a socket that one other may connect to.

    Args:
        path: Where, in a folder that may have a name of any length.
    """
    listener = socket.socket(socket.AF_UNIX)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        # An address has at most 107 characters.
        near = Path(f"/proc/self/fd/{folder}")
        listener.bind(str(near / path.name if near.exists() else path))
    finally:
        os.close(folder)
    listener.listen(1)
    return listener


def send(connection: socket.socket, payload: bytes | memoryview) -> None:
    """Send plain bytes; of a view, its items are bytes.

    Raises:
        BrokenError: The other end is gone, or the bytes are more than four can count.
    """
    if len(payload) > _MOST:
        raise BrokenError(too_long(len(payload), _MOST))
    try:
        connection.sendall(_LENGTH.pack(len(payload)))
        connection.sendall(payload)
    except OSError as error:
        raise _closed(error) from error


def send_json(connection: socket.socket, **fields: object) -> None:
    """Send a JSON object.

    Raises:
        BrokenError: The other end is gone.
    """
    send(connection, json.dumps(fields).encode())


def receive(connection: socket.socket, most: int) -> bytearray:
    """Receive plain bytes.

    Args:
        connection: With a timeout, if it is not to wait for ever.
        most: How many bytes are taken.

    Raises:
        BrokenError: Nothing came, or something longer, which is a ``SenselessError``.
    """
    return _received(lambda: connection, most)


def receive_into(file: IO[bytes], connection: socket.socket, most: int) -> None:
    """Receive plain bytes that are too many to be held.

    Args:
        file: Where they are written.
        connection: As for ``receive``.
        most: How many are taken.

    Raises:
        BrokenError: As for ``receive``.
    """
    left = _length(lambda: connection, most)
    while left:
        piece = _exactly(lambda: connection, min(left, _PIECE_BYTES))
        file.write(piece)
        left -= len(piece)


def receive_json(
    connection: socket.socket, most: int = JSON_BYTES, seconds: float | None = None
) -> dict[str, Any]:
    """Receive a JSON object.

    Args:
        connection: With a timeout, if it is not to wait for ever.
        most: How many bytes are taken.
        seconds: For all of it, however many pieces it comes in; None for what the connection's
            timeout allows between two pieces.

    Raises:
        BrokenError: Nothing came, or something else, which is a ``SenselessError``.
    """
    try:
        with _within(connection, seconds) as left:
            fields = json.loads(_received(left, most))
    except (ValueError, RecursionError) as error:
        raise SenselessError(f"a message that is no JSON: {error}") from error
    if not isinstance(fields, dict):
        raise SenselessError("a message that is no object of JSON")
    return fields


def too_long(length: int, most: int) -> str:
    """Say of a message of so many bytes that it is longer than it may be."""
    return f"a message of {length} bytes is too long, at most {most} expected"


@contextmanager
def _within(connection: socket.socket, seconds: float | None) -> Iterator[Left]:
    """Give the connection, each time with the time that is left as its timeout."""
    if seconds is None:
        yield lambda: connection
        return
    end, usual = time.monotonic() + seconds, connection.gettimeout()

    def left() -> socket.socket:
        if time.monotonic() > end:
            raise _closed(f"it takes longer than {seconds:g} s")
        connection.settimeout(max(end - time.monotonic(), _LEAST_S))
        return connection

    try:
        yield left
    finally:
        with suppress(OSError):  # it was closed meanwhile
            connection.settimeout(usual)


def _received(connection: Left, most: int) -> bytearray:
    return _exactly(connection, _length(connection, most))


def _length(connection: Left, most: int) -> int:
    length = int.from_bytes(_exactly(connection, _LENGTH.size), "big")
    if length > most:
        raise SenselessError(too_long(length, most))
    return length


def _exactly(connection: Left, length: int) -> bytearray:
    received = bytearray(length)
    rest = memoryview(received)
    while rest:
        try:
            count = connection().recv_into(rest)
        except OSError as error:
            raise _closed(error) from error
        if not count:
            raise _closed("the other end is gone")
        rest = rest[count:]
    return received


def _closed(why: object) -> BrokenError:
    return BrokenError(f"the connection is closed: {why}")
