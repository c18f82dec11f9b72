import threading
from collections.abc import Callable

import pytest

from grader.kernel.read_write_lock import ReadWriteLock

WAIT_S = 10.0
BRIEFLY_S = 0.05


def started(target: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    return thread


@pytest.fixture
def lock() -> ReadWriteLock:
    return ReadWriteLock()


def test_two_share(lock: ReadWriteLock) -> None:
    both = threading.Barrier(2, timeout=WAIT_S)

    def share() -> None:
        with lock.shared():
            both.wait()

    thread = started(share)
    share()
    thread.join(WAIT_S)
    assert not both.broken


def test_one_alone_waits_for_those_that_share(lock: ReadWriteLock) -> None:
    alone = threading.Event()

    def be_alone() -> None:
        with lock.alone():
            alone.set()

    with lock.shared():
        thread = started(be_alone)
        assert not alone.wait(BRIEFLY_S)
    thread.join(WAIT_S)
    assert alone.is_set()


def test_those_that_share_wait_for_one_alone(lock: ReadWriteLock) -> None:
    sharing = threading.Event()

    def share() -> None:
        with lock.shared():
            sharing.set()

    with lock.alone():
        thread = started(share)
        assert not sharing.wait(BRIEFLY_S)
    thread.join(WAIT_S)
    assert sharing.is_set()


def test_two_are_alone_one_after_the_other(lock: ReadWriteLock) -> None:
    alone = threading.Event()

    def be_alone() -> None:
        with lock.alone():
            alone.set()

    with lock.alone():
        thread = started(be_alone)
        assert not alone.wait(BRIEFLY_S)
    thread.join(WAIT_S)
    assert alone.is_set()


@pytest.mark.parametrize("kind", ["shared", "alone"])
def test_a_failure_gives_the_turn_back(lock: ReadWriteLock, kind: str) -> None:
    with pytest.raises(ZeroDivisionError), getattr(lock, kind)():
        raise ZeroDivisionError
    with lock.alone(), pytest.raises(ZeroDivisionError):
        raise ZeroDivisionError
