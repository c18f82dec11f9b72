"""How a run ended and whose fault it was, from recorded facts alone."""

import signal
from collections.abc import Sequence
from dataclasses import dataclass

from grader.processes.disk import MOST_DEPTH
from grader.processes.limits import MIB, Limits
from grader.records import CellStatus, ExecutionStatus

# Signals that a process gets from elsewhere. A crash in native code (SIGSEGV, SIGABRT and the
# like) is the doing of the code that ran.
FROM_OUTSIDE = frozenset(
    getattr(signal, name, 0) for name in ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What was recorded of a run.

    Args:
        cells: How each cell ended.
        fault: Why the grader could not drive the kernel; empty when it could.
        over: The limit for which the kernel was killed, or that the machine ran out of memory.
        overdue: Whether the time of the whole notebook ended a cell, or kept one from being run.
        lost: Whether the kernel was gone, or given up, before all cells had run.
        exit_code: How a kernel that was gone had ended, negative for a signal; None if it was not.
    """

    cells: Sequence[CellStatus]
    fault: str = ""
    over: ExecutionStatus | None = None
    overdue: bool = False
    lost: bool = False
    exit_code: int | None = None

    @property
    def killed(self) -> bool:
        """Whether a signal that the grader did not send ended the kernel."""
        return self.lost and self.exit_code is not None and -self.exit_code in FROM_OUTSIDE


def status(facts: Facts) -> ExecutionStatus:
    """Say how a run ended; of several faults the one that explains the others wins."""
    if facts.fault:
        return ExecutionStatus.GRADER_FAULT
    if facts.over is not None:
        return facts.over
    order = (
        (CellStatus.FLOODED in facts.cells, ExecutionStatus.OUTPUT),
        (facts.overdue, ExecutionStatus.NOTEBOOK_TIMED_OUT),
        (CellStatus.TIMED_OUT in facts.cells, ExecutionStatus.CELL_TIMED_OUT),
        (facts.killed, ExecutionStatus.KILLED),
        (facts.lost or CellStatus.DIED in facts.cells, ExecutionStatus.DIED),
        (CellStatus.RAISED in facts.cells, ExecutionStatus.CELL_FAILED),
    )
    return next((result for holds, result in order if holds), ExecutionStatus.DONE)


def message(ended: ExecutionStatus, limits: Limits, fault: str = "") -> str:
    """Explain an ending to a student, in one sentence."""
    mib, gib = limits.output_bytes / MIB, limits.memory_bytes / (1024 * MIB)
    mib_of_all = limits.outputs_bytes / MIB
    return {
        ExecutionStatus.DONE: "",
        ExecutionStatus.CELL_FAILED: "A cell raised an exception.",
        ExecutionStatus.CELL_TIMED_OUT: f"A cell ran longer than {limits.cell_s:.0f} s.",
        ExecutionStatus.NOTEBOOK_TIMED_OUT: (
            f"All cells together ran longer than {limits.notebook_s:.0f} s."
        ),
        ExecutionStatus.OUTPUT: (
            f"A cell printed or showed more than {mib:.3g} MiB, or all cells together more than "
            f"{mib_of_all:.3g} MiB, and was stopped."
        ),
        ExecutionStatus.MEMORY: f"The notebook used more than {gib:.1f} GiB of memory.",
        ExecutionStatus.PROCESSES: (
            f"The notebook had too many processes, or more than {limits.threads_alive} threads."
        ),
        ExecutionStatus.DISK: (
            f"The notebook wrote more than {limits.disk_bytes / MIB:.0f} MiB, made more than "
            f"{limits.files} files, or folders more than {MOST_DEPTH} deep or closed to everybody."
        ),
        ExecutionStatus.DIED: "The kernel ended, or answered no more, before all cells had run.",
        ExecutionStatus.KILLED: "The kernel was killed from outside.",
        ExecutionStatus.CROWDED: "The machine ran out of memory or disk; other work took it.",
        ExecutionStatus.GRADER_FAULT: f"The grader could not drive the kernel: {fault}.",
    }[ended]
