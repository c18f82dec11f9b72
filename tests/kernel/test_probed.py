from collections.abc import Callable

import pytest

from grader.evidence import Loader
from grader.kernel.job import Run
from grader.records import CellStatus, ExecutionStatus, PlannedCell, Role

Go = Callable[..., Run]
# These behave in the notebook and do not when they are called again.
CALLBACK = """\
import keras
class Callback(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        while True:
            pass"""
LOAD = """\
calls = []
def load():
    calls.append(1)
    while len(calls) == 2:
        pass
    if len(calls) == 4:
        import sys
        sys.exit("no images")
    if len(calls) == 6:
        print("x" * 9_000_000)
    if len(calls) == 8:
        import os
        os._exit(0)
    return [([[1.0]], [1])]"""


def graded(source: str, name: str) -> PlannedCell:
    return PlannedCell(source, Role.GRADED, name)


def calling(source: str) -> PlannedCell:
    return PlannedCell(source, Role.REQUIRED, calls=frozenset({"load"}))


LOOP, EXIT, PRINT, DIE, AFTER = range(2, 7)


@pytest.fixture(scope="module")
def probed(go: Go) -> Run:
    return go(
        graded(CALLBACK, "Callback"),
        graded(LOAD, "load"),
        *[calling("gen = load()")] * 4,
        "x = 1",
        probe_s=3.0,
        output_bytes=100_000,
    )


def test_a_callback_that_does_not_end_is_unprobed(probed: Run) -> None:
    error = probed.evidence.unprobed["Callback"].error
    assert (error.name, error.message) == ("TimeoutError", "it did not end when it was called")


def test_where_it_did_not_end_is_named(probed: Run) -> None:
    error = probed.evidence.unprobed["Callback"].error
    assert (error.cell, error.function) == ("Callback", "on_epoch_end")
    assert error.line in (4, 5)


def test_a_cell_is_not_blamed_for_what_the_probe_called(probed: Run) -> None:
    assert [cell.status for cell in probed.execution.cells[:DIE]] == [CellStatus.DONE] * DIE


def test_exit_in_a_loader_is_the_student_s_exception(probed: Run) -> None:
    error = probed.evidence.unprobed["load"].error
    assert (error.name, error.message) == ("SystemExit", "no images")


def test_what_a_loader_prints_for_the_probe_is_no_flood(probed: Run) -> None:
    assert probed.execution.status is not ExecutionStatus.OUTPUT
    assert getattr(probed.evidence.find(Loader, "load"), "type", None) == "list"


def test_a_kernel_that_ends_while_it_is_probed_is_noticed(probed: Run) -> None:
    assert probed.execution.status is ExecutionStatus.DIED
    assert [cell.status for cell in probed.execution.cells[DIE:]] == [
        CellStatus.DIED, CellStatus.NOT_RUN,
    ]  # fmt: skip


def test_that_it_ended_while_it_was_probed_is_known(probed: Run) -> None:
    assert [cell.probed for cell in probed.execution.cells[DIE:]] == [True, False]


def test_no_fault_of_the_grader_is_seen_in_it(probed: Run) -> None:
    assert probed.evidence.faults == []
