"""A callback that is none is told once, also where the training fails because of it."""

import pytest
from variants import CALLBACK, TRAINER

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks import runner
from grader.checks.observed import Observation
from grader.evidence import CellEnd, Raised, collect
from grader.kinds.callback.evidence import Callback, Trial
from grader.records import (
    CellRun,
    CellStatus,
    CheckResult,
    Execution,
    ExecutionStatus,
    Layout,
    Plan,
    PlannedCell,
    Role,
    Status,
)

CALLING = PlannedCell("hist = train(gen)", Role.REQUIRED, calls=frozenset({TRAINER}))
NOT_ONE = "myCallback is not a class derived from a Keras callback."
LINE = "callbacks = myCallback()"


def failed(raised: Raised, *, stopped: bool = False) -> list[CheckResult]:
    """Judge a run whose callback is none; return what failed of callback and model."""
    trial = Trial(logs={"accuracy": 1.0}, stopped=stopped)
    callback = Callback(kind="callback", name=CALLBACK, is_callback=False, trials=(trial,))
    evidence = collect([callback, CellEnd(kind="cell", index=0, error=raised)])
    execution = Execution(ExecutionStatus.DONE, (CellRun(CellStatus.RAISED),), seed=1)
    plan = Plan(Layout("kit", "", ()), (CALLING,))
    observed = Observation(plan, execution, evidence, happy_or_sad.by_name, 80, 2)
    checks = [check for check in happy_or_sad.checks if check.group in {"callback", "structure"}]
    results = runner.run(checks, observed)
    return [result for result in results if result.status is Status.FAILED]


@pytest.mark.parametrize(
    "raised",
    [
        Raised(name="TypeError", message="'EarlyStopping' object is not callable",
               source_line=LINE),
        Raised(name="TypeError", message="myCallback() missing 1 required positional argument",
               source_line=LINE),
        Raised(name="AttributeError", message="'myCallback' object has no attribute 'set_model'"),
    ],
)  # fmt: skip
def test_what_comes_of_it_is_told_once_and_as_the_callback_s(raised: Raised) -> None:
    assert [(result.id, result.actual) for result in failed(raised)] == [("stops_above", NOT_ONE)]


def test_what_has_another_reason_is_told_as_well() -> None:
    raised = Raised(name="NameError", message="name 'units' is not defined", source_line="units")
    assert [result.id for result in failed(raised)] == ["stops_above", "input_shape"]


def test_a_function_that_makes_a_working_callback_is_not_blamed() -> None:
    raised = Raised(name="TypeError", message="'x' is not callable", source_line=LINE)
    assert "input_shape" in [result.id for result in failed(raised, stopped=True)]
