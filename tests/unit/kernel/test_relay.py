import asyncio
import gc
import socket
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import zmq
import zmq.asyncio
from hypothesis import given
from hypothesis import strategies as st

from grader.kernel.relay import OVERHEAD, FrameCounter, OtherProtocolError, Relay

GREETING = b"\xff" + bytes(8) + b"\x7f\x03" + bytes(53)
MOST = 1_000_000
LOOKS, LOOK_S = 300, 0.02
files = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets that are files")


def frame(body: bytes, *, more: bool = False) -> bytes:
    if len(body) < 256:
        return bytes([more, len(body)]) + body
    return bytes([0x02 | more]) + len(body).to_bytes(8, "big") + body


@given(st.lists(st.integers(0, 600), max_size=20), st.integers(1, 700))
def test_frames_are_counted_in_whatever_pieces_they_come(lengths: list[int], step: int) -> None:
    sent = GREETING + b"".join(frame(bytes(length)) for length in lengths)
    counter = FrameCounter()
    pieces = [sent[place : place + step] for place in range(0, len(sent), step)]
    assert sum(map(counter.count, pieces)) == len(lengths)
    assert counter.longest == max((length + OVERHEAD for length in lengths), default=0)


@given(st.lists(st.lists(st.integers(0, 400), min_size=1, max_size=9), max_size=9))
def test_a_message_is_as_long_as_all_its_frames(messages: list[list[int]]) -> None:
    counter = FrameCounter()
    counter.count(GREETING)
    for lengths in messages:
        for place, length in enumerate(lengths, start=1):
            counter.count(frame(bytes(length), more=place < len(lengths)))
    assert counter.longest == max(
        (sum(each) + len(each) * OVERHEAD for each in messages), default=0
    )


def test_lists_and_objects_of_one_message_are_counted() -> None:
    counter = FrameCounter()
    counter.count(GREETING)
    counter.count(frame(b"[[]", more=True) + frame(b"{}"))
    assert counter.parts == 3
    counter.count(frame(b"[]"))
    assert counter.parts == 1


@pytest.mark.parametrize(
    "begin",
    [b"\x01\x00", b"\xff" + bytes(9), b"\xff" + bytes(8) + b"\x7f\x01\x00", b"GET / HTTP/1.1"],
)
def test_another_protocol_is_not_passed_on(begin: bytes) -> None:
    with pytest.raises(OtherProtocolError):
        FrameCounter().count(begin)


class Ends:
    """A kernel's socket, and the grader's that reads it through a relay."""

    def __init__(self, kernel: Any, grader: Any) -> None:
        self.kernel, self.grader = kernel, grader
        self.relay = Relay(MOST, self.note)
        self.too_long = 0

    def note(self) -> None:
        self.too_long += 1

    async def read(self) -> list[bytes]:
        parts: list[bytes] = await asyncio.wait_for(self.grader.recv_multipart(), 10)
        self.relay.took(parts)
        return parts


@contextmanager
def context() -> Iterator[zmq.asyncio.Context]:
    made = zmq.asyncio.Context()
    made.setsockopt(zmq.LINGER, 0)
    made.setsockopt(zmq.RECONNECT_IVL, 10)
    made.setsockopt(zmq.MAXMSGSIZE, MOST)
    try:
        yield made
    finally:
        made.destroy()


Does = Callable[[Ends], Awaitable[None]]
Between = Callable[[Does], Ends]


@pytest.fixture(params=[pytest.param("files", marks=files), "ports"])
def between(request: pytest.FixtureRequest) -> Between:
    """Do something with both ends of a relay, over sockets that are files, or have ports."""

    async def done(does: Does) -> Ends:
        with tempfile.TemporaryDirectory() as folder, context() as theirs, context() as ours:
            kernel, grader = theirs.socket(zmq.PUB), ours.socket(zmq.SUB)
            kernel.sndhwm = 0
            ends = Ends(kernel, grader)
            grader.subscribe(b"")
            if request.param == "files":
                await ends.relay.listen(f"{folder}/ours", f"{folder}/theirs")
                grader.connect(f"ipc://{folder}/ours")
                await asyncio.sleep(LOOK_S)
                kernel.bind(f"ipc://{folder}/theirs")
            else:
                port = kernel.bind_to_random_port("tcp://127.0.0.1")
                near = await ends.relay.listen(("127.0.0.1", 0), ("127.0.0.1", port))
                grader.connect(f"tcp://127.0.0.1:{near}")
            await _until_heard(ends)
            try:
                await does(ends)
            finally:
                await ends.relay.close()
            return ends

    return lambda does: asyncio.run(done(does))


async def _until_heard(ends: Ends) -> None:
    for _ in range(LOOKS):
        await ends.kernel.send(b"")
        if await ends.grader.poll(LOOK_S * 1000):
            while await ends.grader.poll(LOOK_S * 1000):
                await ends.read()
            return
    pytest.fail("nothing is passed on")


async def waits(ends: Ends) -> int:
    """Return how many bytes wait to be read once no more come."""
    before = -1
    while (now := ends.relay._waiting) != before:
        before = now
        await asyncio.sleep(0.2)
    return before


def test_messages_arrive_as_they_were_sent(between: Between) -> None:
    async def talk(ends: Ends) -> None:
        for number in range(100):
            await ends.kernel.send_multipart([b"a" * number * 10, b"", b"b"])
        for number in range(100):
            assert await ends.read() == [b"a" * number * 10, b"", b"b"]

    between(talk)


def test_what_was_read_waits_no_longer(between: Between) -> None:
    async def talk(ends: Ends) -> None:
        before = ends.relay._waiting
        for length in (0, 1, 255, 256, 100_000):
            await ends.kernel.send_multipart([bytes(length), b"end"])
            await ends.read()
        assert await waits(ends) == before

    between(talk)


@pytest.mark.parametrize(
    "message", [[bytes(500_000)] * 20, [bytes(300_000)] * 200, [b""] * 100_000, [b"x"] * 100_000]
)
def test_of_a_message_in_many_parts_no_more_is_taken_than_there_is_room_for(
    between: Between,
    message: list[bytes],
) -> None:
    async def talk(ends: Ends) -> None:
        await ends.kernel.send_multipart(message)
        assert await waits(ends) < 2 * MOST + 64 * 1024 * (OVERHEAD // 2 + 1)

    between(talk)


def test_what_nobody_reads_is_not_taken_any_more(between: Between) -> None:
    async def talk(ends: Ends) -> None:
        for _ in range(50):
            await ends.kernel.send(bytes(200_000))
        assert await waits(ends) < 3 * MOST
        for _ in range(50):
            assert len((await ends.read())[0]) == 200_000

    between(talk)


@pytest.mark.parametrize(
    "message", [[bytes(MOST + 1)], [bytes(MOST // 3)] * 4, [bytes(100_000)] * 100, [b""] * 100_000]
)
def test_a_message_that_is_too_long_is_told_and_the_next_one_is_heard(
    between: Between, message: list[bytes]
) -> None:
    async def talk(ends: Ends) -> None:
        await ends.kernel.send_multipart(message)
        for _ in range(LOOKS):
            if ends.too_long:
                break
            await asyncio.sleep(LOOK_S)
        assert ends.too_long == 1
        await _until_heard(ends)

    between(talk)


@files
def test_nothing_is_passed_on_once_it_is_closed(tmp_path: Path) -> None:
    async def refused() -> None:
        relay = Relay(MOST, lambda: None)
        await relay.listen(str(tmp_path / "ours"), str(tmp_path / "theirs"))
        await relay.close()
        with pytest.raises(OSError, match=r"refused|No such file"):
            await asyncio.open_unix_connection(str(tmp_path / "ours"))

    asyncio.run(refused())


@files
def test_a_connection_is_closed_that_was_accepted_a_moment_before(tmp_path: Path) -> None:
    class Relayed(Relay):
        def _begin(self, *connection: Any) -> None:
            super()._begin(*connection)
            for task in self._tasks:
                task.cancel()

    async def heard() -> bytes:
        relay = Relayed(MOST, lambda: None)
        await relay.listen(str(tmp_path / "ours"), str(tmp_path / "theirs"))
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / "ours"))
        try:
            return await asyncio.wait_for(reader.read(), 10)
        finally:
            writer.close()
            await relay.close()

    assert asyncio.run(heard()) == b""


@files
@pytest.mark.parametrize("turns", range(6))
def test_a_connection_is_closed_at_whatever_turn_of_its_beginning_the_relay_is(
    tmp_path: Path, turns: int
) -> None:
    async def heard() -> bytes:
        relay = Relay(MOST, lambda: None)
        await relay.listen(str(tmp_path / "ours"), str(tmp_path / "theirs"))
        with socket.socket(socket.AF_UNIX) as near:
            near.settimeout(10)
            near.connect(str(tmp_path / "ours"))
            for _ in range(turns):
                await asyncio.sleep(0)
            await relay.close()
            with suppress(ConnectionResetError):
                return near.recv(1)
            return b""

    assert asyncio.run(heard()) == b""
    gc.collect()
