from pathlib import Path

import pytest

from grader.training.kept_checkpoints import KeptCheckpoints
from grader.training.memo import Memo

KEYS = "0" * 64, "1" * 64, "2" * 64
CONTENT = bytes(range(256)) * 40


@pytest.fixture
def left(tmp_path: Path) -> Path:
    path = tmp_path / "left"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def kept(tmp_path: Path) -> KeptCheckpoints:
    return KeptCheckpoints(tmp_path / "memo")


def test_a_copy_is_equal_to_the_last_bit(kept: KeptCheckpoints, left: Path, tmp_path: Path) -> None:
    kept.keep(KEYS[0], left)
    assert kept.copy(KEYS[0], tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == CONTENT


def test_of_another_key_there_is_none(kept: KeptCheckpoints, left: Path, tmp_path: Path) -> None:
    kept.keep(KEYS[0], left)
    assert not kept.copy(KEYS[1], tmp_path / "copy")


@pytest.mark.parametrize("place", [0, 31, 32, 5000, -1])
def test_of_one_that_is_damaged_nothing_is_left(
    kept: KeptCheckpoints, left: Path, tmp_path: Path, place: int
) -> None:
    kept.keep(KEYS[0], left)
    [path] = (tmp_path / "memo").iterdir()
    damaged = bytearray(path.read_bytes())
    damaged[place] ^= 1
    path.write_bytes(damaged)
    assert not kept.copy(KEYS[0], tmp_path / "copy")
    assert not path.exists()
    assert not (tmp_path / "copy").exists()


def test_the_one_that_was_used_long_ago_goes_first(left: Path, tmp_path: Path) -> None:
    kept = KeptCheckpoints(tmp_path / "memo", most_bytes=2 * len(CONTENT) + 100)
    for key in (KEYS[0], KEYS[1], KEYS[0], KEYS[2]):
        kept.keep(key, left)
    assert [kept.copy(key, tmp_path / "copy") for key in KEYS] == [True, False, True]


def test_one_that_is_larger_than_all_may_be_is_not_kept(left: Path, tmp_path: Path) -> None:
    kept = KeptCheckpoints(tmp_path / "memo", most_bytes=len(CONTENT) - 1)
    kept.keep(KEYS[0], left)
    assert not kept.copy(KEYS[0], tmp_path / "copy")


def test_a_memo_that_is_cleared_has_none(left: Path, tmp_path: Path) -> None:
    memo = Memo(tmp_path / "memo")
    memo.checkpoints.keep(KEYS[0], left)
    memo.clear()
    assert not memo.checkpoints.copy(KEYS[0], tmp_path / "copy")
