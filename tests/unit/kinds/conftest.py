"""A run whose one cell trains, judged by what is known of it."""

from collections.abc import Callable, Collection

import pytest
from happy_or_sad.submission import TRAINER

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks import runner
from grader.checks.observed import Observation
from grader.evidence import CellEnd, Raised, collect
from grader.evidence.order import AnyRecord
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
)

CALLING = PlannedCell("hist = train(gen)", Role.REQUIRED, calls=frozenset({TRAINER}))
Judge = Callable[..., dict[str, CheckResult]]


@pytest.fixture(scope="session")
def judged() -> Judge:
    """Return a function that applies the rubric to a run, of which records tell.

    Its cell raised what ``raised`` says; of the rubric, ``groups`` are applied if they are named.
    """

    def judge(
        *records: AnyRecord, raised: Raised | None = None, groups: Collection[str] = ()
    ) -> dict[str, CheckResult]:
        ended = [] if raised is None else [CellEnd(kind="cell", index=0, error=raised)]
        run = CellRun(CellStatus.DONE if raised is None else CellStatus.RAISED)
        execution = Execution(ExecutionStatus.DONE, (run,), seed=1)
        plan = Plan(Layout("kit", "", ()), (CALLING,))
        evidence = collect([*records, *ended])
        observed = Observation(plan, execution, evidence, happy_or_sad.by_name, 80, 2)
        checks = [each for each in happy_or_sad.checks if not groups or each.group in groups]
        return {result.id: result for result in runner.run(checks, observed)}

    return judge
