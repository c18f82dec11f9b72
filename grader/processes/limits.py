"""How much a submission may use."""

import math
from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on one run of a notebook.

    Args:
        cell_s: Wall time of one cell, in seconds.
        notebook_s: Wall time of all cells together, in seconds; the last cell's probes may add
            ``probe_s`` and ``grace_s`` to it.
        memory_bytes: Resident memory of the kernel and all that it starts.
        output_bytes: Output of one cell.
        outputs_bytes: Output of all cells together; the grader keeps all of it.
        grace_s: How long an interrupted cell may take to end, in seconds.
        probe_s: Wall time that the probe may spend in the student's functions after one cell, in
            seconds.
        threads: Threads that TensorFlow computes with; they change the numbers.
        start_s: How long the kernel, and TensorFlow in it, may take to start, in seconds.
        processes: How many processes a notebook may have started at a time. Only isolation keeps
            it from starting any at all.
        threads_alive: Threads of the kernel and of all that it starts, at any time.
        disk_bytes: Room that a run may take on the disk, beside its dataset.
        files: Files and folders that it may make.
    """

    cell_s: float = 300.0
    notebook_s: float = 600.0
    memory_bytes: int = 6 * 1024 * MIB
    output_bytes: int = 8 * MIB
    outputs_bytes: int = 16 * MIB
    grace_s: float = 5.0
    probe_s: float = 60.0
    threads: int = 1
    start_s: float = 120.0
    processes: int = 0
    threads_alive: int = 2000
    disk_bytes: int = 1024 * MIB
    files: int = 20_000

    @property
    def cpu_s(self) -> int:
        """Processor time of a kernel in seconds: loaders have threads beside TensorFlow's own."""
        return math.ceil(4 * (self.notebook_s + self.start_s))

    def too_many(self, processes: int, threads: int) -> bool:
        """Whether there are more than there may be; the kernel is one of the processes."""
        return threads > self.threads_alive or 0 < self.processes < processes - 1

    def too_much_written(self, size: int, files: int) -> bool:
        """Whether so many bytes in so many files are more than a run may write."""
        return size > self.disk_bytes or files > self.files

    @property
    def message_bytes(self) -> int:
        """Longest message that is received from a kernel; more than a cell may print anyhow."""
        return 4 * self.output_bytes + MIB
