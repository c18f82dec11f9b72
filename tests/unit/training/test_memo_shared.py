"""A folder of trainings that others use at the same time, and what they cannot do to it."""

import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from grader.training import memo as memo_module
from grader.training.memo import Memo
from grader.training.results import Epoch, Measured, Reply, Report, Trained, go_on, same

KEY, OTHER = "0" * 64, "1" * 64
# Long enough for any machine; where nobody waits for another, it is never reached.
PATIENCE_S = 30.0


def make(report: Report) -> Trained:
    epochs = [Epoch(number, {"loss": 1.0 / (number + 1)}, 80) for number in range(3)]
    for epoch in epochs:
        if report(epoch).stop:
            break
    return Trained(tuple(epochs), 80, ((np.arange(6.0),),), Measured(0.5, 1.0))


class Silent:
    """A kernel that is asked, and replies when the test says so."""

    def __init__(self) -> None:
        self.asked, self.released = threading.Event(), threading.Event()

    def __call__(self, _: Epoch) -> Reply:
        self.asked.set()
        self.released.wait(PATIENCE_S)
        return Reply()


@pytest.fixture
def memo(tmp_path: Path) -> Memo:
    return Memo(tmp_path)


def beside(memo: Memo, silent: Silent, then: Callable[[], Trained]) -> tuple[Trained, Trained]:
    """Do something while somebody does not reply; return what came of both."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(memo.training, KEY, silent, make)
        assert silent.asked.wait(PATIENCE_S)
        made = then()
        assert not waiting.done()
        silent.released.set()
        return made, waiting.result(PATIENCE_S)


@pytest.mark.parametrize("key", [KEY, OTHER])
def test_who_does_not_reply_to_a_new_training_keeps_nobody_waiting(memo: Memo, key: str) -> None:
    made, its = beside(memo, Silent(), lambda: memo.training(key, go_on, make))
    assert same(made, its)


def test_who_does_not_reply_to_one_that_is_known_keeps_nobody_waiting(memo: Memo) -> None:
    known = memo.training(KEY, go_on, make)
    made, its = beside(memo, Silent(), lambda: memo.training(KEY, go_on, make))
    assert same(made, known)
    assert same(its, known)


def test_who_does_not_reply_can_go_on_when_all_were_forgotten_meanwhile(memo: Memo) -> None:
    def forget() -> Trained:
        memo.clear()
        return make(go_on)

    memo.training(KEY, go_on, make)
    _, its = beside(memo, Silent(), forget)
    assert same(its, make(go_on))


def test_what_two_make_at_once_is_kept_once(memo: Memo, tmp_path: Path) -> None:
    beside(memo, Silent(), lambda: memo.training(KEY, go_on, make))
    assert [path.name[:64] for path in tmp_path.iterdir()] == [KEY]


def slowing(rate: float) -> Report:
    return lambda _: Reply(learning_rate=rate)


def test_of_one_description_only_so_many_are_kept(
    memo: Memo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memo_module, "MOST_OF_A_KEY", 3)
    memo.training(OTHER, go_on, make)
    for number in range(10):
        memo.training(KEY, slowing(0.1 * number), make)
    kept = [path.name[:64] for path in sorted(tmp_path.iterdir())]
    assert kept == [KEY] * 3 + [OTHER]


def test_only_so_many_trainings_are_kept(
    memo: Memo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memo_module, "MOST_FILES", 5)
    for number in range(10):
        memo.training(f"{number:064x}", go_on, make)
    assert len(list(tmp_path.iterdir())) == 5


def test_trainings_leave_half_of_what_a_disk_has_to_others(
    memo: Memo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memo.training(KEY, go_on, make)
    size = next(tmp_path.iterdir()).stat().st_size
    disk = type("Disk", (), {"free": 3 * size})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    memo.training(OTHER, go_on, make)
    disk.free = 2 * size  # type: ignore[attr-defined]
    memo.training("2" * 64, go_on, make)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 2 * size


def test_on_a_full_disk_a_training_is_made_and_not_kept(
    memo: Memo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = type("Disk", (), {"free": 0})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    assert same(memo.training(KEY, go_on, make), make(go_on))
    assert list(tmp_path.iterdir()) == []
