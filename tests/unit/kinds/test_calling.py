"""For how long a student's function is waited for."""

import signal
import time
from types import SimpleNamespace
from typing import Any

import pytest

from grader.kinds.calling import Caller, SlowError, limited, patience
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


@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_however_many_wait_the_last_one_has_its_share(count: int) -> None:
    share, left = 30.0 / count, 48.0
    for later in reversed(range(1, count)):
        left -= patience(share, left, later)
    assert left >= share - 1e-9


def test_who_has_less_than_a_share_left_divides_it() -> None:
    assert patience(10.0, 12.0, 3) == 3.0


def test_a_single_call_is_waited_for_four_times_as_long() -> None:
    assert patience(10.0, 48.0, 0) == 40.0


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="such systems have no alarm")
def test_no_alarm_is_left_over() -> None:
    with limited(0.05, 600):
        time.sleep(0.2)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
