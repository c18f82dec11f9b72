"""The list of what all share shows whatever a hostile notebook could have changed of it."""

import fcntl
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from hostile import census
from hostile.bystanders import Segment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the list is Linux's")
NO_DUMP = 0x40
NAP = [sys.executable, "-I", "-c", "import time; time.sleep(60)"]
Held = Callable[[Path], AbstractContextManager[str]]


def replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_text(path.read_text("utf-8"), "utf-8")
    other.rename(path)


def write_and_date_back(path: Path) -> None:
    found = path.stat()
    path.write_text("somebodY else's", "utf-8")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def mark(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        [flags] = struct.unpack("=q", fcntl.ioctl(file, census.GET_FLAGS, bytes(8)))
        fcntl.ioctl(file, 0x40086602, struct.pack("=q", flags | NO_DUMP))
    except OSError:
        pytest.skip("this file system notes nothing of a file")
    finally:
        os.close(file)


CHANGES: dict[str, Callable[[Path], object]] = {
    "written to": lambda path: path.write_text("mine", "utf-8"),
    "written to, and dated back": write_and_date_back,
    "cut off": lambda path: os.truncate(path, 1),
    "dated": lambda path: os.utime(path, (1, 1)),
    "permitted to all": lambda path: path.chmod(0o666),
    "marked": mark,
    "removed": Path.unlink,
    "renamed": lambda path: path.rename(path.with_name("old")),
    "replaced by the same": replace,
    "linked to": lambda path: os.link(path, path.with_name("link")),
    "joined by another": lambda path: path.with_name("new").touch(),
    "joined by a pipe": lambda path: os.mkfifo(path.with_name("pipe")),
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "file"
    path.parent.mkdir()
    path.write_text("somebody else's", "utf-8")
    return path


def seen(folder: Path, does: Callable[[], object], kind: str) -> list[str]:
    """Return what differs after something was done; others may change the rest of the list."""
    before = census.take([folder], [], folder)
    does()
    found = census.differences(before, census.take([folder], [], folder))
    return [line for line in found if line.startswith(f"{kind} ")]


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_is_seen_to_be(change: str, place: Path) -> None:
    lines = seen(place.parent, lambda: CHANGES[change](place), "file")
    assert any(str(place.parent) in line for line in lines)


def test_reading_a_file_is_no_change(place: Path) -> None:
    lines = seen(place.parent, place.read_bytes, "file")
    assert [line for line in lines if str(place) in line] == []


def test_that_files_come_and_go_in_a_busy_folder_is_no_change(place: Path) -> None:
    folder = place.parent
    before = census.take([folder], [folder], folder)
    place.with_name("new").touch()
    place.with_name("new").unlink()
    found = census.differences(before, census.take([folder], [folder], folder))
    assert [line for line in found if str(folder) in line] == []


@contextmanager
def lease(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        yield f":{path.stat().st_ino} "


@contextmanager
def lock(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield f":{path.stat().st_ino} "


@contextmanager
def listener(path: Path) -> Iterator[str]:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path.with_name("socket")))
        one.listen()
        yield str(path.with_name("socket"))


@contextmanager
def port(_: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as one:
        yield f":{one.getsockname()[1]:04X} "


@contextmanager
def process(_: Path) -> Iterator[str]:
    with subprocess.Popen(NAP) as started:
        yield f"{started.pid} "
        started.kill()


@contextmanager
def segment(_: Path) -> Iterator[str]:
    one = Segment("secret")
    yield f" {one.number} "
    one.close()


HELD: dict[str, list[Held]] = {
    "locks": [lease, lock],
    "unix socket": [listener],
    "tcp socket": [port],
    "process": [process],
    "sysvipc/shm": [segment],
}


@pytest.mark.parametrize(
    ("kind", "held"), [(kind, each) for kind, several in HELD.items() for each in several]
)
def test_what_is_held_is_seen(kind: str, held: Held, place: Path) -> None:
    with ExitStack() as stack:
        named: list[str] = []
        lines = seen(
            place.parent,
            lambda: named.append(stack.enter_context(held(place))),
            kind,
        )
        assert any(named[0] in line for line in lines)


def stop(pid: int) -> None:
    os.kill(pid, signal.SIGSTOP)
    os.waitpid(pid, os.WUNTRACED)


DISTURBANCES: dict[str, Callable[[int], object]] = {
    "stopped": stop,
    "slowed": lambda pid: os.setpriority(os.PRIO_PROCESS, pid, 19),
    "limited": lambda pid: resource.prlimit(pid, resource.RLIMIT_NOFILE, (16, 16)),
    "made idle": lambda pid: os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0)),
}


@pytest.mark.parametrize("how", DISTURBANCES)
def test_a_process_is_seen_to_be(how: str, tmp_path: Path) -> None:
    with subprocess.Popen(NAP) as started:
        try:
            lines = seen(tmp_path, lambda: DISTURBANCES[how](started.pid), "process")
        finally:
            started.kill()
    assert any(f"process {started.pid} " in line for line in lines)
