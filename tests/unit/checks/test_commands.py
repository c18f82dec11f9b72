"""Lines that did nothing are named with their cell, and cost nothing."""

import pytest

from grader.checks.commands import MOST, issues
from grader.checks.observed import Observation
from grader.evidence import NotRun, collect
from grader.records import (
    Execution,
    ExecutionStatus,
    Issue,
    Layout,
    Plan,
    PlannedCell,
    Role,
    Severity,
)

CELLS = (PlannedCell("", Role.REQUIRED), PlannedCell("", Role.GRADED, "load", origin=17))


def named(*found: NotRun) -> list[Issue]:
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    plan = Plan(Layout("kit", "", ()), CELLS)
    return list(issues(Observation(plan, execution, collect(found), {}, 80, 2)))


def line(**fields: object) -> NotRun:
    known = {"kind": "not_run", "cell": 1, "line": 2, "text": "!ls", "why": "command"}
    return NotRun.model_validate(known | fields)


def test_a_command_is_named_with_cell_and_line() -> None:
    [found] = named(line())
    assert (found.cell, found.severity, found.fix) == (17, Severity.INFO, "")
    assert found.message == "In line 2, '!ls' was not run: commands are not run while grading."


@pytest.mark.parametrize(
    ("why", "words"), [("magic", "no magic of that name"), ("extension", "no extension")]
)
def test_it_says_why(why: str, words: str) -> None:
    assert words in named(line(why=why))[0].message


def test_a_line_that_is_not_known_is_not_told() -> None:
    assert named(line(line=None))[0].message.startswith("'!ls' was not run")


@pytest.mark.parametrize("cell", [0, 99])
def test_a_cell_that_is_not_in_the_student_s_file_is_not_told(cell: int) -> None:
    assert named(line(cell=cell))[0].cell is None


def test_what_is_said_twice_is_told_once() -> None:
    assert len(named(line(), line())) == 1


def test_there_are_not_more_than_anybody_reads() -> None:
    assert len(named(*(line(line=number) for number in range(100)))) == MOST
