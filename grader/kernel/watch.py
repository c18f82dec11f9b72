"""Measures what a kernel's process tree uses and kills it when that is too much memory."""

import threading
from contextlib import suppress

import psutil

from grader.kernel import manager

INTERVAL_S = 0.25


class Watch(threading.Thread):
    """Samples resident memory and processor time of a kernel and its descendants.

    Args:
        pid: The kernel's process.
        run: The mark of the run, by which its processes are found when they must be killed.
        memory_bytes: Limit on resident memory of the tree.
    """

    def __init__(self, pid: int, run: str, memory_bytes: int) -> None:
        super().__init__(name="kernel-watch", daemon=True)
        self._pid = pid
        self._run_mark = run
        self._limit = memory_bytes
        self._over = threading.Event()
        self._cpu: dict[int, float] = {}
        self.peak_rss_bytes = 0
        self.exceeded = False

    @property
    def cpu_s(self) -> float:
        """Processor time of all processes seen, in seconds."""
        return sum(self._cpu.values())

    def run(self) -> None:
        """Sample until stopped or over the limit."""
        while not self._over.wait(INTERVAL_S):
            self.sample()
            if self.exceeded:
                manager.reap(self._run_mark)
                return

    def sample(self) -> None:
        """Take one measurement."""
        resident = 0
        with suppress(psutil.Error):
            kernel = psutil.Process(self._pid)
            for process in [kernel, *kernel.children(recursive=True)]:
                resident += self._measure(process)
        self.peak_rss_bytes = max(self.peak_rss_bytes, resident)
        self.exceeded = self.exceeded or resident > self._limit

    def _measure(self, process: psutil.Process) -> int:
        with suppress(psutil.Error), process.oneshot():
            times = process.cpu_times()
            self._cpu[process.pid] = times.user + times.system
            return int(process.memory_info().rss)
        return 0

    def stop(self) -> None:
        """End the thread."""
        self._over.set()
        self.join()
