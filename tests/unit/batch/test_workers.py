import pytest

from grader import machine
from grader.batch.workers import MEMORY_BYTES, workers


@pytest.fixture(autouse=True)
def of_four_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "cores", lambda: 4)
    monkeypatch.setattr(machine, "available_memory", lambda: 10 * MEMORY_BYTES)


def test_there_is_one_a_core() -> None:
    assert workers(None, 100) == (4, "")


def test_as_many_as_were_asked_for_are_taken() -> None:
    assert workers(7, 100) == (7, "")


def test_there_are_no_more_than_submissions() -> None:
    assert workers(None, 3) == (3, "")


def test_there_is_one_when_nothing_is_left_to_do() -> None:
    assert workers(None, 0) == (1, "")


def test_there_are_no_more_than_have_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "available_memory", lambda: 2 * MEMORY_BYTES + 1)
    count, remark = workers(None, 100)
    assert count == 2
    assert remark == (
        "2 at a time instead of 4: 3.2 GB of memory are available, and each needs 1.6 GB."
    )


def test_there_is_one_even_where_memory_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "available_memory", lambda: 1)
    assert workers(None, 100)[0] == 1
