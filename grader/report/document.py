"""The report as data: version 2 of ``report.json``.

``fields`` says what is done with texts and numbers that not every renderer can write.
"""

from typing import Literal

from pydantic import Field, FiniteFloat

from grader.goals import Direction, Split
from grader.goals.status import GoalStatus
from grader.records import Blame, CellStatus, ExecutionStatus, Severity, Status, Verdict
from grader.report.fields import Frozen, Name, Number, Text
from grader.report.origin import ProvenanceRow

SCHEMA_VERSION = 2
# Measured, and so different each time; all other fields of a report are the same again.
VARYING = frozenset({"wall_s", "cpu_s", "peak_rss_bytes", "measured_before", "measured_after"})


class AssignmentRef(Frozen):
    """Which assignment, in which version and edition of its notebook."""

    id: Name
    version: Name
    title: Name
    layout: Name | None = None


class SubmissionRef(Frozen):
    """Which submission; ``path`` is relative to the folder that was graded."""

    id: Name
    path: Text
    sha256: Name | None


class ScoreRow(Frozen):
    """Points; ``fraction`` is earned over possible, ``pass_mark`` the fraction needed, 0 to 1."""

    earned: int
    possible: int
    pending: int
    fraction: FiniteFloat
    passed: bool
    pass_mark: FiniteFloat


class CheckRow(Frozen):
    """One check, with what a student needs to act on it.

    ``cause`` is the graded name whose failure it is that the check failed or was skipped;
    ``of_assignment`` says that it errored in code of the assignment's author.
    """

    id: Name
    group: Name
    title: Name
    status: Status
    earned: int
    possible: int
    required: bool
    expected: Text
    actual: Text
    hint: Text
    cause: Name = ""
    of_assignment: bool = False


class SeedRow(Frozen):
    """One published seed: after how many epochs all goals were reached, and whether in time."""

    seed: int
    reached_at: int | None
    in_time: bool
    wall_s: FiniteFloat = 0.0


class QuantityRow(Frozen):
    """A number of a training that is taken away from another one."""

    metric: Name
    split: Split
    first_epoch: bool = False


class GoalRow(Frozen):
    """What a number of a training must come to, and how the training stands to it.

    ``words`` are ``amount`` and ``deadline`` together, such as ``90% accuracy`` and ``by epoch
    10``. ``minus`` is what is taken away from the number before it is compared. ``measured`` tells
    whether the grader measures the number itself; ``values`` are then what it measured of
    validation data after each epoch, null where it did not. If not, they are what each epoch
    logged, and a goal that they reach is ``unconfirmed``. ``shortfall`` says what stands between
    the training and the goal.
    """

    metric: Name
    split: Split
    direction: Direction
    bound: FiniteFloat
    before_epoch: int | None = None
    by_epoch: int | None = None
    at_end: bool = False
    minus: QuantityRow | None = None
    words: Text
    amount: Text
    deadline: Text = ""
    measured: bool = True
    status: GoalStatus
    reached_at: int | None
    values: list[Number] = Field(default_factory=list)
    shortfall: Text = ""


class DiagnosisRow(Frozen):
    """Why a training missed an accuracy: what was ``seen``, and what to ``look_at`` first.

    ``sentence`` says both.
    """

    kind: Name
    seen: Text
    look_at: Text
    sentence: Text


class TrainingRow(Frozen):
    """One training; curves have one number an epoch, of the run that counts.

    A ``graded`` one is that whose History was returned. ``reason`` says why the grader did not
    train, and in which line ``fit`` was called; ``measured_before`` and ``measured_after`` are the
    shares of images classified correctly, from 0 to 1, as it measured them, ``measured`` those
    after each epoch, null where it did not. Goals are reached after the epochs of so many
    ``trainings`` together. ``diagnosis`` is null where nothing is sure. ``data`` are the arrays.
    ``validation_accuracy`` and ``validation_loss`` are what was logged of what ``fit`` validated
    with.
    """

    name: Name
    graded: bool = True
    epochs_asked: int | None
    epochs_run: int
    goals: list[GoalRow]
    accuracy: list[Number]
    loss: list[Number]
    seeds: list[SeedRow]
    wall_s: FiniteFloat
    source: Literal["kernel", "grader", "kernel-remeasured", "unverified"]
    reason: Text = ""
    measured_before: Number = None
    measured_after: Number = None
    measured: list[Number] = Field(default_factory=list)
    trainings: int = 1
    diagnosis: DiagnosisRow | None = None
    data: Name = ""
    validation_accuracy: list[Number] = Field(default_factory=list)
    validation_loss: list[Number] = Field(default_factory=list)


class LayerRow(Frozen):
    """One layer; ``output_shape`` is as Keras prints it, ``None`` being the batch.

    ``part`` is the graded name of the function that has trained its model; empty if none has.
    """

    name: Name
    type: Name
    output_shape: Name
    parameters: int | None
    detail: Text = ""
    part: Name = ""


class CellRow(Frozen):
    """One cell that was run; ``origin`` is its position in the student's file, from 0."""

    name: Name | None
    origin: int | None
    status: CellStatus
    wall_s: FiniteFloat
    error: Text | None = None


class ExecutionRow(Frozen):
    """The run that counts; times in seconds."""

    status: ExecutionStatus
    blame: Blame
    message: Text
    wall_s: FiniteFloat
    cpu_s: FiniteFloat
    peak_rss_bytes: int
    cells: list[CellRow]


class IssueRow(Frozen):
    """Something to know about the submission; ``cell`` is its position in the file, from 0."""

    code: Name
    cell: int | None
    severity: Severity
    message: Text
    fix: Text


class Report(Frozen):
    """All there is to know about the grade of one submission.

    ``assignment`` is null where it was rejected before anybody knew which it is of.
    """

    schema_version: Literal[2] = 2
    assignment: AssignmentRef | None
    submission: SubmissionRef
    verdict: Verdict
    score: ScoreRow
    checks: list[CheckRow]
    trainings: list[TrainingRow]
    layers: list[LayerRow]
    execution: ExecutionRow | None
    issues: list[IssueRow]
    provenance: ProvenanceRow

    def to_json(self) -> str:
        """Render as JSON with stable key order and a final line feed."""
        return self.model_dump_json(indent=2) + "\n"
