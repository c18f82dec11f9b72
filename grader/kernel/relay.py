"""Stands between a socket of a kernel and whoever reads it: only so much waits to be read.

ZeroMQ takes whatever comes, and keeps it until somebody reads it. It bounds how many messages wait
and how long one frame is, but a message may have any number of frames. So a kernel could fill the
memory of the grader, which nothing limits. Here it is not read any further, and waits.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, TypeAlias

# The path of a Unix socket, or a host and a port.
Address: TypeAlias = str | tuple[str, int]
Streams: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]

# What a frame takes in memory besides its bytes, so that many empty ones count as well.
OVERHEAD = 256
# A list or an object of JSON takes some 60 bytes once it is read, and two characters before.
MOST_PARTS = 1_000_000
_BEGINNINGS = (b"[", b"{")
# As one piece is looked at after the other, and nothing else meanwhile.
_CHUNK = 16 * 1024
# https://rfc.zeromq.org/spec/23/: a greeting, then frames: flags, length, body.
_GREETING, _VERSION, _LEAST_VERSION = 64, 10, 3
_MORE, _LONG, _SHORT_MOST = 0x01, 0x02, 255
# Turns of the loop until a connection that was accepted is known, and one that was closed is gone.
_TURNS = 3


class OtherProtocolError(Exception):
    """This is not ZMTP 3, which every ZeroMQ since 2013 speaks."""


class FrameCounter:
    """Counts the frames of one connection in ZMTP 3, whatever pieces they come in."""

    def __init__(self) -> None:
        # What the longest message takes that has begun, of any number of frames, in bytes.
        self.longest = 0
        # How many lists and objects the message that comes has so far, at most.
        self.parts = 0
        # What has come of one of which more is to come.
        self.unfinished = 0
        self._message = 0
        self._more = False
        self._greeting = bytearray()
        self._header = bytearray()
        self._left = 0

    def count(self, chunk: bytes) -> int:
        """Return how many frames begin in a further piece.

        Raises:
            OtherProtocolError: The connection did not begin as it must.
        """
        missing = _GREETING - len(self._greeting)
        self._greeting += chunk[:missing]
        self._expect_greeting()
        place, begun = missing, 0
        while place < len(chunk):
            if self._left:
                passed = min(self._left, len(chunk) - place)
                self.parts += sum(chunk.count(each, place, place + passed) for each in _BEGINNINGS)
                self._left, place = self._left - passed, place + passed
                self._came(passed)
            else:
                self._header.append(chunk[place])
                place += 1
                begun += self._ends_header()
        return begun

    def _came(self, size: int) -> None:
        whole = not (self._left or self._more)
        self.unfinished = 0 if whole else self.unfinished + size

    def _expect_greeting(self) -> None:
        said = self._greeting
        signed = bytes(said[:1]) in (b"", b"\xff") and (len(said) < _VERSION or said[9] & 1)
        if not signed or (len(said) > _VERSION and said[_VERSION] < _LEAST_VERSION):
            raise OtherProtocolError

    def _ends_header(self) -> bool:
        if len(self._header) < (9 if self._header[0] & _LONG else 2):
            return False
        if not self._more:
            # A message begins.
            self.parts = 0
        self._left = int.from_bytes(self._header[1:], "big")
        self._more = bool(self._header[0] & _MORE)
        self._message += self._left + OVERHEAD
        self.longest = max(self.longest, self._message)
        if not self._more:
            self._message = 0
        self._came(len(self._header) + OVERHEAD)
        self._header.clear()
        return True


class Relay:
    """Passes on what is sent between two sockets; what comes from a kernel, as it is read.

    Args:
        most: Bytes of the longest message that is passed on; twice as many may wait to be read.
        too_long: Is called when a longer one comes, or one of too many parts, which ends the
            connection.
    """

    def __init__(self, most: int, too_long: Callable[[], None]) -> None:
        self._most = most
        self._too_long = too_long
        self._waiting = 0
        self._room = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def listen(self, ours: Address, kernel: Address) -> int:
        """Pass on whatever connects, and return the port that it is to connect to, if there is one.

        Args:
            ours: Where to listen: in a folder that no kernel can write to, or at any port, 0, of
                this machine.
            kernel: Where the kernel listens, now or later.
        """
        begin = partial(self._begin, kernel)
        if isinstance(ours, str):
            self._server = await asyncio.start_unix_server(begin, ours)
            return 0
        self._server = await asyncio.start_server(begin, *ours)
        return int(self._server.sockets[0].getsockname()[1])

    def took(self, parts: Iterable[bytes]) -> None:
        """Say that a message was read, so that as much may follow."""
        self._waiting -= sum(len(part) + _header(part) + OVERHEAD for part in parts)
        self._room.set()

    async def close(self) -> None:
        """Pass on nothing more, and close all connections."""
        self._closed = True
        if self._server is not None:
            # A server that is closed before what it has accepted is known never closes that.
            for listening in self._server.sockets:
                asyncio.get_running_loop().remove_reader(listening.fileno())
            await _turns()
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await _turns()

    def _begin(
        self, kernel: Address, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if self._closed:
            writer.transport.abort()
            return
        task = asyncio.ensure_future(self._pass_on(kernel, reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # Not within the task: one that is cancelled before it begins runs nothing of its own. What
        # has not been sent yet is dropped, as whoever is to get it may never read it.
        task.add_done_callback(lambda _: writer.transport.abort())

    async def _pass_on(
        self, kernel: Address, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError, OtherProtocolError):
            # Where it does not listen yet, ZeroMQ connects again.
            theirs, to_kernel = await _connected(kernel)
            try:
                await _until_one_ends(_copy(reader, to_kernel), self._limited(theirs, writer))
            finally:
                to_kernel.transport.abort()

    async def _limited(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Whatever was written is on its way: nothing of it is lost when the connection ends.
        writer.transport.set_write_buffer_limits(0)
        frames, unfinished = FrameCounter(), 0
        try:
            while chunk := await reader.read(_CHUNK):
                begun = frames.count(chunk)
                if frames.longest > self._most or frames.parts > MOST_PARTS:
                    self._too_long()
                    return
                self._waiting += len(chunk) + OVERHEAD * begun
                unfinished = frames.unfinished
                writer.write(chunk)
                await writer.drain()
                # Neither this nor reading waits where something is there.
                await asyncio.sleep(0)
                while self._waiting > 2 * self._most:
                    self._room.clear()
                    await self._room.wait()
        finally:
            # Of a message that does not come to its end, nothing is ever read.
            self._waiting -= unfinished


async def _turns() -> None:
    for _ in range(_TURNS):
        await asyncio.sleep(0)


async def _connected(address: Address) -> Streams:
    if isinstance(address, str):
        return await asyncio.open_unix_connection(address)
    return await asyncio.open_connection(*address)


def _header(part: bytes) -> int:
    return 2 if len(part) <= _SHORT_MOST else 9


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(_CHUNK):
        writer.write(chunk)
        await writer.drain()


async def _until_one_ends(*ways: Coroutine[Any, Any, None]) -> None:
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
