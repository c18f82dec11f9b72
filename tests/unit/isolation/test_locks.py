"""Locks as ``multiprocessing`` makes them, in a process where they are locks between threads."""

import subprocess
import sys
import threading

import pytest

from grader.isolation.locks import ThreadLock

RECURSIVE, SEMAPHORE = 0, 1
USED = """
import multiprocessing, multiprocessing.pool
from grader.isolation import locks
locks.install()
with multiprocessing.pool.ThreadPool(2) as pool:
    assert pool.map(abs, [-1, 2]) == [1, 2]
counter = multiprocessing.Value("i", 3)
with counter.get_lock():
    counter.value += 1
lock, condition = multiprocessing.RLock(), multiprocessing.Condition()
event = multiprocessing.Event()
with lock, lock, condition:
    event.set()
assert event.is_set() and counter.value == 4
print(type(multiprocessing.Lock()._semlock).__name__)
"""

NAMES = """
import multiprocessing.heap, multiprocessing.synchronize
from grader.isolation import locks
def names():
    modules = (multiprocessing.heap, multiprocessing.synchronize)
    classes = [each for one in modules for each in vars(one).values() if isinstance(each, type)]
    owners = (*modules, *classes, multiprocessing.synchronize._multiprocessing)
    found = [(one.__name__, name, each) for one in owners for name, each in vars(one).items()]
    return {f"{owner}.{name}": id(each) for owner, name, each in found}

before = names()
locks.install()
after = names()
print(*sorted(name for name in before if before[name] != after.get(name)))
"""
# The one place of Python's that makes locks, and the one that knows the shared folder.
DIFFERENT = [
    "Arena._dir_candidates",
    "_multiprocessing.SemLock",
    "multiprocessing.synchronize._multiprocessing",
]


def lock(kind: int = SEMAPHORE, value: int = 1, most: int = 1) -> ThreadLock:
    return ThreadLock(kind, value, most, "name", True)  # noqa: FBT003 - as Python calls it


def in_another_thread(taken: ThreadLock) -> bool:
    found: list[bool] = []
    thread = threading.Thread(target=lambda: found.append(taken.acquire(False)))  # noqa: FBT003 - as Python's own
    thread.start()
    thread.join()
    return found[0]


def test_all_of_multiprocessing_works_with_them() -> None:
    ended = subprocess.run([sys.executable, "-c", USED], capture_output=True, text=True, check=True)
    assert ended.stdout == "ThreadLock\n"


def test_nothing_else_of_multiprocessing_is_another() -> None:
    command = [sys.executable, "-c", NAMES]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == DIFFERENT


@pytest.mark.parametrize("kind", [RECURSIVE, SEMAPHORE])
def test_what_is_taken_cannot_be_taken_by_another_thread(kind: int) -> None:
    with lock(kind) as taken:
        assert not in_another_thread(taken)


@pytest.mark.parametrize("kind", [RECURSIVE, SEMAPHORE])
def test_what_is_given_back_can_be_taken_by_another_thread(kind: int) -> None:
    with lock(kind) as taken:
        pass
    assert in_another_thread(taken)


def test_its_owner_may_take_a_recursive_one_again() -> None:
    with lock(RECURSIVE) as taken, taken:
        assert taken._count() == 2


def test_a_recursive_one_is_free_only_when_it_was_given_back_as_often() -> None:
    with lock(RECURSIVE) as taken:
        with taken:
            pass
        assert not in_another_thread(taken)


def test_its_owner_may_not_take_another_one_again() -> None:
    with lock() as taken:
        assert not taken.acquire(timeout=0.01)


def test_a_semaphore_is_taken_as_often_as_its_value() -> None:
    semaphore = lock(value=2, most=9)
    assert [semaphore.acquire(False) for _ in range(3)] == [True, True, False]  # noqa: FBT003


def test_a_bounded_one_cannot_be_given_back_too_often() -> None:
    with pytest.raises(ValueError, match="too many times"):
        lock().release()


def test_a_recursive_one_can_be_given_back_by_its_owner_only() -> None:
    with pytest.raises(AssertionError, match="not owned"):
        lock(RECURSIVE).release()


def test_it_tells_its_value() -> None:
    with lock() as taken:
        assert (taken._get_value(), taken._is_zero(), taken._is_mine()) == (0, True, True)
