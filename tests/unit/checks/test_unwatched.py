"""Where a notebook replaces parts of the grader that watches it, its word alone is none."""

from typing import Any

import looking
import pytest

from grader.checked import PartEvidence
from grader.checks.absence import UNWATCHED
from grader.checks.declaration import Absent
from grader.checks.observed import Observation
from grader.checks.parts import view
from grader.evidence import Evidence, Patched
from grader.kinds.file.part import File
from grader.kinds.function.part import Function
from grader.kinds.kind import GradedPart, Part
from grader.kinds.value.part import Value
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

SWAP = Function("swap", cases=[([1, 2],)], reference=lambda numbers: numbers[::-1])
OBSERVER = "grader.kinds.calling._written"


def evidence_of(part: Part[Any], value: object, *patched: str) -> Evidence:
    evidence = looking.look(part, {part.name: value})
    evidence.add(Patched(kind="patched", names=patched))
    return evidence


def seen(part: Part[Any], value: object, *patched: str) -> Any:
    """Return the view of a part as checks get it."""
    cell = PlannedCell(part.name, Role.GRADED, part.name)
    execution = Execution(ExecutionStatus.DONE, (CellRun(CellStatus.DONE),), seed=1)
    plan, evidence = Plan(Layout("a", "", ()), (cell,)), evidence_of(part, value, *patched)
    observation = Observation(plan, execution, evidence, {part.name: part}, 0, 0)
    return view(observation, part)


def turned(numbers: list[int]) -> list[int]:
    return numbers[::-1]


def test_that_arguments_are_kept_is_not_observed() -> None:
    with pytest.raises(Absent, match="swap was not observed: the notebook replaces parts"):
        seen(SWAP, turned, OBSERVER).keeps_arguments()


def test_right_answers_hold() -> None:
    assert seen(SWAP, turned, OBSERVER).agrees().met


def test_a_right_value_holds() -> None:
    assert seen(Value("answer"), 42, OBSERVER).equals(42).met


@pytest.mark.parametrize("patched", ["keras.Model.fit", "numpy.asarray"])
def test_replaced_parts_of_keras_change_nothing(patched: str) -> None:
    assert seen(SWAP, turned, patched).keeps_arguments().met


def test_of_a_kind_that_says_nothing_of_it_nothing_holds() -> None:
    class Said(Value):
        def unwatched(self, record: PartEvidence) -> Any:
            return GradedPart.unwatched(self, record)

    with pytest.raises(Absent) as raised:
        seen(Said("answer"), 42, OBSERVER)
    assert raised.value.reason == UNWATCHED.format("answer")


@pytest.mark.parametrize(("model", "holds"), [(None, True), ("network", False)])
def test_a_file_holds_but_for_what_its_model_predicts(model: str | None, *, holds: bool) -> None:
    record = looking.look(Value("log"), {"log": 1}).parts["value", "log"]
    assert (File("log", path="log.csv", model=model).unwatched(record) is not None) is holds
