"""The evidence that was judged, as it is kept beside a report: it is judged again without a kernel.

It is JSON, compressed. Where it is read, nothing is believed of its size or its form.
"""

import gzip
import json
import zlib
from io import BytesIO
from typing import Annotated, Any, Literal

from nbformat import NotebookNode
from pydantic import BaseModel, ConfigDict, Field

from grader.assignments.assignment import Assignment
from grader.attempt import Attempt, Counts
from grader.evidence import Evidence
from grader.kernel.job import Run
from grader.notebook import source
from grader.records import Execution, Plan, PlannedCell

MAX_BYTES = 64 * 1024 * 1024


class KeptAttempt(BaseModel):
    """One run with one seed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int
    execution: Execution
    evidence: Evidence

    @property
    def run(self) -> Run:
        """The run, as far as it is kept."""
        return Run(self.execution, self.evidence, NotebookNode())


class Kept(BaseModel):
    """All that judging takes besides the rubric.

    Args:
        schema_version: Of this form; changes whenever evidence of before could be misread.
        submission: Digest of the file that was handed in.
        assignment: Id of the assignment.
        observation: Digest of what was run and observed.
        plan: The notebook that was run.
        images: How many the dataset has.
        classes: How many classes it has.
        splits: How many samples and classes each of its splits has, where it is divided.
        attempts: The runs, in order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    submission: str
    assignment: str
    observation: str
    plan: Plan
    images: int
    classes: int
    splits: dict[str, tuple[int, int]] = Field(default_factory=dict)
    attempts: Annotated[tuple[KeptAttempt, ...], Field(min_length=1)]

    def attempts_at(self, assignment: Assignment, plan: Plan) -> list[Attempt]:
        """Bring the attempts back, to be judged.

        Args:
            assignment: As it is now.
            plan: The same notebook, planned now.
        """
        data = Counts(self.images, self.classes, self.splits)
        return [Attempt.of(assignment, plan, each.seed, each.run, data) for each in self.attempts]

    def is_of(self, submission: str | None, assignment: str, observation: str) -> bool:
        """Whether it is of a submission, of an assignment, and of what is observed of that."""
        mine = (self.submission, self.assignment, self.observation)
        return mine == (submission, assignment, observation)

    def is_run_of(self, plan: Plan) -> bool:
        """Whether what was run is what is planned now."""
        return _run(self.plan) == _run(plan)


def pack(kept: Kept) -> bytes | None:
    """Return evidence as it is kept, the same bytes each time; None if it is too much to keep."""
    try:
        # A plan may have a set where a frozen one is expected.
        tree = kept.model_dump(warnings=False)
        text = json.dumps(tree, default=_plain, separators=(",", ":"))
    except (TypeError, ValueError):
        return None
    content = text.encode("ascii")
    return gzip.compress(content, mtime=0) if len(content) <= MAX_BYTES else None


def unpack(content: bytes) -> Kept | None:
    """Read evidence that was kept; None if it is damaged, too much, or of another version.

    Args:
        content: Of its file.
    """
    try:
        with gzip.GzipFile(fileobj=BytesIO(content)) as file:
            text = file.read(MAX_BYTES + 1)
        if len(text) > MAX_BYTES:
            return None
        return Kept.model_validate(json.loads(text))
    except (OSError, EOFError, zlib.error, ValueError, RecursionError):
        return None


def _plain(value: Any) -> Any:  # noqa: ANN401 - of any kind
    """Return a set as JSON has it, in the same order each time."""
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)


def _run(plan: Plan) -> tuple[object, ...]:
    cells = [_cell(cell) for cell in plan.cells]
    names = plan.missing, plan.untouched, plan.put_back
    return plan.layout.id, cells, names, dict(plan.uncoded).keys()


def _cell(cell: PlannedCell) -> tuple[object, ...]:
    return source.normalize(cell.source), cell.role, cell.name, cell.calls, cell.origin
