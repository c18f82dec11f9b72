"""What the grader itself holds of what kernels tell it: no submission makes it grow."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from hostile import swelling
from hostile.attack import Attack
from memory import resident

from grader.isolation.choice import Isolation
from grader.kernel import manager
from grader.kernel.job import Run
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.limits import MIB
from grader.records import CellStatus, ExecutionStatus

Go = Callable[..., Run]
# Two windows of two messages each, what is kept of them, and what they are read with.
GROWS_BY = 60 * MIB
RESET = Path("/proc/self/clear_refs")
pytestmark = pytest.mark.skipif(not RESET.exists(), reason="only Linux says how much it was")


def grown(does: Callable[[], object]) -> int:
    """Return by how many bytes this process grows at most while it does something."""
    RESET.write_text("5", "utf-8")
    before = resident("VmRSS")
    does()
    return resident("VmHWM") - before


@pytest.fixture(scope="module")
def talkative(go: Go) -> Run:
    many = {"output_bytes": MIB, "outputs_bytes": 2 * MIB, "grace_s": 1.0}
    return go(*["print('x' * 700_000)"] * 4, "x = 1", "print('y')", **many)


@pytest.mark.parametrize("attack", swelling.ATTACKS, ids=lambda attack: attack.id)
def test_the_grader_does_not_grow(go: Go, talkative: Run, attack: Attack) -> None:
    assert talkative  # what the first run brings along is here
    assert grown(lambda: go(*attack.cells, **attack.limits)) < GROWS_BY


@pytest.fixture
def by_ports(monkeypatch: pytest.MonkeyPatch) -> Kernels:
    """Kernels whose sockets have ports, as on Windows; isolation allows none such."""
    monkeypatch.setattr(manager, "MAX_SOCKET_PATH", 0)
    return Kernels(Backend.best(), Isolation.NONE)


@pytest.mark.parametrize("attack", swelling.ATTACKS[1:], ids=lambda attack: attack.id)
def test_the_grader_does_not_grow_where_sockets_have_ports(
    go: Go, talkative: Run, by_ports: Kernels, attack: Attack
) -> None:
    assert talkative
    assert grown(lambda: go(*attack.cells, using=by_ports, **attack.limits)) < GROWS_BY


def test_a_message_that_is_too_long_ends_one_cell_where_sockets_have_ports(
    go: Go, by_ports: Kernels
) -> None:
    made = go("display('x' * 9_000_000)", "print('on')", using=by_ports, output_bytes=MIB)
    assert [cell.status for cell in made.execution.cells] == [CellStatus.FLOODED, CellStatus.DONE]


def test_the_output_of_all_cells_together_is_limited(talkative: Run) -> None:
    ended = [cell.status for cell in talkative.execution.cells]
    assert ended[:3] == [CellStatus.DONE, CellStatus.DONE, CellStatus.FLOODED]
    assert talkative.execution.status is ExecutionStatus.OUTPUT


def test_cells_that_print_nothing_still_run_when_too_much_was_printed(talkative: Run) -> None:
    assert [cell.status for cell in talkative.execution.cells][4:] == [
        CellStatus.DONE,
        CellStatus.FLOODED,
    ]


def test_the_limit_of_all_outputs_is_named(talkative: Run) -> None:
    assert "all cells together more than 2 MiB" in talkative.execution.message


def test_the_executed_notebook_is_no_larger_than_that(talkative: Run) -> None:
    assert len(nbformat.writes(talkative.notebook)) < 3 * MIB
