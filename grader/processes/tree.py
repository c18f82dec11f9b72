"""All processes that one run started, and their end, also of those that tried to get away."""

import math
import os
import signal
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from grader.isolation.libc import RLIMIT_LOCKS
from grader.processes.process import stat

MARK = "GRADER_RUN"
NUMBER_DIGITS = 15
# Without fewer of them: the memory of two thousand that were killed takes longer to be taken apart.
REAP_S = 10.0
# A process that keeps becoming another one may be missed by one look at all processes.
LOOKS = 3


def mark() -> str:
    """Return a name for one run, passed down to every process that the run starts."""
    return uuid.uuid4().hex


def number(run: str) -> int:
    """Return the number of a marked run, which isolation makes one of its limits."""
    return int(run[:NUMBER_DIGITS], 16)


class ProcessTree:
    """The processes of a run, found by descent, by their marks and by where they work.

    A process may leave its group, clear its environment or lose its parent; none of these alone
    hides it. The kernel adopts orphans where the system lets it, so descent mostly suffices; the
    mark among its limits, where isolation sets it, can neither be shed nor changed.

    Args:
        run: The mark of the run.
        folder: The run's own folder; whoever works in it belongs to the run.
    """

    def __init__(self, run: str, folder: Path | None = None) -> None:
        self._run = run
        self._folder = folder
        self._known: set[psutil.Process] = set()
        # Numbers of all that were ever known, as those that they lead outlive them.
        self._numbers: set[int] = set()

    def add(self, pid: int) -> None:
        """Take in the process with that number."""
        with suppress(psutil.Error):
            self._known.add(psutil.Process(pid))
            self._numbers.add(pid)

    def descendants(self, age_s: float = 0.0) -> list[psutil.Process]:
        """Return known processes that live, and all that descends from them; remember those.

        Args:
            age_s: How old, in seconds, a look at all processes of the system may be that was taken
                for another run.
        """
        self._known = {process for process in self._known if _lives(process)}
        children = _system.children(age_s) if self._known else {}
        numbers = {process.pid for process in self._known}
        waiting = list(numbers)
        while waiting:
            new = set(children.get(waiting.pop(), ())) - numbers
            numbers |= new
            waiting += new
            for pid in new:
                self.add(pid)
        return list(self._known)

    def kill(self) -> set[psutil.Process]:
        """Kill the known processes at once and return them."""
        found = set(self.descendants())
        self.kill_groups()
        for process in found:
            _kill(process)
        return found

    def kill_groups(self) -> None:
        """Kill the process groups that known processes lead or led, each at once.

        While processes are killed one after the other, the others fork on; none of a group can.
        """
        if os.name != "posix":
            return
        groups: set[int] = set()
        for process in self._known:
            with suppress(OSError):
                groups.add(os.getpgid(process.pid))
        # Never one that somebody else leads, the grader's own among them.
        for group in groups & self._numbers:
            with suppress(OSError):
                os.killpg(group, signal.SIGKILL)

    def kill_all(self) -> int:
        """Kill every process of the run and return how many there were."""
        killed = self.kill()
        deadline = time.monotonic() + REAP_S
        looks, fewest = 0, len(killed)
        while looks < LOOKS and time.monotonic() < deadline:
            self._known.update(self._strays())
            alive = self.kill()
            if len(alive) < fewest:
                fewest, deadline = len(alive), time.monotonic() + REAP_S
            looks = 0 if alive else looks + 1
            killed |= alive
            psutil.wait_procs(alive, timeout=1)
        return len(killed)

    def kill_and_wait(self) -> None:
        """Kill the known processes and wait until they are gone."""
        psutil.wait_procs(self.kill(), timeout=REAP_S)

    def _strays(self) -> Iterator[psutil.Process]:
        for process in psutil.process_iter():
            if process.pid != os.getpid() and self._belongs(process):
                yield process

    def _belongs(self, process: psutil.Process) -> bool:
        try:
            if _limit(process) == number(self._run) or process.environ().get(MARK) == self._run:
                return True
            return self._folder is not None and Path(process.cwd()).is_relative_to(self._folder)
        except (psutil.Error, OSError):
            return False


class _System:
    """All processes of the system, which every run looks for its own among.

    On a machine with hundreds of processes that takes milliseconds, for each run that is watched.
    """

    def __init__(self) -> None:
        self._looking = threading.Lock()
        self._looked_at = -math.inf
        self._children: dict[int, list[int]] = {}

    def children(self, age_s: float) -> Mapping[int, Sequence[int]]:
        """Return the numbers of all processes by that of their parent; by a look so old at most."""
        if not age_s:
            return _children()
        with self._looking:
            now = time.monotonic()
            if now - self._looked_at > age_s:
                self._looked_at, self._children = now, _children()
            return self._children


_system = _System()


def _children() -> dict[int, list[int]]:
    """Return the numbers of all processes by that of their parent, in one pass.

    Where the system says it in a file for each, that is read: psutil asks of each process whether
    it is still the same, which takes three times as long, four times a second.
    """
    found: dict[int, list[int]] = {}
    for pid in psutil.pids():
        with suppress(psutil.Error, OSError):
            parent = _parent(pid) if sys.platform == "linux" else psutil.Process(pid).ppid()
            found.setdefault(parent, []).append(pid)
    return found


def _parent(pid: int) -> int:
    return int(stat(pid)[1])


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running()) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _limit(process: psutil.Process) -> int:
    if not hasattr(process, "rlimit"):
        return 0
    return int(process.rlimit(RLIMIT_LOCKS)[1])


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return
