"""A forked kernel, as whoever asked for it sees it: with the methods of ``subprocess.Popen``."""

import os
import signal
import socket
import subprocess
from contextlib import suppress

from grader.processes.template import protocol


class ForkedProcess:
    """A process that was forked from a template.

    Args:
        pid: Its number, and that of its process group.
        end: The socket over which its end is told; closing it ends the process.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, end: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._end = end

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal, or None while the process runs."""
        return self._hear(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end of the process and return its exit code.

        Args:
            timeout: In seconds; None to wait for ever.

        Raises:
            subprocess.TimeoutExpired: It runs on.
        """
        code = self._hear(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(f"kernel {self.pid}", timeout or 0.0)
        return code

    def _hear(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            self._end.settimeout(timeout)
            try:
                told = protocol.told(self._end)
            except (BlockingIOError, TimeoutError):
                return None
            # A template takes its forks along when it dies, and tells nobody.
            self.returncode = int(told["returncode"]) if told else -signal.SIGKILL
            self._end.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            # It may be gone already, and word of it on the way.
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def close(self) -> None:
        """Give the process up: the template ends it."""
        self._end.close()
        self.returncode = -signal.SIGKILL if self.returncode is None else self.returncode

    def terminate(self) -> None:
        """Send SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL."""
        self.send_signal(signal.SIGKILL)
