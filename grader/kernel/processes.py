"""All processes that one run started, and their end, also of those that tried to get away."""

import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil

MARK = "GRADER_RUN"
REAP_S = 10.0


def mark() -> str:
    """Return a name for one run, passed down to every process that the run starts."""
    return uuid.uuid4().hex


class Family:
    """The processes of a run, found by descent, by their mark and by where they work.

    A process may leave its group, clear its environment or lose its parent; none of these alone
    hides it. The kernel adopts orphans where the system lets it, so descent mostly suffices.

    Args:
        run: The mark of the run.
        folder: The run's own folder; whoever works in it belongs to the run.
    """

    def __init__(self, run: str, folder: Path | None = None) -> None:
        self._run = run
        self._folder = folder
        self._known: set[psutil.Process] = set()

    def add(self, pid: int) -> None:
        """Take in the process with that number."""
        try:
            self._known.add(psutil.Process(pid))
        except psutil.Error:
            return

    def descendants(self) -> list[psutil.Process]:
        """Return known processes that live, and all that descends from them; remember those."""
        self._known = {process for process in self._known if _lives(process)}
        for process in list(self._known):
            try:
                self._known.update(process.children(recursive=True))
            except psutil.Error:
                continue
        return list(self._known)

    def kill(self) -> set[psutil.Process]:
        """Kill the known processes at once and return them."""
        found = set(self.descendants())
        for process in found:
            _kill(process)
        return found

    def reap(self) -> int:
        """Kill every process of the run and return how many there were."""
        killed = self.kill()
        deadline = time.monotonic() + REAP_S
        while time.monotonic() < deadline:
            self._known.update(self._strays())
            alive = self.kill()
            if not alive:
                break
            killed |= alive
            psutil.wait_procs(alive, timeout=1)
        return len(killed)

    def _strays(self) -> Iterator[psutil.Process]:
        for process in psutil.process_iter():
            if process.pid != os.getpid() and self._belongs(process):
                yield process

    def _belongs(self, process: psutil.Process) -> bool:
        try:
            if process.environ().get(MARK) == self._run:
                return True
            return self._folder is not None and Path(process.cwd()).is_relative_to(self._folder)
        except (psutil.Error, OSError):
            return False


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running()) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return
