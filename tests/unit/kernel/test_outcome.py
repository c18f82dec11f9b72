import signal

import pytest

from grader.kernel.outcome import Facts, message, status
from grader.processes.limits import MIB, Limits
from grader.records import Blame
from grader.records import CellStatus as Cell
from grader.records import ExecutionStatus as Ended

FINE = (Cell.DONE, Cell.DONE)


@pytest.mark.parametrize(
    ("facts", "ended"),
    [
        (Facts(()), Ended.DONE),
        (Facts(FINE), Ended.DONE),
        (Facts((Cell.RAISED, Cell.DONE)), Ended.CELL_FAILED),
        (Facts((Cell.DIED, Cell.NOT_RUN)), Ended.DIED),
        (Facts((Cell.RAISED, Cell.NOT_RUN), lost=True), Ended.DIED),
        (Facts((Cell.DIED, Cell.NOT_RUN), lost=True, exit_code=0), Ended.DIED),
        (Facts((Cell.DIED, Cell.NOT_RUN), lost=True, exit_code=3), Ended.DIED),
        (Facts((Cell.DIED, Cell.NOT_RUN), lost=True, exit_code=-signal.SIGSEGV), Ended.DIED),
        (Facts((Cell.DIED, Cell.NOT_RUN), lost=True, exit_code=-signal.SIGABRT), Ended.DIED),
        (Facts((Cell.DIED, Cell.NOT_RUN), lost=True, exit_code=-signal.SIGKILL), Ended.KILLED),
        (Facts((Cell.DIED, Cell.NOT_RUN), lost=True, exit_code=-signal.SIGTERM), Ended.KILLED),
        (Facts((Cell.DONE, Cell.NOT_RUN), lost=True, exit_code=-signal.SIGKILL), Ended.KILLED),
        (Facts(FINE, exit_code=-signal.SIGKILL), Ended.DONE),
        (Facts((Cell.TIMED_OUT, Cell.RAISED)), Ended.CELL_TIMED_OUT),
        (Facts((Cell.TIMED_OUT, Cell.NOT_RUN), lost=True), Ended.CELL_TIMED_OUT),
        (
            Facts((Cell.TIMED_OUT, Cell.NOT_RUN), lost=True, exit_code=-signal.SIGKILL),
            Ended.CELL_TIMED_OUT,
        ),
        (Facts((Cell.DONE, Cell.NOT_RUN), overdue=True), Ended.NOTEBOOK_TIMED_OUT),
        (Facts((Cell.TIMED_OUT, Cell.NOT_RUN), overdue=True), Ended.NOTEBOOK_TIMED_OUT),
        (Facts((Cell.FLOODED, Cell.TIMED_OUT)), Ended.OUTPUT),
        (Facts((Cell.FLOODED, Cell.NOT_RUN), lost=True), Ended.OUTPUT),
        (Facts((Cell.DIED,), over=Ended.MEMORY, lost=True), Ended.MEMORY),
        (Facts((Cell.FLOODED,), over=Ended.MEMORY), Ended.MEMORY),
        (Facts((Cell.DIED,), over=Ended.DISK, lost=True), Ended.DISK),
        (Facts((Cell.DIED,), over=Ended.PROCESSES, lost=True), Ended.PROCESSES),
        (
            Facts((Cell.DIED,), over=Ended.MEMORY, lost=True, exit_code=-signal.SIGKILL),
            Ended.MEMORY,
        ),
        (
            Facts((Cell.DIED,), over=Ended.CROWDED, lost=True, exit_code=-signal.SIGKILL),
            Ended.CROWDED,
        ),
        (Facts((Cell.DIED,), fault="no socket", over=Ended.MEMORY), Ended.GRADER_FAULT),
    ],
)
def test_of_several_faults_the_one_that_explains_the_others_wins(
    facts: Facts, ended: Ended
) -> None:
    assert status(facts) is ended


@pytest.mark.parametrize(
    ("blame", "endings"),
    [
        (Blame.NOBODY, {Ended.DONE}),
        (
            Blame.SUBMISSION,
            {
                Ended.CELL_FAILED,
                Ended.CELL_TIMED_OUT,
                Ended.NOTEBOOK_TIMED_OUT,
                Ended.OUTPUT,
                Ended.MEMORY,
                Ended.PROCESSES,
                Ended.DISK,
                Ended.DIED,
            },
        ),
        (Blame.OUTSIDE, {Ended.KILLED, Ended.CROWDED}),
        (Blame.GRADER, {Ended.GRADER_FAULT}),
    ],
)
def test_whose_fault_it_was(blame: Blame, endings: set[Ended]) -> None:
    assert {ended for ended in Ended if ended.blame is blame} == endings


@pytest.mark.parametrize("ended", sorted(set(Ended) - {Ended.DONE}))
def test_every_bad_ending_is_explained(ended: Ended) -> None:
    assert message(ended, Limits(), "why").endswith(".")


def test_a_good_ending_needs_no_words() -> None:
    assert message(Ended.DONE, Limits()) == ""


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        (Ended.CELL_TIMED_OUT, ("7 s",)),
        (Ended.NOTEBOOK_TIMED_OUT, ("9 s",)),
        (Ended.OUTPUT, ("0.5 MiB",)),
        (Ended.MEMORY, ("1.5 GiB",)),
        (Ended.GRADER_FAULT, ("no socket",)),
    ],
)
def test_an_explanation_names_the_limit(ended: Ended, words: tuple[str, ...]) -> None:
    limits = Limits(cell_s=7, notebook_s=9, output_bytes=MIB // 2, memory_bytes=1536 * MIB)
    explained = message(ended, limits, "no socket")
    assert all(word in explained for word in words)
