"""What a cell that was ended is told: what the grader has seen of it, and what it saw first."""

import os
from collections.abc import Callable

import pytest

from grader.kernel.client import CLIPPED, UNHEARD
from grader.kernel.job import Run
from grader.processes.limits import MIB
from grader.records import CellStatus, ExecutionStatus

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
Go = Callable[..., Run]
DONE, RAISED, TIMED_OUT = CellStatus.DONE, CellStatus.RAISED, CellStatus.TIMED_OUT
FLOODED, DIED, NOT_RUN = CellStatus.FLOODED, CellStatus.DIED, CellStatus.NOT_RUN
LIMITS = {"cell_s": 1.5, "grace_s": 1.0, "output_bytes": MIB, "outputs_bytes": 64 * MIB}
# Ends later than it may, and sooner than the grader gives the kernel up.
LATE = "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(3)"
# In a function: no exception in the jump of a loop is caught beside it.
LOOP = "def loop():\n    while True: pass\n"
ENDLESS = f"{LOOP}while True:\n    try: loop()\n    except BaseException: "
INTERRUPTED = f"{LOOP}try: loop()\nexcept KeyboardInterrupt:\n    "
# Whoever looks each second whether a kernel lives has not seen it after four.
ENDED = "import os, time\ntime.sleep(3.3)\nos._exit(3)"
# Where the time is not what ends a cell, on however busy a machine.
UNHURRIED = {**LIMITS, "cell_s": 30.0}
UNTOLD = """\
kernel = get_ipython().kernel
told = kernel._publish_status_and_flush
def once(*_, **__): kernel._publish_status_and_flush = told
kernel._publish_status_and_flush = once
"""


def statuses(run: Run) -> list[CellStatus]:
    return [cell.status for cell in run.execution.cells]


def printed(run: Run, index: int) -> str:
    outputs = run.notebook.cells[index].outputs
    return "".join(str(output.get("text", "")) for output in outputs)


OVER_TIME = {
    "a loop": "while True: pass",
    "one that ends late": LATE,
    "one that printed something and ends late": f"print('x' * 10_000)\n{LATE}",
    "one that prints too much only when it is interrupted": f"{INTERRUPTED}print('x' * 3_000_000)",
    "one that shows too much at once only then": f"{INTERRUPTED}display('x' * 9_000_000)",
    "one that prints without end only then": f"{INTERRUPTED}while True: print('x' * 999)",
}


@pytest.fixture(scope="module")
def late(go: Go) -> Run:
    return go(*OVER_TIME.values(), "x = 1", **LIMITS)


@pytest.mark.parametrize("what", OVER_TIME)
def test_a_cell_that_is_over_its_time_first_is_told_so(late: Run, what: str) -> None:
    assert statuses(late)[list(OVER_TIME).index(what)] is TIMED_OUT


def test_a_run_of_which_cells_are_over_their_time_is_told_so(late: Run) -> None:
    assert late.execution.status is ExecutionStatus.CELL_TIMED_OUT


def test_what_is_printed_after_the_time_is_cut_as_well(late: Run) -> None:
    assert printed(late, 3).endswith(CLIPPED)


def test_cells_after_such_as_end_late_still_run(late: Run) -> None:
    assert statuses(late)[-1] is DONE


TOO_MUCH = {
    "prints, and has ended": "print('x' * 3_000_000)",
    "prints, and runs on over its time": "print('x' * 3_000_000)\nimport time\ntime.sleep(60)",
    "prints, and does not hear the first interrupt": f"print('x' * 3_000_000)\n{LATE}",
    "shows at once more than is received": "display('x' * 9_000_000)",
    "shows that ten times": "for _ in range(10): display('x' * 9_000_000)",
    "raises what is longer than is received": "raise ValueError('x' * 9_000_000)",
    "answers what is longer": "get_ipython().set_next_input('x' * 9_000_000)",
    "answers that, and has changed a name": "n = 2\nget_ipython().set_next_input('x' * 9_000_000)",
}


@pytest.fixture(scope="module")
def loud(go: Go) -> Run:
    cells = [cell for each in TOO_MUCH.values() for cell in (each, "print('on')")]
    return go(*cells, "print(n)", **UNHURRIED)


@pytest.mark.parametrize("what", TOO_MUCH)
def test_a_cell_that_shows_too_much_first_is_told_so(loud: Run, what: str) -> None:
    assert statuses(loud)[2 * list(TOO_MUCH).index(what)] is FLOODED


@pytest.mark.parametrize("what", TOO_MUCH)
def test_the_cell_after_one_that_shows_too_much_runs_and_is_heard(loud: Run, what: str) -> None:
    after = 2 * list(TOO_MUCH).index(what) + 1
    assert (statuses(loud)[after], printed(loud, after)) == (DONE, "on\n")


def test_what_a_cell_did_that_showed_too_much_is_kept(loud: Run) -> None:
    assert printed(loud, -1) == "2\n"


def test_a_cell_that_has_just_ended_when_it_is_cut_takes_no_other_with_it(go: Go) -> None:
    short = ("print('x' * 2_000)", "for _ in range(300): print('x' * 300)", "display('x' * 2_000)")
    made = go(*[cell for each in short * 4 for cell in (each, "x = 1")], output_bytes=1_000)
    assert statuses(made) == [FLOODED, DONE] * 12


def test_a_message_of_40_million_characters_ends_one_cell_with_the_usual_limits(go: Go) -> None:
    made = go("display('x' * 40_000_000)", "print('on')")
    assert statuses(made) == [FLOODED, DONE]
    assert "showed more than 8 MiB" in made.execution.message


def test_a_cell_that_showed_too_much_and_hears_nothing_is_told_of_the_first(go: Go) -> None:
    made = go(f"print('x' * 3_000_000)\n{ENDLESS}pass", "x = 1", **UNHURRIED)
    assert statuses(made) == [FLOODED, NOT_RUN]
    assert made.execution.status is ExecutionStatus.OUTPUT


def test_a_cell_over_its_time_that_hears_nothing_and_prints_is_told_of_the_first(go: Go) -> None:
    made = go(f"{ENDLESS}print('x' * 3_000_000)", "x = 1", **LIMITS)
    assert statuses(made) == [TIMED_OUT, NOT_RUN]
    assert made.execution.status is ExecutionStatus.CELL_TIMED_OUT


@pytest.fixture(scope="module")
def unheard(go: Go) -> Run:
    return go(f"{UNTOLD}print('seen')", f"{UNTOLD}1 / 0", "print('on')", **UNHURRIED)


def test_a_cell_whose_end_is_not_heard_is_accused_of_nothing(unheard: Run) -> None:
    assert statuses(unheard) == [DONE, RAISED, DONE]


def test_where_something_may_be_missing_it_is_said(unheard: Run) -> None:
    assert [printed(unheard, index) for index in (0, 2)] == [f"seen\n{UNHEARD}", "on\n"]


def test_a_kernel_that_ended_just_before_its_time_is_not_told_of_time(go: Go) -> None:
    made = go(ENDED, "x = 1", cell_s=4.0, grace_s=1.0)
    assert statuses(made) == [DIED, NOT_RUN]
    assert made.execution.status is ExecutionStatus.DIED


def test_a_kernel_that_ended_just_before_that_of_all_cells_is_not_told_of_time(go: Go) -> None:
    made = go(ENDED, "x = 1", notebook_s=4.0, grace_s=1.0)
    assert made.execution.status is ExecutionStatus.DIED


def test_memory_that_was_exceeded_before_the_time_is_what_is_told(go: Go) -> None:
    hoard = "import time\nimport numpy as np\nhoard = np.ones(2**27)\ntime.sleep(60)"
    made = go(hoard, "x = 1", memory_bytes=900 * MIB, cell_s=20.0)
    assert made.execution.status is ExecutionStatus.MEMORY
    assert statuses(made) == [DIED, NOT_RUN]


@pytest.mark.parametrize("before", [[], ["import time\ntime.sleep(0.5)"]])
def test_a_last_cell_that_had_no_more_time_is_not_told_that_it_ran_so_long(
    go: Go, before: list[str]
) -> None:
    made = go(*before, "while True: pass", notebook_s=1.5, grace_s=1.0)
    assert made.execution.status is ExecutionStatus.NOTEBOOK_TIMED_OUT
    assert statuses(made)[-1] is TIMED_OUT
