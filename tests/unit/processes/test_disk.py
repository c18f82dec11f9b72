import os
import tempfile
from pathlib import Path

import pytest

from grader.processes.disk import DiskUsage

PLENTY = 1000
SIZE = 256 * 1024


def test_what_was_there_before_takes_no_room(tmp_path: Path) -> None:
    (tmp_path / "image").write_bytes(b"x" * SIZE)
    assert DiskUsage(tmp_path, PLENTY).taken([]) == (0, 0)


def test_what_is_written_takes_room(tmp_path: Path) -> None:
    disk = DiskUsage(tmp_path, PLENTY)
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file").write_bytes(b"x" * SIZE)
    size, files = disk.taken([])
    assert (size >= SIZE, files) == (True, 2)


def test_a_hole_in_a_file_takes_none(tmp_path: Path) -> None:
    disk = DiskUsage(tmp_path, PLENTY)
    with (tmp_path / "file").open("wb") as file:
        file.truncate(1 << 30)
    assert disk.taken([])[0] < SIZE


def test_a_link_takes_no_more_than_itself(tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "file").write_bytes(b"x" * SIZE)
    own = tmp_path / "own"
    own.mkdir()
    disk = DiskUsage(own, PLENTY)
    (own / "link").symlink_to(tmp_path / "others")
    assert disk.taken([])[1] == 1


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are found in /proc")
def test_an_open_file_without_a_name_takes_room(tmp_path: Path) -> None:
    disk = DiskUsage(tmp_path, PLENTY)
    before = disk.taken([os.getpid()])
    with tempfile.TemporaryFile(dir=tmp_path) as file:
        file.write(b"x" * SIZE)
        file.flush()
        size, files = disk.taken([os.getpid()])
    assert (size - before[0] >= SIZE, files - before[1]) == (True, 1)


def test_counting_ends_where_there_are_too_many(tmp_path: Path) -> None:
    disk = DiskUsage(tmp_path, most_files=3)
    for number in range(20):
        (tmp_path / str(number)).touch()
    assert disk.taken([])[1] == 4


def test_a_folder_that_is_gone_takes_no_room(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    disk = DiskUsage(own, PLENTY)
    own.rmdir()
    assert disk.taken([]) == (0, 0)
