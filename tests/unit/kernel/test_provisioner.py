"""What the provisioner holds of a kernel, with somebody else in the template's place."""

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest

from grader.kernel import provisioner
from grader.kernel.provisioner import ForkProvisioner
from grader.processes.template import AVAILABLE
from grader.processes.template.forked import ForkedProcess
from grader.processes.template.protocol import ForkRequest

pytestmark = pytest.mark.skipif(not AVAILABLE, reason="kernels cannot be forked here")
COMMAND = ["python", "-m", "ipykernel_launcher", "-f", "kernel.json"]


class Slow:
    """Forks nothing, and not before it is told to."""

    def __init__(self, end: socket.socket) -> None:
        self.asked, self.may = threading.Event(), threading.Event()
        self._end = end

    def fork(self, _: ForkRequest) -> ForkedProcess:
        self.asked.set()
        self.may.wait()
        return ForkedProcess(2**22 + 1, self._end)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    here, there = socket.socketpair()
    made = Slow(here)
    monkeypatch.setattr(provisioner, "shared", lambda: made)
    with here, there:
        yield made


async def launched(slow: Slow) -> ForkProvisioner:
    made = ForkProvisioner()
    slow.may.set()
    await made.launch_kernel(COMMAND)
    return made


def test_a_kernel_of_whose_end_nobody_told_is_given_up(slow: Slow) -> None:
    async def go() -> None:
        await (await launched(slow)).cleanup()

    asyncio.run(go())
    assert slow._end.fileno() == -1


def test_a_kernel_that_nobody_waits_for_any_more_is_given_up(slow: Slow) -> None:
    async def go() -> None:
        launching = asyncio.create_task(ForkProvisioner().launch_kernel(COMMAND))
        await asyncio.to_thread(slow.asked.wait)
        launching.cancel()
        await asyncio.wait([launching])
        slow.may.set()
        while slow._end.fileno() != -1:  # noqa: ASYNC110 - a socket tells nobody of its end
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(go(), 60))
    assert slow._end.fileno() == -1
