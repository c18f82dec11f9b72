"""For how long a student's function is waited for."""

import time

import pytest

from grader.kinds.calling import SlowError, limited


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
