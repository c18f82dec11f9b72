"""A Jupyter kernel of the grader's own interpreter: how it is made, and how it ends."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from grader.kernel.backend import Backend

# A Unix socket's path has at most 107 characters, of which the port takes a few.
MAX_SOCKET_PATH = 95
LOOK_S, PATIENCE = 0.005, 200


class OwnKernelManager(AsyncKernelManager):
    """Starts ipykernel in the grader's interpreter, whatever kernels are registered.

    Args:
        connection_file: Where to write how to connect to the kernel.
        backend: Where the kernel comes from.
    """

    def __init__(self, connection_file: Path, backend: Backend) -> None:
        super().__init__(connection_file=str(connection_file))
        self._backend = backend

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel there is."""
        return KernelSpec(
            argv=[sys.executable, "-m", self._backend.launcher, "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": self._backend.provisioner}},
        )


def own_kernel(folder: Path, message_bytes: int, backend: Backend) -> OwnKernelManager:
    """Return a manager whose kernel talks over sockets in ``folder`` where that can be.

    Over TCP, anyone on the machine could listen to what a notebook prints.

    Args:
        folder: The run's own folder.
        message_bytes: Longer messages are not received: what a kernel says is not to be trusted.
        backend: Where the kernel comes from.
    """
    kernel = OwnKernelManager(folder / "kernel.json", backend)
    sockets = str(folder / "kernel")
    if os.name == "posix" and len(sockets) <= MAX_SOCKET_PATH:
        kernel.transport, kernel.ip = "ipc", sockets
    kernel.context.setsockopt(zmq.MAXMSGSIZE, message_bytes)
    # The grader connects before the kernel listens; by default it tries again every 100 ms.
    kernel.context.setsockopt(zmq.RECONNECT_IVL, 10)
    return kernel


async def end(kernel: OwnKernelManager, client: NotebookClient) -> None:
    """Kill a kernel and close what the grader held of it: sockets, threads, files."""
    # Nothing that goes wrong here changes what was observed.
    with suppress(Exception):
        if client.kc is not None:
            client.kc.stop_channels()
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
