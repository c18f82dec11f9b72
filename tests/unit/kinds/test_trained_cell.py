"""What an author may ask for of a cell that makes a call."""

from typing import Any

import pytest

from grader.kernel.challenges import Challenges
from grader.kernel.job import Aims, Job
from grader.kinds.graded_cell.part import GradedCell
from grader.kinds.kind import PartError
from grader.kinds.training.part import TrainedModel
from grader.records import CellStatus, PlannedCell, Role

MODEL = TrainedModel("net.fit", data="train", test="test", most_epochs=9)
CELLS = (
    PlannedCell("net = 1", Role.GRADED, "net"),
    PlannedCell("net.fit()", Role.GRADED, "net.fit", calls=frozenset({"net.fit"})),
    PlannedCell("net.fit()", Role.REQUIRED, calls=frozenset({"net"})),
    PlannedCell("net = 2", Role.OPTIONAL),
)


def asked_after(part: Any) -> list[int]:
    made = Challenges(Job(CELLS, {part.name: part}, None, "d", 1))
    return [place for place in range(len(CELLS)) if made.requests(place, CellStatus.DONE)]


def test_the_model_of_a_cell_is_what_its_name_says() -> None:
    assert (MODEL.variable, MODEL.test) == ("net", "test")


def test_it_is_looked_at_after_its_own_cell_and_at_the_end() -> None:
    assert asked_after(MODEL) == [1, 3]


def test_of_a_cell_that_only_does_something_nothing_is_looked_at() -> None:
    assert asked_after(GradedCell("net.compile")) == []


def test_only_its_own_cell_trains_for_it() -> None:
    job = Job(CELLS, {MODEL.name: MODEL}, None, "d", 1)
    assert [job.plans.part(place) for place in range(len(CELLS))] == ["", "net.fit", "", ""]


@pytest.mark.parametrize("measured", [{"test"}, {"validation"}, set()])
def test_arrays_of_test_data_are_measured_where_a_goal_is_about_them(measured: set[str]) -> None:
    aims = Aims(data="train", validation="valid", test="test", measured_on=frozenset(measured))
    plan = Job(CELLS, {MODEL.name: MODEL}, None, "d", 1, aims={MODEL.name: aims}).training(
        "net.fit"
    )
    named = {"validation": plan.validation, "test": plan.test}
    expected = {"validation": "valid", "test": "test"}
    assert named == {each: expected[each] if each in measured else "" for each in expected}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("net.compile", "a cell that trains calls fit"),
        ("net.fit.fit", "a graded call is of one variable"),
        (".fit", "a graded call is of one variable"),
        ("net.", "a graded call is of one variable"),
        ("class.fit", "a graded call is of one variable"),
    ],
)
def test_a_name_that_is_no_call_of_fit_is_refused(name: str, told: str) -> None:
    with pytest.raises(PartError, match=told):
        TrainedModel(name, data="train", most_epochs=9)


def test_another_variable_than_the_name_says_is_refused() -> None:
    with pytest.raises(PartError, match="variable is the model that"):
        TrainedModel("net.fit", variable="h", data="train", most_epochs=9)


def test_what_a_cell_returned_cannot_be_asked_for() -> None:
    with pytest.raises(PartError, match="a cell returns nothing"):
        _ = MODEL.result


@pytest.mark.parametrize("name", ["net.compile", "net", "build"])
def test_a_graded_cell_may_be_named_after_a_call_or_after_what_it_defines(name: str) -> None:
    assert GradedCell(name).name == name
