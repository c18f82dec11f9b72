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
    Layout,
    LayoutCell,
    Plan,
    PlannedCell,
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
    "Issue",
    "Layout",
    "LayoutCell",
    "Plan",
    "PlannedCell",
    "Role",
    "Score",
    "Severity",
    "Status",
    "Submission",
    "Verdict",
]
