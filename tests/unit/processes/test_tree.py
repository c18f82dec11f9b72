import mmap
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import psutil
import pytest

from grader.processes import tree
from grader.processes.limits import MIB, Limits
from grader.processes.process import page_tables, threads
from grader.processes.tree import MARK, ProcessTree, mark
from grader.processes.watch import Watch
from grader.records import ExecutionStatus

SLEEP = "import time; time.sleep(60)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEP!r}])"
# Reads one page of zeros in each 2 MiB of 64 GiB: 128 MiB of page tables, and nothing resident.
TABLES = f"""
import mmap
read = mmap.mmap(-1, 2**36, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000, mmap.PROT_READ)
read.madvise(15)
for place in range(0, 2**36, 2**21):
    read[place]
{SLEEP}
"""
FORKING = f"""
import os
first = os.getpid()
for _ in range({{count}}):
    os.getpid() == first and os.fork()
{SLEEP}
"""
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
    # The system tells of its environment a moment after it has begun.
    while where.get("env") and not psutil.Process(process.pid).environ():
        pass
    return int(process.pid)


def test_marks_differ() -> None:
    assert mark() != mark()


def test_a_process_with_the_mark_is_killed(started: list[subprocess.Popen[bytes]]) -> None:
    run = mark()
    spawn(started, SLEEP, env={MARK: run}, start_new_session=True)
    assert ProcessTree(run).kill_all() == 1
    assert started[0].poll() is not None


def test_a_process_in_the_folder_is_killed(
    started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    spawn(started, SLEEP, env={}, cwd=tmp_path, start_new_session=True)
    assert ProcessTree(mark(), tmp_path).kill_all() == 1


def test_descendants_are_killed(started: list[subprocess.Popen[bytes]]) -> None:
    processes = ProcessTree(mark())
    pid = spawn(started, PARENT, env={})
    processes.add(pid)
    while not psutil.Process(pid).children():
        pass
    assert processes.kill_all() == 2


def test_what_was_seen_once_is_found_without_its_parent(
    started: list[subprocess.Popen[bytes]],
) -> None:
    processes = ProcessTree(mark())
    pid = spawn(started, PARENT, env={})
    processes.add(pid)
    while not psutil.Process(pid).children():
        pass
    processes.descendants()
    started[0].kill()
    started[0].wait()
    assert processes.kill_all() == 1


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Count how often all processes of the system are looked at."""
    looks = Mock(wraps=tree._children)
    monkeypatch.setattr(tree, "_children", looks)
    monkeypatch.setattr(tree, "_system", tree._System())
    return looks


def watched() -> tuple[ProcessTree, ProcessTree]:
    both = ProcessTree(mark()), ProcessTree(mark())
    for processes in both:
        processes.add(os.getpid())
    return both


def test_one_look_at_the_system_serves_all_that_are_watched(looks: Mock) -> None:
    for processes in watched():
        processes.descendants(60)
    assert looks.call_count == 1


def test_whoever_kills_looks_anew(looks: Mock) -> None:
    for processes in watched():
        processes.descendants()
    assert looks.call_count == 2


def test_a_look_that_is_too_old_is_taken_anew(
    started: list[subprocess.Popen[bytes]], looks: Mock
) -> None:
    processes, _ = watched()
    processes.descendants(60)
    pid = spawn(started, SLEEP, env={})
    assert pid in {each.pid for each in processes.descendants(1e-9)}
    assert looks.call_count == 2


def test_others_are_left_alone(started: list[subprocess.Popen[bytes]]) -> None:
    spawn(started, SLEEP, env={MARK: mark()})
    assert ProcessTree(mark()).kill_all() == 0
    assert started[0].poll() is None


def test_a_process_that_is_gone_is_no_obstacle() -> None:
    processes = ProcessTree(mark())
    processes.add(2**22 + 1)
    assert processes.kill_all() == 0


def test_the_watch_kills_what_takes_too_much_memory(
    started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    processes = ProcessTree(mark())
    processes.add(spawn(started, f"held = b'x' * {200 * MIB}; {SLEEP}"))
    watch = Watch(processes, tmp_path, Limits(memory_bytes=100 * MIB))
    watch.start()
    started[0].wait(30)
    watch.stop()
    assert watch.over is ExecutionStatus.MEMORY
    assert watch.peak_rss_bytes > 100 * MIB


@pytest.mark.skipif(
    sys.platform != "linux" or mmap.PAGESIZE != 4096, reason="page tables are counted on Linux"
)
def test_the_watch_kills_what_takes_too_much_memory_for_page_tables(
    started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    processes = ProcessTree(mark())
    processes.add(spawn(started, TABLES))
    watch = Watch(processes, tmp_path, Limits(memory_bytes=100 * MIB))
    watch.start()
    started[0].wait(30)
    watch.stop()
    assert watch.over is ExecutionStatus.MEMORY


@pytest.mark.parametrize("pid", [0, 2**22 + 1])
def test_a_process_that_is_gone_has_no_page_tables(pid: int) -> None:
    assert page_tables(pid) == 0


def test_the_watch_measures_memory_and_time(
    started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    processes = ProcessTree(mark())
    processes.add(spawn(started, SLEEP))
    watch = Watch(processes, tmp_path, Limits())
    watch.start()
    watch.stop()
    assert watch.over is None
    assert watch.peak_rss_bytes > 0


class Reluctant(ProcessTree):
    """A run of many processes, one of which ends in each half of the time that reaping waits."""

    def __init__(self, clock: list[float]) -> None:
        super().__init__(mark())
        self.alive = list(range(9))
        self.clock = clock

    def kill(self) -> set[psutil.Process]:
        self.clock[0] += tree.REAP_S / 2
        self.alive = self.alive[1:]
        return set(map(_Numbered, self.alive))

    def _strays(self) -> Iterator[psutil.Process]:
        return iter(())


class _Numbered(psutil.Process):
    """Stands for a process without being one."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __hash__(self) -> int:
        return self.number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Numbered) and self.number == other.number


def test_many_that_end_slowly_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("grader.processes.tree.time.monotonic", lambda: clock[0])
    monkeypatch.setattr(psutil, "wait_procs", lambda *_, **__: None)
    processes = Reluctant(clock)
    processes.kill_all()
    assert processes.alive == []


NAMED = """
import ctypes, hashlib, sys, threading
ctypes.CDLL(None).prctl(15, b"Threads:\\t1", 0, 0, 0)
# It lets go of what keeps other threads of Python from computing.
busy = lambda: hashlib.pbkdf2_hmac("sha256", b"", b"", 10**9)
for _ in range(int(sys.argv[1])):
    what = busy if "busy" in sys.argv else threading.Event().wait
    threading.Thread(target=what, daemon=True).start()
print("ready", flush=True)
threading.Event().wait()
"""


def named(count: int, *how: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", NAMED, str(count), *how]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.mark.skipif(sys.platform != "linux", reason="names are seen so on Linux")
def test_the_name_of_a_process_does_not_say_how_many_threads_it_has() -> None:
    with named(5) as process:
        found = threads(process.pid)
        process.kill()
    assert found == 6


def test_a_process_that_is_gone_has_no_threads() -> None:
    with named(0) as process:
        process.kill()
    assert threads(process.pid) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="Linux schedules so")
@pytest.mark.parametrize(
    ("count", "how", "policy"),
    [(40, "busy", "SCHED_IDLE"), (10, "busy", "SCHED_OTHER"), (40, "waiting", "SCHED_OTHER")],
)
def test_who_has_many_threads_that_compute_does_so_where_nobody_else_does(
    tmp_path: Path, count: int, how: str, policy: str
) -> None:
    with named(count, how) as process:
        processes = ProcessTree(mark())
        processes.add(process.pid)
        Watch(processes, tmp_path, Limits())._sample()
        tasks = [int(path.name) for path in Path(f"/proc/{process.pid}/task").iterdir()]
        found = {os.sched_getscheduler(task) for task in tasks}
        process.kill()
    assert found == {getattr(os, policy)}


def test_processes_are_counted_on_while_no_closer_look_comes_to_its_end(
    started: list[subprocess.Popen[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, killed = threading.Event(), threading.Event()

    def stuck(*_: object) -> tuple[int, int]:
        looked.set()
        killed.wait()
        return 0, 0

    processes = ProcessTree(mark())
    processes.add(spawn(started, f"input()\n{FORKING.format(count=10)}", stdin=subprocess.PIPE))
    watch = Watch(processes, tmp_path, Limits(processes=3))
    monkeypatch.setattr(watch._disk, "taken", stuck)
    watch.start()
    looked.wait()
    started[0].communicate(b"\n")
    killed.set()
    watch.stop()
    assert watch.over is ExecutionStatus.PROCESSES


@pytest.mark.skipif(sys.platform != "linux", reason="Linux schedules so")
@pytest.mark.parametrize(("count", "policy"), [(30, "SCHED_IDLE"), (10, "SCHED_OTHER")])
def test_a_run_of_many_processes_computes_where_nobody_else_does(
    started: list[subprocess.Popen[bytes]], tmp_path: Path, count: int, policy: str
) -> None:
    processes = ProcessTree(mark())
    processes.add(spawn(started, FORKING.format(count=count)))
    watch = Watch(processes, tmp_path, Limits())
    while len(processes.descendants()) <= count:
        time.sleep(0.01)
    watch._sample()
    found = {os.sched_getscheduler(process.pid) for process in processes.descendants()}
    processes.kill_all()
    assert found == {getattr(os, policy)}
