"""Measures what a kernel's process tree uses and kills it when that is too much."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path

import psutil

from grader import machine
from grader.processes.disk import DiskUsage, UncountableError
from grader.processes.limits import MIB, Limits
from grader.processes.process import more_compute, page_tables, threads, yield_to_others
from grader.processes.tree import ProcessTree
from grader.records import ExecutionStatus

INTERVAL_S = 0.25
# A last look at what a run left is waited for longer.
LAST_S = 10.0
# As many that compute at a time take the processor from other runs, and from this watch: processes
# that fork on then outrun it. Training has more threads, one or two of which compute.
MANY = 24
# A process fills some gigabytes in a second: near the limit, a look every quarter is too rare.
HURRY_S = 0.04
NEAR = 0.5
# With less memory than this left, the system begins to kill processes of its own choice; with
# less room on the disk, others can write no more.
RESERVE_BYTES = 256 * MIB


class Watch(threading.Thread):
    """Samples memory, processor time, threads and files of a run.

    Args:
        processes: Its processes.
        folder: Its work folder, before it begins.
        limits: What it may use.
    """

    def __init__(self, processes: ProcessTree, folder: Path, limits: Limits) -> None:
        super().__init__(name="kernel-watch", daemon=True)
        self._processes = processes
        self._limits = limits
        self._disk = DiskUsage(folder, limits.files)
        self._ended = threading.Event()
        self._looker = ThreadPoolExecutor(1, "kernel-look")
        self._looking: Future[ExecutionStatus | None] | None = None
        self._cpu: dict[int, float] = {}
        # How many threads each process had that computes only where nobody else wants to.
        self._yielding: dict[int, int] = {}
        self._resident = self._threads = 0
        self.peak_rss_bytes = 0
        self.over: ExecutionStatus | None = None

    @property
    def cpu_s(self) -> float:
        """Processor time of all processes seen, in seconds."""
        return sum(self._cpu.values())

    def run(self) -> None:
        """Sample until stopped, over a limit, or the machine has no more to give."""
        while not self._ended.wait(self._interval()):
            self.over = self._sample() or self._crowded()
            if self.over is not None:
                self._processes.kill_groups()
                self._processes.kill()
                return

    def _interval(self) -> float:
        near = self._resident > NEAR * self._limits.memory_bytes
        many = self._threads > NEAR * self._limits.threads_alive
        return HURRY_S if near or many or self._limits.processes else INTERVAL_S

    def _sample(self, seconds: float = INTERVAL_S) -> ExecutionStatus | None:
        """Measure, and say which limit is exceeded."""
        processes = self._processes.descendants(self._interval() / 2)
        if self._limits.too_many(len(processes), 0):
            # While more is measured, a fork bomb doubles.
            return ExecutionStatus.PROCESSES
        if len(processes) > MANY:
            for process in processes:
                self._yield(process.pid, 1)
        measured = [self._measure(process) for process in processes]
        self._resident, self._threads = (sum(each) for each in zip((0, 0), *measured, strict=True))
        if self._limits.too_many(len(processes), self._threads):
            return ExecutionStatus.PROCESSES
        return self._looked_into(processes, seconds)

    def _looked_into(
        self, processes: list[psutil.Process], seconds: float
    ) -> ExecutionStatus | None:
        """Say what a closer look found, as soon as it has.

        It reads where memory is, which Linux tells of no process in the middle of a fork: of one
        that keeps forking that takes long, and meanwhile it is counted on.
        """
        if self._looking is None:
            self._looking = self._looker.submit(self._look_into, processes, self._resident)
        return self._found(seconds)

    def _found(self, seconds: float) -> ExecutionStatus | None:
        if self._looking is None or not wait([self._looking], seconds).done:
            return None
        looking, self._looking = self._looking, None
        return looking.result()

    def _look_into(self, processes: list[psutil.Process], resident: int) -> ExecutionStatus | None:
        if resident > self._limits.memory_bytes and len(processes) > 1:
            resident = sum(_shared_once(process) for process in processes)
        self._resident = resident
        self.peak_rss_bytes = max(self.peak_rss_bytes, resident)
        if resident > self._limits.memory_bytes:
            return ExecutionStatus.MEMORY
        try:
            taken = self._disk.taken(process.pid for process in processes)
        except UncountableError:
            return ExecutionStatus.DISK
        return ExecutionStatus.DISK if self._limits.too_much_written(*taken) else None

    def _crowded(self) -> ExecutionStatus | None:
        left = min(machine.available_memory(), self._disk.left())
        return ExecutionStatus.CROWDED if left < RESERVE_BYTES else None

    def _measure(self, process: psutil.Process) -> tuple[int, int]:
        with suppress(psutil.Error), process.oneshot():
            times = process.cpu_times()
            self._cpu[process.pid] = times.user + times.system
            resident = process.memory_info().rss + page_tables(process.pid)
            count = threads(process.pid)
            if count > MANY and more_compute(process.pid, MANY):
                self._yield(process.pid, count)
            return int(resident), count
        return 0, 0

    def _yield(self, pid: int, count: int) -> None:
        # Threads and processes that they start take after them.
        if count > self._yielding.get(pid, 0):
            self._yielding[pid] = count
            yield_to_others(pid)

    def stop(self) -> None:
        """Measure a last time and end the thread."""
        self._ended.set()
        self.join()
        self.over = self.over or self._found(LAST_S) or self._sample(LAST_S)
        self._looker.shutdown(wait=False)


def _shared_once(process: psutil.Process) -> int:
    """Return a process's share of memory: forked children hold most of theirs together."""
    with suppress(psutil.Error):
        memory = process.memory_full_info()
        return int(getattr(memory, "pss", memory.uss)) + page_tables(process.pid)
    return 0
