"""Messages as JSON, with the arrays that follow them, and read again at the other end."""

import socket
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin

from grader.wire import arrays, frames
from grader.wire.frames import SenselessError
from grader.wire.messages import Message, OneOf, WithArrays

Kinds = TypeVar("Kinds")

_ARRAYS = "arrays"


def encode(message: Message) -> dict[str, Any]:
    """Return a message as JSON has it; of arrays, their types and shapes."""
    said = {each.name: getattr(message, each.name) for each in fields(message)}
    if isinstance(message, WithArrays):
        said[_ARRAYS] = arrays.announced(message.arrays)
    return {"kind": message.kind, **said}


def decode(said: Mapping[str, Any], expected: OneOf[Kinds]) -> Kinds:
    """Read a message; one that is followed by arrays holds what was announced of these.

    Args:
        said: An object of JSON, whoever sent it.
        expected: The kinds that it may be of.

    Raises:
        SenselessError: It is of no such kind, or a field is missing or of another type.
    """
    kind = next((each for each in expected.kinds if each.kind == said.get("kind")), Message)
    known = {each.name: each.type for each in fields(kind) if each.name in said}
    fitting = all(_fits(said[name], declared) for name, declared in known.items())
    if kind is Message or not fitting:
        raise _senseless(kind)
    try:
        return cast("Kinds", kind(**{name: said[name] for name in known}))
    except TypeError as error:
        raise _senseless(kind) from error


def with_arrays(message: Kinds, read: Callable[[int], bytes | bytearray], most: int) -> Kinds:
    """Return a message with the arrays that follow it, if it is of such a kind.

    Args:
        message: As it was decoded.
        read: Returns the next frame, of at most so many bytes.
        most: How many bytes all arrays may have.

    Raises:
        SenselessError: They were not announced as arrays are, or are not what was announced.
    """
    if not isinstance(message, WithArrays):
        return message
    try:
        return replace(message, arrays=arrays.take(read, message.arrays, most))
    except (KeyError, OverflowError, TypeError, ValueError) as error:
        raise _senseless(type(message)) from error


def send(connection: socket.socket, message: Message) -> None:
    """Send a message, and the arrays that follow it.

    Raises:
        BrokenError: The other end is gone.
    """
    frames.send_json(connection, **encode(message))
    if isinstance(message, WithArrays):
        for array in message.arrays:
            frames.send(connection, arrays.content(array))


def receive(
    connection: socket.socket,
    expected: OneOf[Kinds],
    *,
    most: int = frames.JSON_BYTES,
    arrays_most: int = 0,
    seconds: float | None = None,
) -> Kinds:
    """Receive a message of one of these kinds, and the arrays that follow it.

    Args:
        connection: As for ``frames.receive_json``.
        expected: The kinds.
        most: How many bytes the message may have.
        arrays_most: How many bytes its arrays may have together.
        seconds: As for ``frames.receive_json``; it holds for the message alone.

    Raises:
        BrokenError: Nothing came, or something else, which is a ``SenselessError``.
    """
    message = decode(frames.receive_json(connection, most, seconds), expected)
    return with_arrays(message, lambda left: frames.receive(connection, left), arrays_most)


def _fits(value: object, declared: Any) -> bool:  # noqa: ANN401 - what may annotate a field
    kinds = get_args(declared) if isinstance(declared, UnionType) else (declared,)
    return any(isinstance(value, get_origin(kind) or kind) for kind in kinds)


def _senseless(kind: type[Message]) -> SenselessError:
    return SenselessError(f"{kind.subject} makes no sense")
