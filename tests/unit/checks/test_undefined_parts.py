"""A function that misses another part, whose own cell has failed, fails because of that part."""

import pytest
from made_parts import trained

from grader.checks import Absent
from grader.checks.observed import Observation
from grader.evidence import Raised, collect
from grader.evidence.schema import CellEnd
from grader.kinds.callback.part import StoppingCallback
from grader.kinds.kind import GradedPart
from grader.kinds.loader.part import ImageLoader
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

PROBES: dict[str, GradedPart] = {
    "Stop": StoppingCallback("Stop", threshold=0.5, accuracies=(0.0, 1.0)),
    "load": ImageLoader("load", variable="gen"),
    "train": trained(),
}
SYNTAX = Raised(name="SyntaxError", message="expected ':'", line=2, cell="Stop")


def missing(name: str) -> Raised:
    return Raised(name="NameError", message=f"name '{name}' is not defined", line=2, cell="train")


def absent(raised: Raised, broken: str, by: Raised | None) -> Absent:
    """Return why nothing is known of ``train``, whose call raised, after another cell ended so."""
    names = ("Stop", "load", "train")
    cells = [PlannedCell(name, Role.GRADED, name, origin=place) for place, name in enumerate(names)]
    cells.append(PlannedCell("hist = train(gen)", Role.REQUIRED, calls=frozenset({"train"})))
    places = {3: raised} | ({names.index(broken): by} if by else {})
    ends = [CellEnd(kind="cell", index=place, error=error) for place, error in places.items()]
    runs = [CellRun(CellStatus.RAISED if n in places else CellStatus.DONE) for n in range(4)]
    execution = Execution(ExecutionStatus.CELL_FAILED, tuple(runs), seed=1)
    plan = Plan(Layout("kit", "", ()), tuple(cells))
    return Observation(plan, execution, collect(ends), PROBES, 80, 2).absent("train")


@pytest.mark.parametrize("broken", ["Stop", "load"])
@pytest.mark.parametrize(
    "by",
    [
        SYNTAX,
        Raised(name="IndentationError", message="expected an indented block", line=3),
        Raised(name="NameError", message="name 'Callbak' is not defined", line=1),
    ],
)
def test_it_is_that_parts_failure(broken: str, by: Raised) -> None:
    found = absent(missing(broken), broken, by.model_copy(update={"cell": broken}))
    assert (found.cause, by.name in found.reason) == (broken, True)


def test_what_to_try_is_told_of_that_part() -> None:
    assert "ends with a colon" in (absent(missing("Stop"), "Stop", SYNTAX).hint or "")


def test_where_that_part_did_not_fail_it_is_its_own_failure() -> None:
    assert absent(missing("Stop"), "Stop", None).cause == "train"


def test_another_name_that_it_misses_is_its_own_failure() -> None:
    assert absent(missing("units"), "Stop", SYNTAX).cause == "train"


def test_another_exception_is_its_own_failure() -> None:
    raised = Raised(name="TypeError", message="'Stop' is not defined so", line=2, cell="train")
    assert absent(raised, "Stop", SYNTAX).cause == "train"
