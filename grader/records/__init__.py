"""The frozen records that flow between rooms; they import nothing else of the kit."""

from grader.records.execution import (
    Blame,
    CellError,
    CellRun,
    CellStatus,
    EndToEnd,
    Execution,
    ExecutionStatus,
)
from grader.records.grade import CheckResult, Score, Status, Verdict
from grader.records.plan import (
    GradedPart,
    Layout,
    LayoutCell,
    Plan,
    PlannedCell,
    ProbeRequest,
    Role,
)
from grader.records.submission import Cell, CellKind, Issue, Severity, Submission

__all__ = [
    "Blame",
    "Cell",
    "CellError",
    "CellKind",
    "CellRun",
    "CellStatus",
    "CheckResult",
    "EndToEnd",
    "Execution",
    "ExecutionStatus",
    "GradedPart",
    "Issue",
    "Layout",
    "LayoutCell",
    "Plan",
    "PlannedCell",
    "ProbeRequest",
    "Role",
    "Score",
    "Severity",
    "Status",
    "Submission",
    "Verdict",
]
