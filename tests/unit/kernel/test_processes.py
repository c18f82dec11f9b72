import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from grader.kernel.limits import MIB, Limits
from grader.kernel.processes import MARK, Family, mark
from grader.kernel.watch import Watch
from grader.records import ExecutionStatus

SLEEP = "import time; time.sleep(60)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEP!r}])"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are found as POSIX has them")


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[bytes]]]:
    processes: list[subprocess.Popen[bytes]] = []
    yield processes
    for process in processes:
        process.kill()
        process.wait()


def spawn(started: list[subprocess.Popen[bytes]], code: str, **where: object) -> int:
    process = subprocess.Popen([sys.executable, "-c", code], **where)  # type: ignore[call-overload]
    started.append(process)
    return int(process.pid)


def test_marks_differ() -> None:
    assert mark() != mark()


def test_a_process_with_the_mark_is_killed(started: list[subprocess.Popen[bytes]]) -> None:
    run = mark()
    spawn(started, SLEEP, env={MARK: run}, start_new_session=True)
    assert Family(run).reap() == 1
    assert started[0].poll() is not None


def test_a_process_in_the_folder_is_killed(
    started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    spawn(started, SLEEP, env={}, cwd=tmp_path, start_new_session=True)
    assert Family(mark(), tmp_path).reap() == 1


def test_descendants_are_killed(started: list[subprocess.Popen[bytes]]) -> None:
    family = Family(mark())
    pid = spawn(started, PARENT, env={})
    family.add(pid)
    while not psutil.Process(pid).children():
        pass
    assert family.reap() == 2


def test_what_was_seen_once_is_found_without_its_parent(
    started: list[subprocess.Popen[bytes]],
) -> None:
    family = Family(mark())
    pid = spawn(started, PARENT, env={})
    family.add(pid)
    while not psutil.Process(pid).children():
        pass
    family.descendants()
    started[0].kill()
    started[0].wait()
    assert family.reap() == 1


def test_others_are_left_alone(started: list[subprocess.Popen[bytes]]) -> None:
    spawn(started, SLEEP, env={MARK: mark()})
    assert Family(mark()).reap() == 0
    assert started[0].poll() is None


def test_a_process_that_is_gone_is_no_obstacle() -> None:
    family = Family(mark())
    family.add(2**22 + 1)
    assert family.reap() == 0


def test_the_watch_kills_what_takes_too_much_memory(
    started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    family = Family(mark())
    family.add(spawn(started, f"held = b'x' * {200 * MIB}; {SLEEP}"))
    watch = Watch(family, tmp_path, Limits(memory_bytes=100 * MIB))
    watch.start()
    started[0].wait(30)
    watch.stop()
    assert watch.over is ExecutionStatus.MEMORY
    assert watch.peak_rss_bytes > 100 * MIB


def test_the_watch_measures_memory_and_time(
    started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    family = Family(mark())
    family.add(spawn(started, SLEEP))
    watch = Watch(family, tmp_path, Limits())
    watch.start()
    watch.stop()
    assert watch.over is None
    assert watch.peak_rss_bytes > 0
