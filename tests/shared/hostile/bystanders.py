"""Processes around a run: a neighbour, the template, and what the grader itself holds."""

import ctypes
import hashlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from grader.processes.template.handle import shared
from hostile.places import secret

STOPPED = (psutil.STATUS_STOPPED, psutil.STATUS_TRACING_STOP)
# A neighbour whom the tests forgot ends by itself.
NAP = "import time; time.sleep(3_600)"


class Neighbour:
    """A process of another run, with a secret on its command line.

    Args:
        folder: Where it works.
    """

    def __init__(self, folder: Path) -> None:
        self.secret = secret()
        command = [sys.executable, "-I", "-c", NAP, self.secret]
        self._process = subprocess.Popen(command, cwd=folder, env={}, start_new_session=True)
        self.pid = self._process.pid
        self._before = self._state()

    @property
    def disturbed(self) -> bool:
        """Whether it is not as it was."""
        return self._process.poll() is not None or self._state() != self._before

    def _state(self) -> tuple[object, ...]:
        process = psutil.Process(self.pid)
        return (
            process.status() in STOPPED,
            process.nice(),
            os.sched_getaffinity(self.pid),
            os.sched_getscheduler(self.pid),
            resource.prlimit(self.pid, resource.RLIMIT_NOFILE),
            Path(f"/proc/{self.pid}/oom_score_adj").read_text("utf-8"),
        )

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()


class Grader:
    """What this process holds and knows, as the grader that it is in these tests."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - held open
        names = ("descriptor", "memory", "variable", "segment")
        self.secrets = {name: secret() for name in names}
        self._file.write(self.secrets["descriptor"].encode())
        self._file.flush()
        self._memory = ctypes.create_string_buffer(self.secrets["memory"].encode())
        environment = Path("/proc/self/environ").read_bytes()
        self.secrets["environment"] = hashlib.sha256(environment).hexdigest()
        os.environ["HOSTILE_SECRET"] = self.secrets["variable"]
        self.signals: list[int] = []
        self._handler = signal.signal(signal.SIGUSR2, lambda *_: self.signals.append(1))
        self._segment = Segment(self.secrets["segment"])
        shared().start()
        self.template = shared().pid or 0

    @property
    def values(self) -> dict[str, object]:
        """Where to find it."""
        return {
            "grader_pid": os.getpid(),
            "grader_fd": self._file.fileno(),
            "address": ctypes.addressof(self._memory),
            "template_pid": self.template,
            "segment": self._segment.number,
        }

    @property
    def template_died(self) -> bool:
        """Whether the template is not the one that it was."""
        with suppress(psutil.Error):
            return psutil.Process(self.template).status() == psutil.STATUS_ZOMBIE
        return True

    def close(self) -> None:
        """Hold nothing any more."""
        self._file.close()
        self._segment.close()
        os.environ.pop("HOSTILE_SECRET", None)
        signal.signal(signal.SIGUSR2, self._handler)


class Segment:
    """Memory that whoever knows its number can share, as System V has it.

    Args:
        content: What is in it.
    """

    _CREATE_PRIVATE, _REMOVE, _BYTES = 0o1600, 0, 4096

    def __init__(self, content: str) -> None:
        libc = ctypes.CDLL(None)
        libc.shmat.restype = ctypes.c_void_p
        self._control: Callable[..., int] = libc.shmctl
        self.number: int = libc.shmget(0, self._BYTES, self._CREATE_PRIVATE)
        ctypes.memmove(libc.shmat(self.number, None, 0), content.encode(), len(content))

    def close(self) -> None:
        """Remove it; it ends with the last process that has it."""
        self._control(self.number, self._REMOVE, None)
