"""The report as data: version 1 of ``report.json``.

Whatever a student's code left in a text or a number, a report holds only what every renderer
can write: numbers that JSON cannot express (NaN, infinities) are null, texts are printable and
of bounded length.
"""

import re
from functools import partial
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, FiniteFloat

from grader.evidence import finite
from grader.records import Blame, CellStatus, ExecutionStatus, Severity, Status, Verdict

SCHEMA_VERSION = 1
LONGEST_TEXT = 4000
LONGEST_NAME = 255
# Measured, and so different each time; all other fields of a report are the same again.
VARYING = frozenset({"wall_s", "cpu_s", "peak_rss_bytes", "measured_before", "measured_after"})

# XML 1.0 forbids the C0 controls, surrogates and non-characters. Terminals obey the C1 controls.
# The bidirectional embeddings, overrides and isolates make the rest of a line read backwards.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def _writable(value: object, longest: int = LONGEST_TEXT) -> object:
    if not isinstance(value, str):
        return value
    # Cut before searching: a message of a student's code may be megabytes long.
    cut = value if len(value) <= longest else value[: longest - 1] + "…"
    return _UNWRITABLE.sub("\ufffd", cut.replace("\r\n", "\n").replace("\r", "\n"))


Text = Annotated[str, BeforeValidator(_writable)]
Name = Annotated[str, BeforeValidator(partial(_writable, longest=LONGEST_NAME))]
Number = Annotated[float | None, AfterValidator(finite)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AssignmentRef(_Frozen):
    """Which assignment, in which version and edition of its notebook."""

    id: Name
    version: Name
    title: Name
    layout: Name | None = None


class SubmissionRef(_Frozen):
    """Which submission; ``path`` is relative to the folder that was graded."""

    id: Name
    path: Text
    sha256: Name | None


class ScoreRow(_Frozen):
    """Points; ``fraction`` is earned over possible, ``pass_mark`` the fraction needed, 0 to 1."""

    earned: int
    possible: int
    pending: int
    fraction: FiniteFloat
    passed: bool
    pass_mark: FiniteFloat


class CheckRow(_Frozen):
    """One check, with what a student needs to act on it.

    ``cause`` is the graded name whose failure it is that the check failed or was skipped.
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


class SeedRow(_Frozen):
    """One published seed: after how many epochs the target was reached, if it was."""

    seed: int
    epochs_to_target: int | None


class TrainingRow(_Frozen):
    """One training; curves have one number an epoch, of the run that counts.

    A ``graded`` one is that whose History was returned. ``reason`` says why the grader did not
    train; ``measured_before`` and ``measured_after`` are the shares of images classified correctly,
    from 0 to 1, as the grader measured them, ``measured`` those after each epoch, null where it did
    not. ``shortfall`` says what stands between the training and its target. ``epochs_to_target``
    are those of so many ``trainings`` together.
    """

    name: Name
    graded: bool = True
    epochs_asked: int | None
    epochs_run: int
    epochs_to_target: int | None
    target: FiniteFloat
    target_before_epoch: int
    accuracy: list[Number]
    loss: list[Number]
    seeds: list[SeedRow]
    wall_s: FiniteFloat
    source: Literal["kernel", "grader", "kernel-remeasured", "unverified"]
    reason: Text = ""
    measured_before: Number = None
    measured_after: Number = None
    measured: list[Number] = []
    shortfall: Text = ""
    trainings: int = 1


class LayerRow(_Frozen):
    """One layer; ``output_shape`` is as Keras prints it, ``None`` being the batch."""

    name: Name
    type: Name
    output_shape: Name
    parameters: int | None
    detail: Text = ""


class CellRow(_Frozen):
    """One cell that was run; ``origin`` is its position in the student's file, from 0."""

    name: Name | None
    origin: int | None
    status: CellStatus
    wall_s: FiniteFloat
    error: Text | None = None


class ExecutionRow(_Frozen):
    """The run that counts; times in seconds."""

    status: ExecutionStatus
    blame: Blame
    message: Text
    wall_s: FiniteFloat
    cpu_s: FiniteFloat
    peak_rss_bytes: int
    cells: list[CellRow]


class IssueRow(_Frozen):
    """Something to know about the submission; ``cell`` is its position in the file, from 0."""

    code: Name
    cell: int | None
    severity: Severity
    message: Text
    fix: Text


class ProvenanceRow(_Frozen):
    """What the grade depends on besides the submission."""

    kit: Name
    python: Name
    tensorflow: Name | None
    keras: Name | None
    dataset_sha256: Name | None
    seed: int | None
    threads: int | None
    cpu: Name
    kernel: Name
    training: Name
    isolation: Name


class Report(_Frozen):
    """All there is to know about the grade of one submission.

    ``assignment`` is null where it was rejected before anybody knew which it is of.
    """

    schema_version: Literal[1] = 1
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
