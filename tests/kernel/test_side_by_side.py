"""Runs share one event loop: what one of them does holds up and changes no other."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest

from grader.fits.service import FitService
from grader.isolation.choice import Isolation
from grader.kernel import streams
from grader.kernel.channels import LongMessage, RelayedChannel
from grader.kernel.client import BoundedClient
from grader.kernel.job import Run
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.limits import MIB
from grader.processes.tree import ProcessTree
from grader.processes.watch import Watch
from grader.records import CellStatus

Go = Callable[..., Run]
# Far longer than anything here takes.
LONG_S = 60.0
LONG_OUTPUT = "print('x' * 200_000)"
NEIGHBOUR = (
    "import time\nprint('before')",
    "print(*range(2000))",
    "time.sleep(60)",
    "print('after')",
)
SHOW = "from IPython.display import display\n"
WORST = {
    "prints without end": "while True: print('x' * 1000)",
    "prints one long message": "print('x' * 30_000_000)",
    "shows a message of many parts": (
        f"{SHOW}display({{'application/json': {{str(n): {{}} for n in range(100_000)}}}}, raw=True)"
    ),
    "goes back over what it prints": "print('ab\\b' * 2_000_000)",
    "dies with many processes": """\
import os, time
for _ in range(100):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
os._exit(1)""",
}

ENDS = {
    "it is done": "print(1)",
    "it died": "import os\nos._exit(1)",
    "it took too long": "while True: pass",
    "it said too much": "while True: print('x' * 1000)",
    "it said what is no message": (
        "from ipykernel.kernelapp import IPKernelApp\n"
        "IPKernelApp.instance().kernel.iopub_socket.send(b'')"
    ),
}


@pytest.fixture(scope="module")
def together() -> Kernels:
    return Kernels(Backend.best(), Isolation.NONE, places=4)


def test_runs_side_by_side_have_one_event_loop(
    go: Go, together: Kernels, monkeypatch: pytest.MonkeyPatch
) -> None:
    loops: list[asyncio.AbstractEventLoop] = []
    begin = asyncio.BaseEventLoop.__init__

    def note(loop: asyncio.BaseEventLoop) -> None:
        loops.append(loop)
        begin(loop)

    monkeypatch.setattr(asyncio.BaseEventLoop, "__init__", note)
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda number: go(f"print({number})", using=together), range(3)))
    assert [run.execution.cells[0].status for run in made] == [CellStatus.DONE] * 3
    assert len(loops) == 1


@dataclass
class Held:
    """A function whose first call lasts until it is let go."""

    function: Callable[..., Any]
    counts: Callable[..., bool] = lambda *_: True
    begun: threading.Event = field(default_factory=threading.Event)
    free: threading.Event = field(default_factory=threading.Event)
    was_let_go: bool = False

    def __call__(self, *given: Any) -> Any:
        if self.counts(*given) and not self.begun.is_set():
            self.begun.set()
            self.was_let_go = self.free.wait(LONG_S)
        return self.function(*given)


@pytest.fixture(
    params=[
        (Watch, "stop"),
        (ProcessTree, "kill_all"),
        (FitService, "close"),
        (streams, "tidy"),
        (RelayedChannel, "_decoded", lambda _, parts: sum(map(len, parts)) > 100_000),
        (
            BoundedClient,
            "process_message",
            lambda _, message, *__: isinstance(message, LongMessage),
        ),
    ],
    ids=lambda param: param[1],
)
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    owner, name, *counts = request.param
    made = Held(getattr(owner, name), *counts)

    def call(*given: Any) -> Any:
        return made(*given)

    monkeypatch.setattr(owner, name, call)
    yield made
    made.free.set()


def test_what_takes_long_in_one_run_holds_up_no_other(
    go: Go, together: Kernels, held: Held
) -> None:
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(lambda: go(LONG_OUTPUT, using=together))
        assert held.begun.wait(LONG_S)
        go("x = 1", using=together)
        held.free.set()
        slow.result(LONG_S)
    assert held.was_let_go


async def tasks() -> set[asyncio.Task[Any]]:
    await asyncio.sleep(0.1)
    return {each for each in asyncio.all_tasks() if each is not asyncio.current_task()}


@pytest.mark.parametrize("cell", ENDS.values(), ids=ENDS)
def test_nothing_of_a_run_goes_on_in_the_loop(go: Go, together: Kernels, cell: str) -> None:
    before = together._loop.run(tasks())
    go(cell, using=together, output_bytes=MIB, cell_s=2.0)
    assert together._loop.run(tasks()) == before


def told(run: Run) -> list[tuple[CellStatus, Any]]:
    cells = zip(run.execution.cells, run.notebook.cells, strict=True)
    return [(ended.status, cell.outputs) for ended, cell in cells]


@pytest.fixture(scope="module")
def alone(go: Go, together: Kernels) -> list[tuple[CellStatus, Any]]:
    return told(go(*NEIGHBOUR, using=together, cell_s=4.0))


def test_the_neighbour_meets_a_limit_and_goes_on(alone: list[tuple[CellStatus, Any]]) -> None:
    statuses = [CellStatus.DONE, CellStatus.DONE, CellStatus.TIMED_OUT, CellStatus.DONE]
    assert [status for status, _ in alone] == statuses


@pytest.mark.parametrize("worst", WORST.values(), ids=WORST)
def test_a_neighbour_of_the_worst_is_as_if_it_were_alone(
    go: Go, together: Kernels, alone: list[tuple[CellStatus, Any]], worst: str
) -> None:
    limits = {"output_bytes": 8 * MIB, "cell_s": 20.0, "processes": 300}
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(go, worst, using=together, **limits)
        beside = told(go(*NEIGHBOUR, using=together, cell_s=4.0))
        other.result(2 * LONG_S)
    assert beside == alone
