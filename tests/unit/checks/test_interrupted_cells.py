"""A cell that the grader interrupts is told by why it was, and not as one that raised."""

from made_parts import trained

from grader.checks import Absent
from grader.checks.observed import Observation
from grader.evidence import Raised, collect
from grader.evidence.schema import CellEnd
from grader.records import (
    CellRun,
    CellStatus,
    Execution,
    ExecutionStatus,
    Layout,
    Plan,
    PlannedCell,
    Role,
)

LIMIT = "A cell ran longer than 300 s."


def absent(status: CellStatus) -> Absent:
    """Return why nothing is known of ``train``, whose call was interrupted and ended so."""
    cells = (
        PlannedCell("", Role.GRADED, "train", origin=4),
        PlannedCell("hist = train()", Role.REQUIRED, calls=frozenset({"train"})),
    )
    raised = Raised(name="KeyboardInterrupt", message="", line=9, cell="train")
    runs = (CellRun(CellStatus.DONE), CellRun(status))
    execution = Execution(ExecutionStatus.CELL_TIMED_OUT, runs, seed=1, message=LIMIT)
    evidence = collect([CellEnd(kind="cell", index=1, error=raised)])
    plan = Plan(Layout("kit", "", ()), cells)
    return Observation(plan, execution, evidence, {"train": trained()}, 80, 2).absent("train")


def test_one_that_did_not_end_in_time_is_told_with_its_limit_and_line() -> None:
    found = absent(CellStatus.TIMED_OUT)
    assert found.reason == f"train did not end in time (cell 5, line 9). {LIMIT}"


def test_one_that_did_not_end_in_time_is_told_what_to_look_for() -> None:
    assert "far more work than the assignment needs" in (absent(CellStatus.TIMED_OUT).hint or "")


def test_one_that_printed_without_end_is_told_that() -> None:
    assert "train printed without end and was stopped" in absent(CellStatus.FLOODED).reason


def test_one_that_raised_it_by_itself_is_told_that() -> None:
    assert "train raised KeyboardInterrupt" in absent(CellStatus.RAISED).reason
