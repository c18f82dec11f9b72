"""A Jupyter kernel of the grader's own interpreter, and the end of all that it started."""

import os
import sys
import uuid
from pathlib import Path

import psutil
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

MARK = "GRADER_RUN"
# A Unix socket's path has at most 107 characters, of which the port takes a few.
MAX_SOCKET_PATH = 95


class OwnKernelManager(AsyncKernelManager):
    """Starts ipykernel in the grader's interpreter, whatever kernels are registered."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel there is."""
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
        )


def own_kernel(folder: Path) -> OwnKernelManager:
    """Return a manager whose kernel talks over sockets in ``folder`` where that can be.

    Over TCP, anyone on the machine could listen to what a notebook prints.
    """
    sockets = folder / "kernel"
    if os.name != "posix" or len(str(sockets)) > MAX_SOCKET_PATH:
        return OwnKernelManager()
    return OwnKernelManager(transport="ipc", ip=str(sockets))


def mark() -> str:
    """Return a name for one run, passed down to every process that the run starts."""
    return uuid.uuid4().hex


def processes(run: str) -> list[psutil.Process]:
    """Return the living processes of a run, also those that left its process group."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == run:
                found.append(process)
        except psutil.Error:
            continue
    return found


def reap(run: str) -> int:
    """Kill every process of a run and return how many there were."""
    count = 0
    while alive := _running(processes(run)):
        count += len(alive)
        for process in alive:
            _kill(process)
        psutil.wait_procs(alive, timeout=5)
    return count


def _running(found: list[psutil.Process]) -> list[psutil.Process]:
    return [process for process in found if _status(process) != psutil.STATUS_ZOMBIE]


def _status(process: psutil.Process) -> str:
    try:
        return str(process.status())
    except psutil.Error:
        return str(psutil.STATUS_ZOMBIE)


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return
