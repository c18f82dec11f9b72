"""For how long a student's function is waited for."""

import signal
import time
from types import SimpleNamespace
from typing import Any

import pytest

from grader.kinds.calling import Caller, SlowError, limited
from grader.values.encode import encode


def compute() -> None:
    while True:
        pass


def test_what_computes_for_too_long_is_interrupted() -> None:
    with pytest.raises(SlowError), limited(0.05, 600):
        compute()


def test_what_only_waits_for_too_long_is_interrupted() -> None:
    with pytest.raises(SlowError), limited(600, 0.05):
        time.sleep(600)


# The alarm has rung meanwhile, as it does for whom a busy machine keeps waiting.
def test_what_had_no_processor_meanwhile_is_waited_for() -> None:
    with limited(0.5, 600):
        time.sleep(0.8)


def wait(number: int) -> None:
    while number:
        time.sleep(0.01)


class Looking(SimpleNamespace):
    """What a call sees of the notebook: how long parts have been looked at."""

    @property
    def looking_s(self) -> float:
        return time.monotonic() - float(self.since)


def outcomes(*numbers: int, seconds: float, within: float) -> list[str]:
    calls = [encode(((number,), {})) for number in numbers]
    notebook: Any = Looking(since=time.monotonic())
    asked = {"calls": calls, "seconds": seconds, "within": within}
    return [each["outcome"] for each in Caller(asked, notebook).answers(wait)]


def test_what_waits_leaves_later_calls_their_share() -> None:
    assert outcomes(1, 0, 0, seconds=0.6, within=0.8) == ["slow", "value", "value"]


def test_each_of_several_that_wait_leaves_the_last_one_its_share() -> None:
    assert outcomes(1, 1, 1, 0, seconds=0.6, within=0.8)[-1] == "value"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="such systems have no alarm")
def test_no_alarm_is_left_over() -> None:
    with limited(0.05, 600):
        time.sleep(0.2)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
