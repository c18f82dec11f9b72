"""A callback that is none is told once, also where the training fails because of it."""

from collections.abc import Callable

import pytest
from happy_or_sad.submission import CALLBACK

from grader.evidence import Raised
from grader.kinds.callback.evidence import Callback, Trial
from grader.records import CheckResult, Status

Judge = Callable[..., dict[str, CheckResult]]
Failed = Callable[..., list[CheckResult]]
NOT_ONE = "myCallback is not a class derived from a Keras callback."
LINE = "callbacks = myCallback()"


@pytest.fixture
def failed(judged: Judge) -> Failed:
    """Return what fails of callback and model in a run whose callback is none."""

    def failing(raised: Raised, *, stopped: bool = False) -> list[CheckResult]:
        trial = Trial(logs={"accuracy": 1.0}, stopped=stopped)
        none = Callback(kind="callback", name=CALLBACK, is_callback=False, trials=(trial,))
        results = judged(none, raised=raised, groups={"callback", "structure"})
        return [result for result in results.values() if result.status is Status.FAILED]

    return failing


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
def test_what_comes_of_it_is_told_once_and_as_the_callback_s(
    failed: Failed, raised: Raised
) -> None:
    assert [(result.id, result.actual) for result in failed(raised)] == [("stops_above", NOT_ONE)]


def test_what_has_another_reason_is_told_as_well(failed: Failed) -> None:
    raised = Raised(name="NameError", message="name 'units' is not defined", source_line="units")
    assert [result.id for result in failed(raised)] == ["stops_above", "input_shape"]


def test_a_function_that_makes_a_working_callback_is_not_blamed(failed: Failed) -> None:
    raised = Raised(name="TypeError", message="'x' is not callable", source_line=LINE)
    assert "input_shape" in [result.id for result in failed(raised, stopped=True)]
