import os
from collections.abc import Callable
from contextlib import suppress

import psutil
import pytest

from grader.kernel.client import CLIPPED
from grader.kernel.job import Run
from grader.processes.limits import MIB
from grader.records import CellStatus, ExecutionStatus

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
Go = Callable[..., Run]
DONE, TIMED_OUT = CellStatus.DONE, CellStatus.TIMED_OUT
FLOODED, DIED, NOT_RUN = CellStatus.FLOODED, CellStatus.DIED, CellStatus.NOT_RUN
# Sleepers are told from other processes on the machine by how long they sleep.
STRAYS = """\
import os, subprocess, time
subprocess.Popen(["sleep", "86311"], start_new_session=True)
subprocess.Popen(["sleep", "86312"], start_new_session=True, env={}, cwd="/")
for _ in range(4):
    if os.fork() == 0:
        os.setsid()
        os.execve("/bin/sleep", ["sleep", "86313"], {})"""
ORPHANED = """\
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.chdir("/")
        os.execve("/bin/sleep", ["sleep", "86314"], {})
    os._exit(0)"""
DEAF = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"


def statuses(run: Run) -> list[CellStatus]:
    return [cell.status for cell in run.execution.cells]


def printed(run: Run, index: int) -> str:
    outputs = run.notebook.cells[index].outputs
    return "".join(str(output.get("text", "")) for output in outputs)


def sleepers() -> list[str]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            found += [word for word in process.cmdline() if word.startswith("8631")]
    return found


@pytest.fixture(scope="module")
def slow(go: Go) -> Run:
    return go(
        "while True: pass", STRAYS, ORPHANED, "x = 1", DEAF, "print(x)", cell_s=2.0, processes=20
    )


def test_a_cell_over_its_time_is_interrupted(slow: Run) -> None:
    assert statuses(slow)[0] is TIMED_OUT


def test_cells_after_one_that_was_interrupted_still_run(slow: Run) -> None:
    assert statuses(slow)[1:4] == [DONE, DONE, DONE]


def test_an_interrupt_is_not_told_as_an_exception_of_the_student(slow: Run) -> None:
    assert slow.execution.cells[0].error is None


def test_where_a_cell_was_interrupted_is_evidence(slow: Run) -> None:
    raised = slow.evidence.cells[0].error
    assert raised is not None
    assert raised.line == 1


def test_a_cell_that_ignores_the_interrupt_ends_the_run(slow: Run) -> None:
    assert statuses(slow)[4:] == [TIMED_OUT, NOT_RUN]
    assert slow.execution.status is ExecutionStatus.CELL_TIMED_OUT


def test_a_deaf_cell_is_not_waited_for(slow: Run) -> None:
    assert slow.execution.cells[4].wall_s < 10


def test_no_process_is_left_wherever_it_went(slow: Run) -> None:
    assert slow
    assert sleepers() == []


@pytest.fixture(scope="module")
def loud(go: Go) -> Run:
    flood = "while True: print('x' * 1000)"
    deaf = f"while True:\n    try: {flood}\n    except BaseException: pass".replace(
        "try: while", "try:\n        while"
    )
    return go(
        flood,
        "print('hello')",
        "print('x' * 3_000_000)",
        "for _ in range(30): display('y' * 100_000)",
        "print('still here')",
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n" + deaf,
        "print('gone')",
        output_bytes=MIB,
        cell_s=60.0,
    )  # fmt: skip


def test_a_flood_of_output_is_cut_and_named(loud: Run) -> None:
    assert statuses(loud)[0] is FLOODED
    assert printed(loud, 0).endswith(CLIPPED)
    assert len(printed(loud, 0)) < 1.1 * MIB


def test_a_flood_is_the_ending_of_the_run(loud: Run) -> None:
    assert loud.execution.status is ExecutionStatus.OUTPUT
    assert "1 MiB" in loud.execution.message


def test_cells_after_a_flood_run_and_print(loud: Run) -> None:
    assert (statuses(loud)[1], printed(loud, 1)) == (DONE, "hello\n")


@pytest.mark.parametrize("index", [2, 3])
def test_a_flood_need_not_be_endless(loud: Run, index: int) -> None:
    assert statuses(loud)[index] is FLOODED


def test_cells_after_a_cell_that_was_faster_than_its_flood_run(loud: Run) -> None:
    assert (statuses(loud)[4], printed(loud, 4)) == (DONE, "still here\n")


def test_a_flood_that_ignores_the_interrupt_ends_the_run_soon(loud: Run) -> None:
    assert statuses(loud)[5:] == [FLOODED, NOT_RUN]
    assert loud.execution.cells[5].wall_s < 20


@pytest.fixture(scope="module")
def greedy(go: Go) -> Run:
    forked = """\
import os, time
import numpy as np
for _ in range(4):
    if os.fork() == 0:
        time.sleep(1)
        os._exit(0)
time.sleep(0.7)"""
    hoard = "hoard = []\nwhile True: hoard.append(np.ones(2**20))"
    return go(forked, hoard, "print('gone')", memory_bytes=1536 * MIB, processes=20)


def test_memory_that_forked_children_share_counts_once(greedy: Run) -> None:
    assert statuses(greedy)[0] is DONE


def test_a_run_over_its_memory_is_ended_and_named(greedy: Run) -> None:
    assert greedy.execution.status is ExecutionStatus.MEMORY
    assert statuses(greedy)[1:] == [DIED, NOT_RUN]


def test_memory_over_the_limit_is_noticed_soon(greedy: Run) -> None:
    assert greedy.execution.peak_rss_bytes < 3000 * MIB


@pytest.fixture(scope="module")
def late(go: Go) -> Run:
    return go(*(f"import time\ntime.sleep({seconds})" for seconds in (1, 1, 4, 1)), notebook_s=5)


def test_the_time_of_all_cells_together_is_limited(late: Run) -> None:
    assert late.execution.status is ExecutionStatus.NOTEBOOK_TIMED_OUT
    assert statuses(late) == [DONE, DONE, TIMED_OUT, NOT_RUN]


def test_the_time_of_the_start_is_not_counted_against_the_cells(late: Run) -> None:
    assert late.execution.cells[0].wall_s >= 1
