"""A Jupyter kernel of the grader's own interpreter: how it is made, and how it ends."""

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from grader import leftovers
from grader.kernel.channels import OwnKernelClient, RelayedChannel
from grader.kernel.relay import Relay
from grader.processes.backend import Backend
from grader.processes.folders import new_folder

# A Unix socket's path has at most 107 characters, of which the port takes a few.
MAX_SOCKET_PATH = 95
LOOK_S, PATIENCE = 0.005, 200


class OwnKernelManager(AsyncKernelManager):
    """Starts ipykernel in the grader's interpreter, whatever kernels are registered.

    Args:
        connection_file: Where to write how to connect to the kernel.
        backend: Where the kernel comes from.
        message_bytes: Longer messages are not received.
    """

    def __init__(self, connection_file: Path, backend: Backend, message_bytes: int) -> None:
        super().__init__(connection_file=str(connection_file), client_factory=OwnKernelClient)
        self._backend = backend
        self._most = message_bytes
        self._relays: list[Relay] = []
        self._folder: Path | None = None
        self.context.setsockopt(zmq.MAXMSGSIZE, message_bytes)
        # The grader connects before the kernel listens; by default it tries again every 100 ms.
        self.context.setsockopt(zmq.RECONNECT_IVL, 10)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel there is."""
        return KernelSpec(
            argv=[sys.executable, "-m", self._backend.launcher, "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": self._backend.provisioner}},
        )

    def client(  # type: ignore[override]
        self,
        **kwargs: Any,  # noqa: ANN401 - as jupyter_client declares it
    ) -> AsyncKernelClient:
        """Return a client of the running kernel, whose sockets are set up as this manager's."""
        # A client that makes a context of its own has none of the settings of this one.
        return super().client(context=self.context, **kwargs)

    async def listener(self, too_long: Callable[[], None]) -> AsyncKernelClient:
        """Return a client for which only so much of what a kernel says waits to be read.

        Args:
            too_long: Is called when a message comes that is longer than any may be.
        """
        client = self.client()
        files = self.transport == "ipc"
        if files:
            # Not in the run's own folder, where a kernel could put something else in its place.
            self._folder = new_folder()
            client.ip = str(self._folder / "relay")
        for name, port in (("shell", self.shell_port), ("iopub", self.iopub_port)):
            relay = Relay(self._most, too_long)
            self._relays.append(relay)
            if files:
                await relay.listen(f"{client.ip}-{port}", f"{self.ip}-{port}")
            else:
                ours = await relay.listen((self.ip, 0), (self.ip, port))
                setattr(client, f"{name}_port", ours)
            channel: RelayedChannel = getattr(client, f"{name}_channel")
            channel.relay = relay
        return client

    async def close_relays(self) -> None:
        """Hear no more of the kernel."""
        for relay in self._relays:
            await relay.close()
        if self._folder is not None:
            leftovers.remove(self._folder)

    def _connect_control_socket(self) -> None:
        """Connect to no channel that nobody reads: kernels are interrupted and ended by signals."""


def own_kernel(folder: Path, message_bytes: int, backend: Backend) -> OwnKernelManager:
    """Return a manager whose kernel talks over sockets in ``folder`` where that can be.

    Over TCP, anyone on the machine could listen to what a notebook prints.

    Args:
        folder: The run's own folder.
        message_bytes: Longer messages are not received: what a kernel says is not to be trusted.
        backend: Where the kernel comes from.
    """
    kernel = OwnKernelManager(folder / "kernel.json", backend, message_bytes)
    sockets = str(folder / "kernel")
    if os.name == "posix" and len(sockets) <= MAX_SOCKET_PATH:
        kernel.transport, kernel.ip = "ipc", sockets
    return kernel


async def end(kernel: OwnKernelManager, client: NotebookClient) -> None:
    """Kill a kernel and close what the grader held of it: sockets, threads, files."""
    # Nothing that goes wrong here changes what was observed, or keeps the next from its end.
    with suppress(Exception):
        async with AsyncExitStack() as ends:
            ends.push_async_callback(_end_process, kernel)
            ends.push_async_callback(kernel.close_relays)
            if client.kc is not None:
                ends.callback(client.kc.stop_channels)


async def _end_process(kernel: OwnKernelManager) -> None:
    if kernel.has_kernel:
        await _kill(kernel)
        await kernel.shutdown_kernel(now=True)
    else:
        await kernel.cleanup_resources()


async def _kill(kernel: OwnKernelManager) -> None:
    # jupyter_client looks every tenth of a second whether a kernel that it killed has ended.
    provisioner = kernel.provisioner
    if provisioner is None:
        return
    await provisioner.kill()
    for _ in range(PATIENCE):
        if await provisioner.poll() is not None:
            return
        await asyncio.sleep(LOOK_S)
