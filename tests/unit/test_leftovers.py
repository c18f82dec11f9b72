import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from grader import leftovers


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_file_of_a_dead_process_is_removed(tmp_path: Path, dead: int) -> None:
    (tmp_path / f"grader-{dead}-x").touch()
    leftovers.sweep(tmp_path, "grader-")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_a_dead_process_is_removed(tmp_path: Path, dead: int) -> None:
    (tmp_path / f"grader-{dead}-x" / "below").mkdir(parents=True)
    leftovers.sweep(tmp_path, "grader-")
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_removed_and_not_followed(tmp_path: Path, dead: int) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / f"grader-{dead}-x").symlink_to(tmp_path / "kept")
    leftovers.sweep(tmp_path, "grader-")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_what_a_living_process_writes_stays(tmp_path: Path) -> None:
    path = tmp_path / f"{leftovers.prefix('grader-')}x"
    path.touch()
    leftovers.sweep(tmp_path, "grader-")
    assert path.name == f"grader-{os.getpid()}-x"
    assert path.exists()


@pytest.mark.parametrize("name", ["grader-notes", "grader--1-x", "mine", "grader-12"])
def test_what_is_named_otherwise_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    leftovers.sweep(tmp_path, "grader-")
    assert (tmp_path / name).exists()


def test_a_folder_that_is_not_there_has_no_leftovers(tmp_path: Path) -> None:
    leftovers.sweep(tmp_path / "none", "grader-")


def test_a_file_is_as_it_was_until_all_of_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with leftovers.replacing(path, "grader-") as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


def test_a_file_that_could_not_be_written_leaves_nothing_beside_it(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), leftovers.replacing(tmp_path / "file", "grader-"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_removed_however_deep_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "deep"
    folder.mkdir()
    made = os.open(folder, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("d", dir_fd=made)
        within = os.open("d", os.O_RDONLY, dir_fd=made)
        os.close(made)
        made = within
    os.close(made)
    leftovers.remove(folder)
    assert not folder.exists()


def test_a_folder_is_removed_also_when_nobody_may_look_into_it(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    (folder / "inside").mkdir(parents=True)
    (folder / "inside").chmod(0)
    folder.chmod(0)
    leftovers.remove(folder)
    assert not folder.exists()


def test_a_folder_is_removed_also_when_no_path_leads_to_what_is_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    made = os.open(folder, os.O_RDONLY)
    for number in range(20):
        for name in ("d" * 250, "e" * 250):
            os.mkdir(name, mode=0o300, dir_fd=made)
        os.close(os.open(str(number), os.O_WRONLY | os.O_CREAT, dir_fd=made))
        os.symlink("..", "link", dir_fd=made)
        os.chmod("d" * 250, 0o700, dir_fd=made)
        within = os.open("d" * 250, os.O_RDONLY, dir_fd=made)
        os.close(made)
        made = within
    os.close(made)
    leftovers.remove(folder)
    assert list(tmp_path.iterdir()) == []


def test_what_a_link_deep_in_a_folder_leads_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "others" / "inside").mkdir(parents=True)
    (tmp_path / "folder" / "a" / "b").mkdir(parents=True)
    (tmp_path / "folder" / "a" / "b" / "link").symlink_to(tmp_path / "others")
    with patch.object(shutil, "rmtree"):
        leftovers.remove(tmp_path / "folder")
    assert [path.name for path in tmp_path.rglob("*")] == ["others", "inside"]


def test_what_a_link_leads_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link").symlink_to(tmp_path / "others")
    leftovers.remove(tmp_path / "folder")
    assert (tmp_path / "others").exists()


def fill(path: Path) -> None:
    with leftovers.filling(path, "grader-") as file:
        file.write(b"new")


@pytest.mark.parametrize("make", [lambda _: None, lambda path: path.write_bytes(b"older")])
def test_a_named_file_is_made_or_replaced(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "file")
    fill(tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_named_device_is_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").symlink_to("/dev/null")
    fill(tmp_path / "file")
    assert (tmp_path / "file").readlink() == Path("/dev/null")


def test_a_named_pipe_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=fill, args=(tmp_path / "pipe",))
    writer.start()
    found = (tmp_path / "pipe").read_bytes()
    writer.join()
    assert (found, (tmp_path / "pipe").is_fifo()) == (b"new", True)


@pytest.mark.parametrize("old", ["older", None])
def test_a_named_link_stays_one(tmp_path: Path, old: str | None) -> None:
    if old is not None:
        (tmp_path / "file").write_text(old)
    (tmp_path / "link").symlink_to("file")
    fill(tmp_path / "link")
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "file").read_bytes()) == (True, b"new")


PRINTS = """\
import sys
from pathlib import Path

from grader import leftovers

print("before")
with leftovers.filling(Path(sys.argv[1]), "grader-") as file:
    file.write(b"new\\n")
print("after")
"""


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_what_goes_to_a_piped_output_is_in_order(name: str) -> None:
    ended = subprocess.run([sys.executable, "-c", PRINTS, name], stdout=subprocess.PIPE, check=True)
    assert ended.stdout == b"before\nnew\nafter\n"


@pytest.mark.parametrize("name", ["/dev/stdout", "/proc/self/fd/1", "file"])
def test_what_goes_to_a_redirected_output_is_in_order(tmp_path: Path, name: str) -> None:
    with (tmp_path / "file").open("wb") as file:
        command = [sys.executable, "-c", PRINTS, name]
        subprocess.run(command, stdout=file, check=True, cwd=tmp_path)
    assert (tmp_path / "file").read_bytes() == b"before\nnew\nafter\n"


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_not_replaced(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "there")
    with (
        pytest.raises(FileExistsError, match="it is no regular file"),
        leftovers.replacing(tmp_path / "there", "grader-"),
    ):
        pytest.fail("it is written")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_link_in_the_place_of_a_result_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("kept")
    (tmp_path / "link").symlink_to("kept")
    with leftovers.replacing(tmp_path / "link", "grader-") as file:
        file.write(b"new")
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "kept").read_text()) == (False, "kept")
