"""How a run ended, from recorded facts alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.kernel.limits import MIB, Limits
from grader.records import CellStatus, ExecutionStatus


@dataclass(frozen=True, slots=True)
class Facts:
    """What was recorded of a run.

    Args:
        cells: How each cell ended.
        fault: Why the grader could not drive the kernel; empty when it could.
        memory_exceeded: Whether the kernel was killed for its memory.
        overdue: Whether the time of the whole notebook was used up before all cells had run.
        lost: Whether the kernel was gone before all cells had run.
    """

    cells: Sequence[CellStatus]
    fault: str = ""
    memory_exceeded: bool = False
    overdue: bool = False
    lost: bool = False


def status(facts: Facts) -> ExecutionStatus:
    """Say how a run ended; of several faults the one that explains the others wins."""
    order = (
        (bool(facts.fault), ExecutionStatus.GRADER_FAULT),
        (facts.memory_exceeded, ExecutionStatus.MEMORY),
        (CellStatus.FLOODED in facts.cells, ExecutionStatus.OUTPUT),
        (facts.overdue or CellStatus.TIMED_OUT in facts.cells, ExecutionStatus.TIMED_OUT),
        (facts.lost or CellStatus.DIED in facts.cells, ExecutionStatus.DIED),
        (CellStatus.RAISED in facts.cells, ExecutionStatus.CELL_FAILED),
    )
    return next((result for holds, result in order if holds), ExecutionStatus.DONE)


def message(ended: ExecutionStatus, limits: Limits, fault: str = "") -> str:
    """Explain an ending to a student, in one sentence."""
    mib, gib = limits.output_bytes / MIB, limits.memory_bytes / (1024 * MIB)
    return {
        ExecutionStatus.DONE: "",
        ExecutionStatus.CELL_FAILED: "A cell raised an exception.",
        ExecutionStatus.TIMED_OUT: (
            f"A cell ran longer than {limits.cell_s:.0f} s, "
            f"or all of them together longer than {limits.notebook_s:.0f} s."
        ),
        ExecutionStatus.OUTPUT: f"A cell printed more than {mib:.3g} MiB and was stopped.",
        ExecutionStatus.MEMORY: f"The notebook used more than {gib:.1f} GiB of memory.",
        ExecutionStatus.DIED: "The kernel ended before all cells had run.",
        ExecutionStatus.GRADER_FAULT: f"The grader could not drive the kernel: {fault}.",
    }[ended]
