import threading
from collections.abc import Callable

import pytest

from grader.kernel.turns import Turns

WAIT_S = 10.0
BRIEFLY_S = 0.05


def started(target: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    return thread


@pytest.fixture
def turns() -> Turns:
    return Turns()


def test_two_share(turns: Turns) -> None:
    both = threading.Barrier(2, timeout=WAIT_S)

    def share() -> None:
        with turns.shared():
            both.wait()

    thread = started(share)
    share()
    thread.join(WAIT_S)
    assert not both.broken


def test_one_alone_waits_for_those_that_share(turns: Turns) -> None:
    alone = threading.Event()

    def be_alone() -> None:
        with turns.alone():
            alone.set()

    with turns.shared():
        thread = started(be_alone)
        assert not alone.wait(BRIEFLY_S)
    thread.join(WAIT_S)
    assert alone.is_set()


def test_those_that_share_wait_for_one_alone(turns: Turns) -> None:
    sharing = threading.Event()

    def share() -> None:
        with turns.shared():
            sharing.set()

    with turns.alone():
        thread = started(share)
        assert not sharing.wait(BRIEFLY_S)
    thread.join(WAIT_S)
    assert sharing.is_set()


def test_two_are_alone_one_after_the_other(turns: Turns) -> None:
    alone = threading.Event()

    def be_alone() -> None:
        with turns.alone():
            alone.set()

    with turns.alone():
        thread = started(be_alone)
        assert not alone.wait(BRIEFLY_S)
    thread.join(WAIT_S)
    assert alone.is_set()


@pytest.mark.parametrize("kind", ["shared", "alone"])
def test_a_failure_gives_the_turn_back(turns: Turns, kind: str) -> None:
    with pytest.raises(ZeroDivisionError), getattr(turns, kind)():
        raise ZeroDivisionError
    with turns.alone(), pytest.raises(ZeroDivisionError):
        raise ZeroDivisionError
