"""Room on the disk that is not seen at once: too deep, closed to everybody, or in no folder."""

import ctypes
import mmap
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader import beneath, leftovers
from grader.processes import disk as disk_module
from grader.processes.disk import MOST_DEPTH, DiskUsage, UncountableError

SIZE = 256 * 1024
PLENTY = 1000
LINUX = pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="maps are in /proc")


def nest(folder: Path, depth: int) -> int:
    """Make folders in folders; return the open innermost one."""
    made = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=made)
        within = os.open("d", os.O_RDONLY, dir_fd=made)
        os.close(made)
        made = within
    return made


def write(within: int, size: int = SIZE) -> None:
    file = os.open("file", os.O_WRONLY | os.O_CREAT, dir_fd=within)
    os.write(file, b"x" * size)
    os.close(file)


@pytest.mark.parametrize("depth", [1, MOST_DEPTH // 2, MOST_DEPTH])
def test_what_is_deep_is_counted(tmp_path: Path, depth: int) -> None:
    disk = DiskUsage(tmp_path, PLENTY)
    within = nest(tmp_path, depth)
    write(within)
    os.close(within)
    size, files = disk.taken([])
    assert (size >= SIZE, files) == (True, depth + 1)


@pytest.mark.parametrize("depth", [MOST_DEPTH + 1, 300])
def test_what_is_too_deep_cannot_be_counted(tmp_path: Path, depth: int) -> None:
    own = tmp_path / "own"
    own.mkdir()
    disk = DiskUsage(own, 10 * depth)
    os.close(nest(own, depth))
    try:
        with pytest.raises(UncountableError):
            disk.taken([])
    finally:
        leftovers.remove(own)


def test_what_is_behind_a_long_path_is_counted(tmp_path: Path) -> None:
    disk = DiskUsage(tmp_path, PLENTY)
    made = os.open(tmp_path, os.O_RDONLY)
    for _ in range(MOST_DEPTH):
        os.mkdir("d" * 200, dir_fd=made)
        within = os.open("d" * 200, os.O_RDONLY, dir_fd=made)
        os.close(made)
        made = within
    write(made)
    os.close(made)
    try:
        assert disk.taken([])[0] >= SIZE
    finally:
        leftovers.remove(tmp_path)


@pytest.mark.parametrize("where", ["opened", "looked_at"])
def test_a_folder_that_may_not_be_read_cannot_be_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    disk = DiskUsage(tmp_path, PLENTY)
    (tmp_path / "closed").mkdir()

    def closed(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(beneath, where, closed)
    with pytest.raises(UncountableError):
        disk.taken([])


def test_a_folder_that_becomes_a_link_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others, own = tmp_path / "others", tmp_path / "own"
    others.mkdir()
    (own / "folder").mkdir(parents=True)
    (others / "file").write_bytes(b"x" * SIZE)
    disk, opened = DiskUsage(own, PLENTY), beneath.opened

    def exchanged(name: str, within: int, flags: int) -> int:
        (own / name).rmdir()
        (own / name).symlink_to(others)
        return opened(name, within, flags)

    monkeypatch.setattr(beneath, "opened", exchanged)
    assert disk.taken([]) == (0, 0)


@pytest.mark.parametrize("preallocated", [True, False])
def test_room_that_is_only_set_aside_is_taken(tmp_path: Path, *, preallocated: bool) -> None:
    disk = DiskUsage(tmp_path, PLENTY)
    with (tmp_path / "file").open("wb") as file:
        if preallocated:
            os.posix_fallocate(file.fileno(), 0, SIZE)
        else:
            file.truncate(SIZE)
    assert (disk.taken([])[0] >= SIZE) is preallocated


def held(disk: DiskUsage, folder: Path) -> tuple[int, int]:
    """Return what this process holds beyond what pytest does."""
    others = DiskUsage(folder / "nothing", PLENTY).taken([os.getpid()])
    size, files = disk.taken([os.getpid()])
    return size - others[0], files - others[1]


@contextmanager
def mapped(path: Path, length: int = mmap.PAGESIZE) -> Iterator[None]:
    """Have a file that is in no folder and not open, only mapped; Python itself keeps it open."""
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    with path.open("w+b") as file:
        file.write(b"x" * SIZE)
        file.flush()
        place = libc.mmap(None, length, mmap.PROT_READ, mmap.MAP_SHARED, file.fileno(), 0)
    path.unlink()
    try:
        yield
    finally:
        libc.munmap(ctypes.c_void_p(place), length)


@LINUX
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="others do not know its size")
@pytest.mark.parametrize("name", ["file", "a\rfile", "a\x0b\x0c\x1c\x85file", "a (deleted)"])
def test_a_file_that_is_only_mapped_takes_room(tmp_path: Path, name: str) -> None:
    disk = DiskUsage(tmp_path, PLENTY)
    with mapped(tmp_path / name):
        size, files = held(disk, tmp_path)
    assert (SIZE <= size < 2 * SIZE, files) == (True, 1)


@LINUX
def test_a_mapped_file_whose_size_nobody_tells_counts_as_the_largest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, found = DiskUsage(tmp_path, PLENTY), Path.stat

    def hidden(path: Path, **arguments: bool) -> os.stat_result:
        if "map_files" in path.parts:
            raise PermissionError
        return found(path, **arguments)

    monkeypatch.setattr(Path, "stat", hidden)
    with mapped(tmp_path / "file"):
        assert held(disk, tmp_path) == (disk_module.LARGEST, 1)


@LINUX
def test_a_mapped_file_that_is_open_as_well_counts_once(tmp_path: Path) -> None:
    disk = DiskUsage(tmp_path, PLENTY)
    path = tmp_path / "file"
    with path.open("w+b") as file:
        file.write(b"x" * SIZE)
        file.flush()
        with mmap.mmap(file.fileno(), 0):
            before = disk.taken([os.getpid()])
            path.unlink()
            assert disk.taken([os.getpid()]) == before


@LINUX
def test_what_others_have_mapped_elsewhere_is_not_counted(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    disk = DiskUsage(own, PLENTY)
    with mapped(tmp_path / "file"):
        assert held(disk, tmp_path) == (0, 0)


@LINUX
def test_no_file_can_be_larger_than_the_largest() -> None:
    from grader.isolation.privileges import FILE_BYTES

    assert disk_module.LARGEST == FILE_BYTES


def test_a_line_of_maps_is_understood() -> None:
    line = (
        b"7f3c0000-7f3c1000 r--s 00000000 fe:00 4711                       /tmp/g 1/x (deleted)\n"
    )
    other = line.replace(b" (deleted)", b"")
    assert re.findall(disk_module._GONE, other + line + other) == [
        (b"7f3c0000-7f3c1000", b"4711", b"/tmp/g 1/x")
    ]


@LINUX
def test_more_maps_than_anybody_needs_cannot_be_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_module, "MOST_MAPS", 1_000)
    with pytest.raises(disk_module.UncountableError):
        DiskUsage(tmp_path, PLENTY).taken([os.getpid()])
