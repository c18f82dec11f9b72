"""Every common error gets right advice, or none, and nothing that only looks like it does."""

from dataclasses import replace
from typing import Any

import pytest
from common_errors import ERRORS, recorded
from common_errors.common_error import CommonError

from grader.checks.advice import Scene, advise
from grader.evidence import Raised

each_error = pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.id)
ADVISED = [error for error in ERRORS if recorded.advice(error)]
# Of these there is one thing to say, whatever their text is.
SPEAKING = {"MemoryError", "RecursionError", "SystemExit", "TabError", "ZeroDivisionError"}
SAYING_SOMETHING = [error for error in ERRORS if recorded.raised(error)["name"] not in SPEAKING]


def changed(error: CommonError, **what: Any) -> Scene:
    scene = recorded.scene(error)
    return replace(scene, raised=Raised.model_validate(scene.raised.model_dump() | what))


@each_error
def test_an_error_gets_the_advice_that_is_written_down(error: CommonError) -> None:
    assert advise(recorded.scene(error)) == recorded.advice(error)


@each_error
def test_no_advice_gives_the_solution_away(error: CommonError) -> None:
    # Lines of it that the notebook does not show, or fixed words of the advice.
    for line in ("rescale=1", "Dense(1", "activation=", "loss=", "Flatten()", "callbacks=["):
        assert line not in recorded.advice(error)


@pytest.mark.parametrize("error", SAYING_SOMETHING, ids=lambda error: error.id)
def test_the_same_words_within_others_get_none(error: CommonError) -> None:
    said = recorded.raised(error)["message"]
    assert advise(changed(error, message=f"It was said: {said} So it was.")) == ""


@each_error
def test_the_same_words_of_another_exception_get_none(error: CommonError) -> None:
    assert advise(changed(error, name="RuntimeError", bases=("Exception",))) == ""


@each_error
def test_the_same_words_raised_by_the_student_get_none(error: CommonError) -> None:
    said = recorded.raised(error)
    scene = changed(error, line=1, cell="theirs", direct=True, module="__main__", source_line="")
    assert scene.plan is not None
    cell = replace(scene.plan.cells[0], name="theirs", source=f"raise {said['name']}('...')\n")
    plan = replace(scene.plan, cells=(*scene.plan.cells, cell))
    assert advise(replace(scene, plan=plan)) == ""


@pytest.mark.parametrize("error", ADVISED, ids=lambda error: error.id)
def test_an_old_record_without_bases_or_module_is_advised_alike_or_not(error: CommonError) -> None:
    old = changed(error, bases=(), module="", direct=None)
    assert advise(old) in ("", recorded.advice(error))


def test_there_are_hundreds_of_them_and_most_have_advice() -> None:
    assert (len(ERRORS) > 200, len(ADVISED) > 180) == (True, True)


def test_no_two_errors_have_the_same_name() -> None:
    assert len({error.id for error in ERRORS}) == len(ERRORS)


def test_what_is_recorded_is_of_these_errors() -> None:
    assert {error.id for error in ERRORS} == recorded.ids()
