"""The grader's hold on its template: starts it, asks it for kernels, starts it anew if it died."""

import atexit
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import IO

from grader.errors import KernelFault
from grader.kernel.environment import template_environment
from grader.kernel.template import protocol
from grader.kernel.template.forked import ForkedProcess
from grader.kernel.template.protocol import Request

# Importing TensorFlow takes 3 s on a free machine, and far longer on a cold or a crowded one.
START_S = 120.0
END_S = 10.0
# Not with -m or -P: modules in the current folder must not be imported by the template, and those
# beside a notebook must be by its kernel.
MAIN = "import sys; sys.path.remove(''); from grader.kernel.template import process; process.main()"
# macOS forks, but its frameworks do not survive it; Windows does not fork.
AVAILABLE = sys.platform == "linux" and hasattr(os, "pidfd_open")


class TemplateHandle:
    """One template process, started when first needed. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._said: IO[bytes] | None = None
        self._has_forked = False

    @property
    def pid(self) -> int | None:
        """Process number of the template, if one was started."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the template unless it runs; it imports while the caller does other things."""
        with self._lock:
            self._started()

    def _started(self) -> socket.socket:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._control is None:
            self._control, theirs = protocol.pair()
            self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the template
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                    [sys.executable, "-c", MAIN, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=self._said,
                    pass_fds=[theirs.fileno()],
                    env=template_environment(os.environ),
                    start_new_session=True,
                )
        return self._control

    def fork(self, request: Request) -> ForkedProcess:
        """Have a kernel forked.

        Raises:
            KernelFault: The template does not start or does not fork.
        """
        # It may have died since it last forked, and nobody looked: then a new one does it.
        forked = self._forked(request) or self._forked(request)
        if forked is None:
            raise KernelFault(f"The template of the kernels ended twice.{self._last_words()}")
        return forked

    def _forked(self, request: Request) -> ForkedProcess | None:
        ours, theirs = protocol.pair()
        with theirs, suppress(BrokenPipeError, ConnectionResetError), self._lock:
            protocol.ask(self._started(), request, theirs)
        ours.settimeout(START_S)
        try:
            told = protocol.told(ours)
        except TimeoutError as error:
            ours.close()
            raise KernelFault(f"The template did not fork within {START_S:.0f} s.") from error
        if told and "pid" in told:
            self._has_forked = True
            return ForkedProcess(told["pid"], ours)
        ours.close()
        if told:
            raise KernelFault(f"No kernel could be forked: {told['error']}.")
        return None

    def _last_words(self) -> str:
        if self._said is None:
            return ""
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        return f" Its last words: {lines[-1]}" if lines else ""

    def close(self) -> None:
        """End the template and all that it forked."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            # While it still imports, it would not see for seconds that nobody asks any more.
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(END_S if self._has_forked else 0)
            self._process.kill()
            self._process.wait()
            self._process = None
            self._has_forked = False
        if self._said is not None:
            self._said.close()
            self._said = None


@cache
def shared() -> TemplateHandle:
    """Return the one template of this process, which ends with it."""
    handle = TemplateHandle()
    atexit.register(handle.close)
    return handle


@contextmanager
def warmed() -> Iterator[None]:
    """Have the template import while other things are done; end it afterwards."""
    shared().start()
    try:
        yield
    finally:
        shared().close()
