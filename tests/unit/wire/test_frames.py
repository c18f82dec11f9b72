import io
import socket
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from grader.wire import arrays, frames

if TYPE_CHECKING:
    from numpy.typing import NDArray

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_bytes_arrive_as_they_were_sent(pair: Pair) -> None:
    frames.send(pair[0], b"\0weights")
    assert frames.receive(pair[1], 100) == b"\0weights"


def test_messages_are_kept_apart(pair: Pair) -> None:
    frames.send_json(pair[0], epoch=1)
    frames.send_json(pair[0], epoch=2)
    assert [frames.receive_json(pair[1]) for _ in range(2)] == [{"epoch": 1}, {"epoch": 2}]


def test_an_empty_message_is_one(pair: Pair) -> None:
    frames.send(pair[0], b"")
    assert frames.receive(pair[1], 0) == b""


def test_a_message_that_is_too_long_is_not_taken(pair: Pair) -> None:
    pair[0].sendall(struct.pack(">I", 2**32 - 1))
    with pytest.raises(frames.BrokenError, match="at most 100"):
        frames.receive(pair[1], 100)


@pytest.mark.parametrize("length", [0, 1, 2**20, 2**21 + 1])
def test_what_is_too_much_to_be_held_arrives_in_a_file(pair: Pair, length: int) -> None:
    sent, file = bytes(range(256)) * (length // 256) + bytes(length % 256), io.BytesIO()
    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(frames.send, pair[0], sent)
        frames.receive_into(file, pair[1], length)
        sending.result()
    assert file.getvalue() == sent


def test_what_is_longer_than_may_be_is_not_written_to_a_file(pair: Pair) -> None:
    file = io.BytesIO()
    pair[0].sendall(struct.pack(">I", 101) + bytes(101))
    with pytest.raises(frames.SenselessError, match="at most 100"):
        frames.receive_into(file, pair[1], 100)
    assert file.getvalue() == b""


def test_what_breaks_off_on_its_way_to_a_file_is_told(pair: Pair) -> None:
    pair[0].sendall(struct.pack(">I", 9) + b"half")
    pair[0].close()
    with pytest.raises(frames.BrokenError, match="closed"):
        frames.receive_into(io.BytesIO(), pair[1], 100)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6, dtype=np.float32).reshape(2, 3),
        np.arange(6, dtype=np.float32).reshape(2, 3).T,
        np.arange(9)[::2],
        np.float16(3).reshape(()),
        np.zeros((2, 0, 3), np.float32),
        np.array([True, False]),
    ],
)
def test_an_array_is_sent_as_it_is(pair: Pair, array: "NDArray[Any]") -> None:
    frames.send(pair[0], arrays.content(array))
    told = arrays.announced([array])
    [taken] = arrays.take(lambda most: frames.receive(pair[1], most), told, 1_000)
    assert (taken.dtype, taken.shape) == (array.dtype, array.shape)
    assert np.array_equal(taken, array)


@pytest.mark.parametrize("dtype", ["O", "U4", "S4", "M8[s]", "V8", "i4,i4", "i4,(", "", "x" * 99])
def test_only_arrays_of_numbers_are_taken(dtype: str) -> None:
    with pytest.raises(ValueError, match="not one of numbers"):
        arrays.take(lambda _: bytes(8), [{"dtype": dtype, "shape": [1]}], 1_000)


@pytest.mark.parametrize("sent", [b"", b"\0\0", struct.pack(">I", 9) + b"half"])
def test_a_message_that_breaks_off_is_none(pair: Pair, sent: bytes) -> None:
    pair[0].sendall(sent)
    pair[0].close()
    with pytest.raises(frames.BrokenError, match="closed"):
        frames.receive(pair[1], 100)


@pytest.mark.parametrize("sent", [b"no json", b"[1]", b"\xff", b"[" * 100_000, b'"text"'])
def test_what_is_no_json_object_is_no_message(pair: Pair, sent: bytes) -> None:
    frames.send(pair[0], sent)
    with pytest.raises(frames.BrokenError, match="a message that is"):
        frames.receive_json(pair[1])


def test_whoever_says_nothing_is_not_waited_for(pair: Pair) -> None:
    pair[1].settimeout(0.01)
    with pytest.raises(frames.BrokenError, match="timed out"):
        frames.receive(pair[1], 100)


def test_nobody_is_told_anything_who_is_gone(pair: Pair) -> None:
    pair[1].close()
    with pytest.raises(frames.BrokenError):
        frames.send(pair[0], b"x" * 2**20)


def test_a_folder_to_listen_in_may_have_a_long_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("x" * 200)
    folder.mkdir()
    monkeypatch.chdir(folder)
    with frames.listening(folder / "here"), socket.socket(socket.AF_UNIX) as other:
        other.connect("here")


class Clock:
    """Time that passes only when somebody sends; stands for the module ``time``."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


class Slow:
    """A connection at whose other end somebody takes his time with each piece.

    Args:
        clock: Goes on by it.
        seconds: Before each piece.
        pieces: What is sent.
    """

    def __init__(self, clock: Clock, seconds: float, pieces: list[bytes]) -> None:
        self._clock, self._seconds, self._pieces = clock, seconds, pieces
        self.timeout: float | None = None

    def gettimeout(self) -> float | None:
        return self.timeout

    def settimeout(self, seconds: float | None) -> None:
        self.timeout = seconds

    def recv_into(self, buffer: memoryview) -> int:
        if self.timeout is not None and self.timeout < self._seconds:
            self._clock.now += self.timeout
            raise TimeoutError("timed out")
        self._clock.now += self._seconds
        piece = self._pieces.pop(0) if self._pieces else b""
        buffer[: len(piece)] = piece
        return len(piece)


MESSAGE = struct.pack(">I", 12) + b'{"stop": 1 }'
WHOLE = [MESSAGE[:4], MESSAGE[4:]]
BYTES = [MESSAGE[:4], *(MESSAGE[place : place + 1] for place in range(4, 16))]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(frames, "time", made)
    return made


@pytest.mark.parametrize(
    ("seconds", "pieces"), [(59, BYTES), (5, BYTES), (31, WHOLE), (61, WHOLE), (1e9, WHOLE)]
)
def test_a_whole_message_has_one_deadline(
    clock: Clock, seconds: float, pieces: list[bytes]
) -> None:
    with pytest.raises(frames.BrokenError, match=r"timed out|longer than 60 s"):
        frames.receive_json(Slow(clock, seconds, list(pieces)), seconds=60)  # type: ignore[arg-type]
    assert clock.now == pytest.approx(60, abs=0.01)


@pytest.mark.parametrize(("seconds", "pieces"), [(29, WHOLE), (4, BYTES), (0, BYTES)])
def test_a_message_before_its_deadline_arrives(
    clock: Clock, seconds: float, pieces: list[bytes]
) -> None:
    slow = Slow(clock, seconds, list(pieces))
    assert frames.receive_json(slow, seconds=60) == {"stop": 1}  # type: ignore[arg-type]


def test_a_deadline_is_for_one_message(clock: Clock) -> None:
    slow = Slow(clock, 0, list(WHOLE))
    slow.timeout = 7.0
    frames.receive_json(slow, seconds=60)  # type: ignore[arg-type]
    assert slow.timeout == 7.0
