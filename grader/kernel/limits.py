"""How much a submission may use."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on one run of a notebook.

    Args:
        cell_s: Wall time of one cell, in seconds.
        notebook_s: Wall time of all cells together, in seconds.
        memory_bytes: Resident memory of the kernel and all that it starts.
        output_bytes: Output of all cells together.
        grace_s: How long an interrupted cell may take to end, in seconds.
        probe_s: Wall time that the probe may spend in the student's functions, in seconds.
        threads: Threads that TensorFlow computes with; they change the numbers.
    """

    cell_s: float = 300.0
    notebook_s: float = 600.0
    memory_bytes: int = 6 * 1024 * MIB
    output_bytes: int = 8 * MIB
    grace_s: float = 5.0
    probe_s: int = 60
    threads: int = 1
