import json
import math
import socket
import struct
from collections.abc import Iterator
from typing import Any

import pytest

from grader.probe.fitting.connection import MAX_JSON, Connection, ConnectionEndedError


@pytest.fixture
def ends() -> Iterator[tuple[Connection, socket.socket]]:
    ours, theirs = socket.socketpair()
    connection = Connection(ours)
    yield connection, theirs
    connection.close()
    theirs.close()


def frame(payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + payload


def test_a_message_is_its_length_and_json(ends: tuple[Connection, socket.socket]) -> None:
    connection, other = ends
    connection.send({"kind": "reply", "stop": True})
    sent = other.recv(1000)
    assert sent[:4] == struct.pack(">I", len(sent) - 4)
    assert json.loads(sent[4:]) == {"kind": "reply", "stop": True}


def test_a_message_is_received(ends: tuple[Connection, socket.socket]) -> None:
    connection, other = ends
    other.sendall(frame('{"kind": "refused", "reason": "größer"}'.encode()))
    assert connection.receive() == {"kind": "refused", "reason": "größer"}


def test_messages_come_one_by_one(ends: tuple[Connection, socket.socket]) -> None:
    connection, other = ends
    other.sendall(frame(b'{"a": 1}') + frame(b'{"a": 2}'))
    assert [connection.receive()["a"] for _ in range(2)] == [1, 2]


def test_bytes_go_both_ways(ends: tuple[Connection, socket.socket]) -> None:
    connection, other = ends
    back = Connection(other)
    connection.write(b"\0\xff")
    back.write(bytes(back.read(2)))
    assert connection.read(2) == b"\0\xff"


def test_a_frame_may_be_empty(ends: tuple[Connection, socket.socket]) -> None:
    connection, other = ends
    other.sendall(frame(b""))
    assert connection.read(0) == b""


def test_a_loss_may_be_no_number(ends: tuple[Connection, socket.socket]) -> None:
    connection, other = ends
    other.sendall(frame(b'{"loss": NaN}'))
    assert math.isnan(connection.receive()["loss"])


@pytest.mark.parametrize("message", [{"a": "x" * MAX_JSON}, {"a": math.nan}])
def test_what_cannot_be_sent_breaks_nothing(
    ends: tuple[Connection, socket.socket], message: dict[str, Any]
) -> None:
    connection, other = ends
    with pytest.raises(ValueError, match=r"too long|not JSON"):
        connection.send(message)
    connection.send({})
    assert other.recv(100) == frame(b"{}")


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (frame(b"{"), "no JSON"),
        (frame(b"\xff\xfe"), "no JSON"),
        (frame(b"[" * 100_000), "no JSON"),
        (frame(b"1" * 10_000), "no JSON"),
        (frame(b"[]"), "no object"),
        (b"\xff\xff\xff\xff", "too long"),
        (frame(b"{}")[:-1], "closed"),
        (b"\0\0", "closed"),
        (b"", "closed"),
    ],
)
def test_garbage_ends_the_connection(
    ends: tuple[Connection, socket.socket], sent: bytes, reason: str
) -> None:
    connection, other = ends
    other.sendall(sent)
    other.shutdown(socket.SHUT_WR)
    with pytest.raises(ConnectionEndedError, match=reason):
        connection.receive()
    assert other.recv(1) == b""


def test_a_frame_may_be_no_longer_than_expected(ends: tuple[Connection, socket.socket]) -> None:
    connection, other = ends
    other.sendall(frame(b"abc"))
    with pytest.raises(ConnectionEndedError, match="3 bytes is too long"):
        connection.read(2)


@pytest.mark.parametrize("action", [lambda end: end.send({}), lambda end: end.receive()])
def test_nothing_can_be_done_once_it_is_closed(
    ends: tuple[Connection, socket.socket], action: Any
) -> None:
    connection, _ = ends
    connection.close()
    with pytest.raises(ConnectionEndedError, match="closed"):
        action(connection)


def test_a_side_that_is_gone_cannot_be_written_to(ends: tuple[Connection, socket.socket]) -> None:
    connection, other = ends
    other.close()
    with pytest.raises(ConnectionEndedError, match="closed"):
        connection.send({})


def test_who_is_interrupted_while_waiting_ends_the_connection(
    ends: tuple[Connection, socket.socket],
) -> None:
    connection, other = ends

    class Interrupting:
        close = connection._socket.close

        def recv_into(self, _: memoryview) -> int:
            raise KeyboardInterrupt

    connection._socket = Interrupting()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        connection.receive()
    assert other.recv(1) == b""
