"""Measures what a kernel's process tree uses and kills it when memory does not suffice."""

import threading
from contextlib import suppress

import psutil

from grader import machine
from grader.kernel.limits import MIB
from grader.kernel.processes import Family

INTERVAL_S = 0.25
# A process fills some gigabytes in a second: near the limit, a look every quarter is too rare.
HURRY_S = 0.04
NEAR = 0.5
# With less than this left, the system begins to kill processes of its own choice.
RESERVE_BYTES = 256 * MIB


class Watch(threading.Thread):
    """Samples resident memory and processor time of a run's processes.

    Args:
        family: The processes.
        memory_bytes: Limit on their resident memory.
    """

    def __init__(self, family: Family, memory_bytes: int) -> None:
        super().__init__(name="kernel-watch", daemon=True)
        self._family = family
        self._limit = memory_bytes
        self._over = threading.Event()
        self._cpu: dict[int, float] = {}
        self._resident = 0
        self.peak_rss_bytes = 0
        self.exceeded = False
        self.crowded = False

    @property
    def cpu_s(self) -> float:
        """Processor time of all processes seen, in seconds."""
        return sum(self._cpu.values())

    def run(self) -> None:
        """Sample until stopped, over the limit, or the machine has no more to give."""
        while not self._over.wait(self._interval()):
            self._sample()
            self.crowded = not self.exceeded and machine.available_memory() < RESERVE_BYTES
            if self.exceeded or self.crowded:
                self._family.kill()
                return

    def _interval(self) -> float:
        return HURRY_S if self._resident > NEAR * self._limit else INTERVAL_S

    def _sample(self) -> None:
        processes = self._family.descendants()
        resident = sum(self._measure(process) for process in processes)
        if resident > self._limit and len(processes) > 1:
            resident = sum(_shared_once(process) for process in processes)
        self._resident = resident
        self.peak_rss_bytes = max(self.peak_rss_bytes, resident)
        self.exceeded = self.exceeded or resident > self._limit

    def _measure(self, process: psutil.Process) -> int:
        with suppress(psutil.Error), process.oneshot():
            times = process.cpu_times()
            self._cpu[process.pid] = times.user + times.system
            return int(process.memory_info().rss)
        return 0

    def stop(self) -> None:
        """Measure a last time and end the thread."""
        self._over.set()
        self.join()
        if not self.exceeded and not self.crowded:
            self._sample()


def _shared_once(process: psutil.Process) -> int:
    """Return a process's share of memory: forked children hold most of theirs together."""
    with suppress(psutil.Error):
        memory = process.memory_full_info()
        return int(getattr(memory, "pss", memory.uss))
    return 0
