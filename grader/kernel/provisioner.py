"""Starts kernels for Jupyter by forking them from a template.

Offered to jupyter_client as the kernel provisioner ``grader-fork``; the kernel specification
``grader`` names it, so papermill and nbconvert find it as ``--kernel grader``.
"""

import asyncio
import os
from typing import TYPE_CHECKING, Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from grader.processes.template import AVAILABLE
from grader.processes.template.forked import ForkedProcess
from grader.processes.template.handle import shared
from grader.processes.template.protocol import ForkRequest

if TYPE_CHECKING:
    import subprocess

_LAUNCHER = "ipykernel_launcher"


class ForkProvisioner(LocalProvisioner):
    """Forks a kernel where that can be done and is meant, and else starts a fresh one."""

    _forked: ForkedProcess | None = None

    async def launch_kernel(
        self,
        cmd: list[str],
        **kwargs: Any,  # noqa: ANN401 - as jupyter_client declares it
    ) -> KernelConnectionInfo:
        """Launch a kernel.

        Args:
            cmd: Command line of a fresh kernel, its connection file included.
            kwargs: As for a fresh kernel; of these, ``env`` and ``cwd`` matter to a fork.
        """
        if not AVAILABLE or _LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        request = _request(cmd, kwargs)
        self._forked = forked = await _forked(request)
        self.process = cast("subprocess.Popen[bytes]", forked)
        # It leads a session of its own.
        self.pid = self.pgid = forked.pid
        self.cwd = request.folder
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - as declared
        """Hold nothing more of the kernel, also where it takes longer to end than it is waited."""
        await super().cleanup(restart)
        if self._forked is not None:
            self._forked.close()


async def _forked(request: ForkRequest) -> ForkedProcess:
    """Have a kernel forked; give it up where whoever asked for it no longer waits."""
    forking = asyncio.ensure_future(asyncio.to_thread(shared().fork, request))
    try:
        return await asyncio.shield(forking)
    except asyncio.CancelledError:
        forking.add_done_callback(_give_up)
        raise


def _give_up(forking: asyncio.Future[ForkedProcess]) -> None:
    if not forking.cancelled() and forking.exception() is None:
        forking.result().close()


def _request(cmd: list[str], kwargs: dict[str, Any]) -> ForkRequest:
    return ForkRequest(
        arguments=cmd[cmd.index(_LAUNCHER) + 1 :],
        environment=kwargs.get("env") or dict(os.environ),
        folder=os.path.realpath(kwargs.get("cwd") or "."),
    )
