"""A client that hears of a kernel what it reads, and no more at a time than it has room for."""

import asyncio
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from traitlets import Type

from grader.kernel.event_loop import to_its_end
from grader.kernel.relay import Relay

# To read a shorter message takes a few milliseconds, whatever is in it.
_LONG_BYTES = 64 * 1024


class LongMessage(dict[str, Any]):
    """A message that may take seconds to look through."""


class RelayedChannel(AsyncZMQSocketChannel):
    """A channel that says what it has read to the relay that it reads from, if there is one."""

    relay: Relay | None = None
    # Whether a long message is being read.
    reading = False

    async def _recv(  # type: ignore[override]
        self,
        **kwargs: Any,  # noqa: ANN401 - as jupyter_client declares it
    ) -> dict[str, Any]:
        assert self.socket is not None  # noqa: S101 - nobody reads what is closed
        parts = await self.socket.recv_multipart(**kwargs)
        if self.relay is not None:
            self.relay.took(parts)
        if sum(map(len, parts)) < _LONG_BYTES:
            return self._decoded(parts)
        # In a thread, as others share the loop.
        self.reading = True
        try:
            return LongMessage(await to_its_end(asyncio.to_thread(self._decoded, parts)))
        finally:
            self.reading = False

    def _decoded(self, parts: list[bytes]) -> dict[str, Any]:
        return dict(self.session.deserialize(self.session.feed_identities(parts)[1]))


class OwnKernelClient(AsyncKernelClient):
    """Connects to the channels that are read: what comes over others would wait for ever."""

    shell_channel_class = Type(RelayedChannel)
    iopub_channel_class = Type(RelayedChannel)

    def start_channels(
        self,
        shell: bool = True,  # noqa: FBT001, FBT002 - as jupyter_client declares it
        iopub: bool = True,  # noqa: FBT001, FBT002
        stdin: bool = False,  # noqa: ARG002, FBT001, FBT002
        hb: bool = False,  # noqa: ARG002, FBT001, FBT002
        control: bool = False,  # noqa: ARG002, FBT001, FBT002
    ) -> None:
        """Connect to the kernel's answers and to what it shows, whatever else is asked for."""
        super().start_channels(shell, iopub, stdin=False, hb=False, control=False)

    def stop_channels(self) -> None:
        """Disconnect."""
        for channel in (self._shell_channel, self._iopub_channel):
            if channel is not None:
                channel.stop()
