import multiprocessing
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from grader.training import stored
from grader.training.memo import Memo
from grader.training.results import Epoch, Measured, Reply, Report, Trained, go_on, same

KEY = "0" * 64
OTHER = "1" * 64


def loss(number: int, rate: float | None) -> float:
    return 1.0 / (number + 1) - (rate or 0.0)


class Maker:
    """Makes trainings of five epochs without any network, and counts them."""

    def __init__(self, weights: int = 10) -> None:
        self.made = 0
        self._weights = np.arange(weights, dtype=np.float32)

    def __call__(self, report: Report) -> Trained:
        self.made += 1
        epochs: list[Epoch] = []
        rate: float | None = None
        for number in range(5):
            epochs.append(Epoch(number, {"loss": loss(number, rate)}, 80))
            reply = report(epochs[-1])
            rate = reply.learning_rate or rate
            if reply.stop:
                break
        weights = ((self._weights, self._weights * len(epochs)), (), (self._weights[:1],))
        return Trained(tuple(epochs), 80, weights, Measured(0.5, 1.0))


def stopping(after: int) -> Report:
    return lambda epoch: Reply(stop=epoch.number == after)


def slowing(after: int, rate: float) -> Report:
    return lambda epoch: Reply(learning_rate=rate if epoch.number == after else None)


@pytest.fixture
def memo(tmp_path: Path) -> Memo:
    return Memo(tmp_path / "memo")


def entries(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "memo").glob("*.training"))


# One training


def test_the_same_training_is_made_once(memo: Memo) -> None:
    make = Maker()
    for _ in range(3):
        memo.training(KEY, go_on, make)
    assert make.made == 1


def test_what_is_remembered_is_equal_to_the_last_digit(memo: Memo) -> None:
    first = memo.training(KEY, go_on, Maker())
    assert same(memo.training(KEY, go_on, Maker()), first)


def test_another_key_is_another_training(memo: Memo) -> None:
    make = Maker()
    memo.training(KEY, go_on, make)
    memo.training(OTHER, go_on, make)
    assert make.made == 2


def test_a_training_that_ran_out_of_time_is_made_again(memo: Memo) -> None:
    late = Trained((), 80, (), Measured(0.5, 0.5), late=True)
    made = [memo.training(KEY, go_on, lambda _: late), memo.training(KEY, go_on, Maker())]
    assert [each.late for each in made] == [True, False]


# Replies


@pytest.mark.parametrize("report", [go_on, stopping(2), slowing(1, 0.5)])
def test_a_remembered_training_is_told_as_a_new_one(memo: Memo, report: Report) -> None:
    told: list[list[Epoch]] = []
    for _ in range(2):
        heard: list[Epoch] = []
        told.append(heard)
        memo.training(KEY, _heard_by(heard, report), Maker())
    assert told[0] == told[1]


def _heard_by(heard: list[Epoch], report: Report) -> Report:
    def hear(epoch: Epoch) -> Reply:
        heard.append(epoch)
        return report(epoch)

    return hear


@pytest.mark.parametrize(
    "reports",
    [
        (stopping(2), stopping(3)),
        (stopping(3), stopping(2)),
        (go_on, stopping(0)),
        (slowing(1, 0.5), slowing(1, 0.25)),
        (slowing(1, 0.5), go_on, stopping(3)),
    ],
)
def test_other_replies_lead_to_another_training(memo: Memo, reports: Sequence[Report]) -> None:
    make = Maker()
    found = [memo.training(KEY, report, make) for report in (*reports, *reports)]
    assert make.made == len(reports)
    for report, one, again in zip(reports, found, found[len(reports) :], strict=False):
        assert same(one, Maker()(report))
        assert same(one, again)


def test_a_training_made_after_all_asks_for_each_reply_once(memo: Memo) -> None:
    memo.training(KEY, stopping(3), Maker())
    heard: list[Epoch] = []
    memo.training(KEY, _heard_by(heard, stopping(4)), Maker())
    assert [epoch.number for epoch in heard] == [0, 1, 2, 3, 4]


def test_only_the_training_that_is_meant_is_read_whole(memo: Memo) -> None:
    for rate in (0.5, 0.25, 0.125):
        memo.training(KEY, slowing(1, rate), Maker())
    with patch.object(stored, "load", wraps=stored.load) as load:
        memo.training(KEY, slowing(1, 0.25), Maker())
    assert load.call_count == 1


def test_a_damaged_training_is_made_again_without_asking_for_its_replies_again(
    memo: Memo, tmp_path: Path
) -> None:
    memo.training(KEY, stopping(2), Maker())
    _flip_a_bit(entries(tmp_path)[0])
    heard: list[Epoch] = []
    memo.training(KEY, _heard_by(heard, stopping(2)), Maker())
    assert [epoch.number for epoch in heard] == [0, 1, 2]


# Damage and room


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_truncate, _flip_a_bit, _empty])
def test_a_damaged_entry_is_made_again(
    memo: Memo, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    make = Maker()
    first = memo.training(KEY, go_on, make)
    damage(entries(tmp_path)[0])
    again = [memo.training(KEY, go_on, make) for _ in range(2)]
    assert make.made == 2
    assert all(same(each, first) for each in again)


def test_what_was_used_long_ago_goes_first(tmp_path: Path) -> None:
    memo, make = Memo(tmp_path / "memo", 25_000), Maker(1000)
    keys = [str(place) * 64 for place in range(3)]
    for place, key in enumerate(keys[:2]):
        memo.training(key, go_on, make)
        os.utime(next((tmp_path / "memo").glob(f"{key}-*")), (place, place))
    memo.training(keys[0], go_on, make)
    memo.training(keys[2], go_on, make)
    assert [path.name[0] for path in entries(tmp_path)] == ["0", "2"]


def test_one_training_larger_than_the_room_is_not_kept(tmp_path: Path) -> None:
    Memo(tmp_path / "memo", 1000).training(KEY, go_on, Maker())
    assert entries(tmp_path) == []


def test_clearing_forgets_everything(memo: Memo, tmp_path: Path) -> None:
    memo.training(KEY, go_on, Maker())
    memo.clear()
    assert entries(tmp_path) == []


def test_a_memo_that_was_never_used_can_be_cleared(memo: Memo) -> None:
    memo.clear()


def test_nothing_else_is_left_in_the_folder(memo: Memo, tmp_path: Path) -> None:
    memo.training(KEY, go_on, Maker())
    left = {path.name for path in (tmp_path / "memo").rglob("*") if path.is_file()}
    assert left == {path.name for path in entries(tmp_path)}


def test_nobody_else_may_read_a_training(memo: Memo, tmp_path: Path) -> None:
    memo.training(KEY, go_on, Maker())
    assert stat.S_IMODE(entries(tmp_path)[0].stat().st_mode) == 0o600


# Several processes


def _die_while_making(folder: Path) -> None:
    Memo(folder).training(KEY, go_on, lambda _: os._exit(9))


def _run(*processes: multiprocessing.Process) -> None:
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def test_the_death_of_one_that_makes_it_leaves_it_to_the_next(tmp_path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    _run(fork.Process(target=_die_while_making, args=(tmp_path / "memo",)))  # type: ignore[arg-type]
    make = Maker()
    Memo(tmp_path / "memo").training(KEY, go_on, make)
    assert make.made == 1


def _die_while_writing(folder: Path) -> None:
    with patch.object(Path, "replace", lambda *_: os._exit(9)):
        Memo(folder).training(KEY, go_on, Maker())


@pytest.mark.parametrize("then", [lambda memo: memo.training(OTHER, go_on, Maker()), Memo.clear])
def test_what_was_half_written_by_one_that_died_is_removed(
    memo: Memo, tmp_path: Path, then: Callable[[Memo], object]
) -> None:
    fork = multiprocessing.get_context("fork")
    _run(fork.Process(target=_die_while_writing, args=(tmp_path / "memo",)))  # type: ignore[arg-type]
    assert list((tmp_path / "memo").glob(".*"))
    then(memo)
    assert not list((tmp_path / "memo").glob(".*"))


def test_without_a_place_for_them_trainings_are_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    make = Maker()
    for _ in range(2):
        Memo(tmp_path / "file").training(KEY, go_on, make)
    assert make.made == 2
