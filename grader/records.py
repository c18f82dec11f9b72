"""The frozen records that flow between rooms; imports nothing of the kit's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class CellKind(StrEnum):
    """Kinds of cell in the Jupyter notebook format."""

    CODE = "code"
    MARKDOWN = "markdown"
    RAW = "raw"


class Role(StrEnum):
    """Whose a cell is: the student's to fill in, the author's to run, or to read only."""

    GRADED = "graded"
    REQUIRED = "required"
    OPTIONAL = "optional"


class Severity(StrEnum):
    """How much an issue in a submission matters to the student."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Status(StrEnum):
    """How a check ended; ``errored`` is a fault of the grader, its points are pending."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    ERRORED = "errored"


class Verdict(StrEnum):
    """How a submission ended."""

    GRADED = "graded"
    REJECTED = "rejected"
    NEEDS_REVIEW = "needs_review"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a submission, as the student left it.

    Args:
        index: Position in the student's file, from 0.
        kind: Code, markdown or raw.
        source: Text with line feeds as line ends.
        tags: Cell tags.
    """

    index: int
    kind: CellKind
    source: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Issue:
    """Something about a submission that the student should know; costs no points by itself.

    Args:
        code: Stable, machine-readable name, such as ``given-cell-restored``.
        message: What was expected and what was found.
        fix: What to do about it; empty when nothing needs doing.
        cell: Position of the cell in the student's file, from 0.
    """

    code: str
    message: str
    fix: str = ""
    cell: int | None = None
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Submission:
    """A notebook that was handed in, read but not yet understood."""

    path: Path
    sha256: str
    cells: tuple[Cell, ...]
    metadata: Mapping[str, object]
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """A cell as the assignment's author released it.

    Args:
        source: Text of the cell; for a graded cell, the placeholder.
        role: Graded, required or optional.
        name: What a graded cell must define.
        calls: Graded names that a required cell calls; the kernel is seeded before it.
        digests: Digests of other normalised forms in which the cell was released.
    """

    source: str
    role: Role
    name: str | None = None
    calls: frozenset[str] = frozenset()
    digests: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Layout:
    """One edition of an assignment's notebook: which code cells it has, in which order.

    Args:
        id: Stable name, such as ``kit`` or ``course-2022``.
        title: The edition's name as students and instructors know it.
        cells: Code cells in order.
        signs: Regular expressions, each of which speaks for this edition where it is found.
        given: Names that this edition defines itself and that are therefore not graded.
    """

    id: str
    title: str
    cells: tuple[LayoutCell, ...]
    signs: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()

    @property
    def graded(self) -> tuple[str, ...]:
        """Names of the graded cells, in order."""
        return tuple(cell.name for cell in self.cells if cell.name and cell.role is Role.GRADED)


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """A code cell of the notebook that the grader runs.

    Args:
        source: What is run.
        role: Graded, required, or optional for a helper cell that the student added.
        name: What a graded cell must define.
        calls: Graded names that the cell calls.
        origin: Position in the student's file, or None when the grader put the cell there.
    """

    source: str
    role: Role
    name: str | None = None
    calls: frozenset[str] = frozenset()
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The runnable notebook: given cells as the author wrote them, graded ones as the student did.

    Args:
        layout: The edition that the submission was recognised as.
        cells: What to run, in order.
        missing: Graded names for which the submission has no cell.
        untouched: Graded names whose cell still holds placeholders only.
        issues: What was changed, restored or left out on the way.
    """

    layout: Layout
    cells: tuple[PlannedCell, ...]
    missing: frozenset[str] = frozenset()
    untouched: frozenset[str] = frozenset()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class ProbeRequest:
    """What the probe is to observe of a graded part.

    Args:
        kind: Which probe: ``callback``, ``loader`` or ``training``.
        name: The graded name.
        after_call: Observe after the cell that calls it, not after the one that defines it.
        variable: Where the calling cell keeps the result.
    """

    kind: str
    name: str
    after_call: bool = True
    variable: str | None = None


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


class CellStatus(StrEnum):
    """How a cell ended."""

    DONE = "done"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    FLOODED = "flooded"
    DIED = "died"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True)
class CellRun:
    """What became of one planned cell.

    Args:
        status: How it ended.
        error: The exception, when it raised.
        wall_s: Wall time in seconds.
    """

    status: CellStatus
    error: CellError | None = None
    wall_s: float = 0.0


class ExecutionStatus(StrEnum):
    """How the run of a notebook ended as a whole."""

    DONE = "done"
    CELL_FAILED = "cell_failed"
    TIMED_OUT = "timed_out"
    OUTPUT = "output"
    MEMORY = "memory"
    DIED = "died"
    GRADER_FAULT = "grader_fault"


@dataclass(frozen=True, slots=True)
class Execution:
    """How the run of a planned notebook went.

    Args:
        status: How it ended as a whole.
        cells: One entry for each planned cell, in order.
        seed: The seed that the kernel was given.
        wall_s: Wall time in seconds, kernel start included.
        cpu_s: Processor time of the kernel's process tree in seconds.
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


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check ended, with what a student needs to act on it.

    Args:
        id: The check's name.
        group: The part of the rubric that it belongs to.
        title: What must hold, in a sentence.
        status: Passed, failed, skipped or errored.
        possible: Points that the check is worth.
        expected: What was expected.
        actual: What was found, or why the check was skipped or errored.
        hint: What to look at next; empty when passed.
        required: Whether the assignment cannot be passed without it.
    """

    id: str
    group: str
    title: str
    status: Status
    possible: int
    expected: str = ""
    actual: str = ""
    hint: str = ""
    required: bool = False

    @property
    def earned(self) -> int:
        """Points earned."""
        return self.possible if self.status is Status.PASSED else 0


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a submission.

    Args:
        earned: Points earned.
        possible: Points that can be earned.
        pending: Points that wait for a person, because a check errored.
        passed: Whether the pass mark and every required check were reached.
    """

    earned: int
    possible: int
    pending: int
    passed: bool

    @property
    def fraction(self) -> float:
        """Share of the possible points that was earned, 0 to 1."""
        return self.earned / self.possible if self.possible else 0.0
