"""The template process, whose one argument is the descriptor of its control socket.

It answers requests for kernels until its control socket closes, then ends every process that
descends from it. It leads no other life: no TensorFlow operation, no second thread.
"""

import gc
import os
import selectors
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil

from grader.inspection import decoding
from grader.probe.shell import adopt_orphans
from grader.processes.template import child, protocol, warm
from grader.processes.template.protocol import ForkRequest

# How often orphans that ended are collected; nobody waits for them.
COLLECT_S = 1.0


@dataclass(frozen=True, slots=True)
class Fork:
    """A process that was forked.

    Args:
        pid: Its number.
        descriptor: A file descriptor that is readable once it has ended.
        end: The socket of whoever asked for it.
    """

    pid: int
    descriptor: int
    end: socket.socket


class Template:
    """Forks whenever asked.

    Args:
        control: Where requests arrive.
    """

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._forks: dict[int, Fork] = {}
        self._decoded: set[str] = set()
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ)

    def serve(self) -> ForkRequest | None:
        """Answer requests; return None at the end, and in each fork what it is to become."""
        while True:
            for key, _ in self._selector.select(timeout=COLLECT_S):
                if key.fileobj is not self._control:
                    self._look_after(key.data, ended=key.fd == key.data.descriptor)
                    continue
                asked = protocol.asked(self._control)
                if asked is None:
                    return None
                request, end = asked
                self._decode(request.images)
                if self._fork(end):
                    return request
            self._collect()

    def _decode(self, folders: Sequence[str]) -> None:
        for folder in folders:
            if folder not in self._decoded:
                self._decoded.add(folder)
                decoding.prepare(folder)

    def _fork(self, end: socket.socket) -> bool:
        """Fork; return whether this is the fork."""
        threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - counted, not used as paths
        if threads != 1:
            # A fork has the locks that other threads hold, but not the threads.
            protocol.tell(end, error=f"the template has {threads} threads and cannot fork")
            end.close()
            return False
        pid = os.fork()
        if pid == 0:
            self._leave(end)
            return True
        fork = Fork(pid, os.pidfd_open(pid), end)
        self._forks[pid] = fork
        for source in (fork.descriptor, end):
            self._selector.register(source, selectors.EVENT_READ, fork)
        protocol.tell(end, pid=pid)
        return False

    def _leave(self, end: socket.socket) -> None:
        """Keep nothing in the fork that belongs to the template or to another fork."""
        self._selector.close()
        self._control.close()
        end.close()
        for fork in self._forks.values():
            fork.end.close()
            os.close(fork.descriptor)

    def _look_after(self, fork: Fork, *, ended: bool) -> None:
        if fork.pid not in self._forks:
            return
        if not ended:
            # Nobody says anything here: it is readable when whoever asked has gone.
            self._selector.unregister(fork.end)
            os.kill(fork.pid, signal.SIGKILL)
            return
        del self._forks[fork.pid]
        _, status = os.waitpid(fork.pid, 0)
        protocol.tell(fork.end, returncode=os.waitstatus_to_exitcode(status))
        self._forget(fork)

    def _forget(self, fork: Fork) -> None:
        for source in (fork.descriptor, fork.end):
            if source in self._selector.get_map():
                self._selector.unregister(source)
        os.close(fork.descriptor)
        fork.end.close()

    def _collect(self) -> None:
        """Collect orphans that were left to the template and have ended."""
        while (pid := _ended_child()) is not None and pid not in self._forks:
            os.waitpid(pid, 0)


def _ended_child() -> int | None:
    try:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None
    return ended.si_pid if ended else None


def end_descendants() -> None:
    """End every process that descends from this one; orphans come back to it as children."""
    while found := psutil.Process().children(recursive=True):
        for process in found:
            # At once with all that it leads, which fork on otherwise.
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            with suppress(psutil.Error):
                process.kill()
        for process in psutil.Process().children():
            process.wait()


def main() -> None:
    """Serve, or, in a fork, become the kernel that was asked for."""
    # Ctrl-C is for whoever asked; the template ends when its control socket does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    adopt_orphans()
    # What is imported stays: looking for garbage among it would take half a second here, and
    # would later have every fork copy the pages that it is on.
    gc.disable()
    warm.up()
    gc.freeze()
    parent = os.getpid()
    with socket.socket(fileno=int(sys.argv[1])) as control:
        request = Template(control).serve()
    if request is not None:
        gc.enable()
        child.become(request, parent)
    else:
        end_descendants()
