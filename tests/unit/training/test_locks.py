import threading
from pathlib import Path

import pytest

from grader.training.locks import locked


def test_nothing_is_left_of_a_lock(tmp_path: Path) -> None:
    with locked(tmp_path / "one"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_it_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(3):
        with locked(tmp_path / "one"):
            pass


def test_an_error_releases_it(tmp_path: Path) -> None:
    with pytest.raises(KeyError), locked(tmp_path / "one"):
        raise KeyError
    with locked(tmp_path / "one"):
        pass


def test_one_at_a_time_holds_it(tmp_path: Path) -> None:
    inside, most = [0], [0]
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        for _ in range(50):
            with locked(tmp_path / "one"):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_two_names_are_two_locks(tmp_path: Path) -> None:
    with locked(tmp_path / "one"), locked(tmp_path / "two"):
        assert len(list(tmp_path.iterdir())) == 2
