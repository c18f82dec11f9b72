"""How a run went."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class CellStatus(StrEnum):
    """How a cell ended."""

    DONE = "done"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    FLOODED = "flooded"
    DIED = "died"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True)
class CellError:
    """An exception that a cell ended with.

    Args:
        name: Class of the exception.
        message: Its text, shortened.
        line: Line within the cell, from 1, where the cell's own code was last seen.
        function: Function of the cell in which it happened.
        cell: Graded name of the cell that ``line`` counts in, when it is not the one that ran.
    """

    name: str
    message: str
    line: int | None = None
    function: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        where = f" (line {self.line} of the cell)" if self.line else ""
        return f"{self.name}: {self.message}{where}" if self.message else f"{self.name}{where}"


@dataclass(frozen=True, slots=True)
class CellRun:
    """What became of one planned cell.

    Args:
        status: How it ended.
        error: The exception, when it raised.
        wall_s: Wall time in seconds.
        probed: Whether it had ended well, and the kernel ended while the probe looked at what the
            cell had made.
    """

    status: CellStatus
    error: CellError | None = None
    wall_s: float = 0.0
    probed: bool = False


class Blame(StrEnum):
    """Whose fault an ending is."""

    NOBODY = "nobody"
    SUBMISSION = "submission"
    GRADER = "grader"
    OUTSIDE = "outside"


class ExecutionStatus(StrEnum):
    """How the run of a notebook ended as a whole."""

    DONE = "done"
    CELL_FAILED = "cell_failed"
    CELL_TIMED_OUT = "cell_timed_out"
    NOTEBOOK_TIMED_OUT = "notebook_timed_out"
    OUTPUT = "output"
    MEMORY = "memory"
    PROCESSES = "processes"
    DISK = "disk"
    DIED = "died"
    KILLED = "killed"
    CROWDED = "crowded"
    GRADER_FAULT = "grader_fault"

    @property
    def blame(self) -> Blame:
        """Whose fault it is; what is not the submission's never costs a point."""
        return _BLAME.get(self, Blame.SUBMISSION)


_BLAME = {
    ExecutionStatus.DONE: Blame.NOBODY,
    ExecutionStatus.KILLED: Blame.OUTSIDE,
    ExecutionStatus.CROWDED: Blame.OUTSIDE,
    ExecutionStatus.GRADER_FAULT: Blame.GRADER,
}


@dataclass(frozen=True, slots=True)
class Execution:
    """How the run of a planned notebook went.

    Args:
        status: How it ended as a whole.
        cells: One entry for each planned cell, in order.
        seed: The seed that the kernel was given.
        wall_s: Wall time in seconds, kernel start included.
        cpu_s: Processor time of the kernel's process tree, and of the processes in which the grader
            trained for it, in seconds.
        peak_rss_bytes: Largest resident memory of the kernel's process tree in bytes.
        message: Why, when it did not end well.
    """

    status: ExecutionStatus
    cells: tuple[CellRun, ...]
    seed: int
    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_rss_bytes: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """How the execution of a whole notebook went, without grading.

    Args:
        path: The notebook.
        cells: Code cells that were executed.
        failed: Position of the cell that failed, from 0; None when none did.
        error: Why it failed.
        wall_s: Wall time in seconds.
    """

    path: Path
    cells: int
    failed: int | None
    error: str
    wall_s: float
