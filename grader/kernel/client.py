"""nbclient, with the limits of a grader: outputs are bounded, time is bounded as a whole."""

import asyncio
import math
import time
from contextlib import suppress
from queue import Empty
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output

from grader.kernel import streams
from grader.kernel.limits import Limits
from grader.records import CellStatus

CLIPPED = "[The output was cut here: it exceeded the limit.]\n"
ALIVE_S = 0.5
SIGNAL_S = 0.1
# A cell may have ended long before all that it printed was received.
INTERRUPTS = 3


class BoundedClient(NotebookClient):
    """Executes cells one at a time and says how each ended, never raising for what a cell did.

    Args:
        notebook: The notebook whose cells are executed, changed in place.
        manager: The kernel to execute them in.
        limits: What the cells may use.
    """

    def __init__(self, notebook: NotebookNode, manager: AsyncKernelManager, limits: Limits) -> None:
        super().__init__(
            notebook,
            km=manager,
            allow_errors=True,
            interrupt_on_timeout=True,
            error_on_timeout={"ename": "CellTimeout", "evalue": "", "traceback": []},
            iopub_timeout=math.ceil(limits.grace_s),
            raise_on_iopub_timeout=True,
            startup_timeout=math.ceil(limits.start_s),
            store_widget_state=False,
            timeout_func=lambda _cell: self._remaining(),
        )
        self._manager = manager
        self._limits = limits
        self._deadline = math.inf
        self._printed = 0
        self._flooded = False
        self._stopping: asyncio.Task[None] | None = None
        self.lost = False

    async def connect(self) -> None:
        """Wait until the kernel answers and is heard, and no longer: nbclient waits 0.2 s more.

        Raises:
            TimeoutError: It never was.
            DeadKernelError: It ended.
        """
        self.kc = self._manager.client()
        self.kc.start_channels()
        self.kc.allow_stdin = False
        end = time.monotonic() + self._limits.start_s
        while time.monotonic() < end:
            answered = await self._reply(self._send("pass"), end - time.monotonic())
            if answered is not None and await self._is_heard():
                return
        raise TimeoutError(f"it did not answer within {self._limits.start_s:g} seconds")

    async def _is_heard(self) -> bool:
        assert self.kc is not None  # noqa: S101 - it was made by the caller
        with suppress(Empty):
            return bool(await self.kc.iopub_channel.get_msg(timeout=ALIVE_S))
        return False

    def start_clock(self) -> None:
        """Let the time of the whole notebook run from now on."""
        self._deadline = time.monotonic() + self._limits.notebook_s

    def _remaining(self) -> float:
        return max(1.0, min(self._limits.cell_s, self._deadline - time.monotonic()))

    @property
    def overdue(self) -> bool:
        """Whether the time of the whole notebook is used up."""
        return time.monotonic() >= self._deadline

    async def exit_code(self) -> int | None:
        """Return how the kernel ended, negative for a signal; None while it lives."""
        provisioner = self._manager.provisioner
        return await provisioner.poll() if provisioner and provisioner.has_process else None

    async def run_cell(self, cell: NotebookNode, index: int) -> CellStatus:
        """Execute one cell of the notebook and say how it ended; ``lost`` tells a kernel's end."""
        self._printed, self._flooded = 0, False
        start, limit = time.monotonic(), self._remaining()
        ended = await self._execute(cell, index)
        await self._settle()
        cell.outputs = streams.tidy(cell.get("outputs", ()))
        if self._flooded:
            return CellStatus.FLOODED
        return CellStatus.TIMED_OUT if time.monotonic() - start >= limit else ended

    async def _execute(self, cell: NotebookNode, index: int) -> CellStatus:
        try:
            await self.async_execute_cell(cell, index)
        except CellTimeoutError:
            # It ignores the interrupt, or all that is missing is a message lost in a flood.
            self.lost = not await self._answers()
            return CellStatus.TIMED_OUT if self.lost else self._unheard()
        except Exception:  # noqa: BLE001 - a kernel in a student's hands may send anything
            _refuse_if_cancelled()
            self.lost = True
            return CellStatus.DIED
        raised = any(output.output_type == "error" for output in cell.get("outputs", ()))
        return CellStatus.RAISED if raised else CellStatus.DONE

    def _unheard(self) -> CellStatus:
        self._flooded = True
        return CellStatus.FLOODED

    async def run_silently(self, source: str, seconds: float) -> str | None:
        """Execute code of the grader's own; return what went wrong, or None."""
        try:
            content = await self._ask(source, seconds)
            if content is None:
                return f"no answer within {seconds:g} s"
        except Exception as error:  # noqa: BLE001 - a kernel in a student's hands may send anything
            self.lost = True
            return "the kernel died" if isinstance(error, DeadKernelError) else repr(error)
        return None if content["status"] == "ok" else _problem(content)

    async def _ask(self, source: str, seconds: float) -> dict[str, Any] | None:
        message = self._send(source)
        content = await self._reply(message, seconds)
        if content is None:
            await self._manager.interrupt_kernel()
            content = await self._reply(message, self._limits.grace_s)
            self.lost = content is None
        return content

    def _send(self, source: str) -> str:
        assert self.kc is not None  # noqa: S101 - a kernel client exists once the kernel runs
        return str(self.kc.execute(source, silent=True, store_history=False))

    async def _reply(self, message: str, seconds: float) -> dict[str, Any] | None:
        assert self.kc is not None  # noqa: S101 - likewise
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                reply = await self.kc.shell_channel.get_msg(timeout=min(ALIVE_S, left))
            except Empty:
                await self._async_check_alive()
                continue
            if reply["parent_header"].get("msg_id") == message:
                return dict(reply["content"])
        return None

    async def _answers(self) -> bool:
        with suppress(Exception):
            return await self._reply(self._send("pass"), self._limits.grace_s) is not None
        return False

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Keep an output while there is room for it; afterwards, stop the cell."""
        if self._flooded:
            return None
        self._printed += streams.size(msg)
        if self._printed <= self._limits.output_bytes:
            return super().output(outs, msg, display_id, cell_index)
        self._flooded = True
        outs.append(new_output("stream", name="stderr", text=CLIPPED))
        self._stopping = asyncio.ensure_future(self._stop())
        return None

    async def _stop(self) -> None:
        for _ in range(INTERRUPTS):
            await self._manager.interrupt_kernel()
            await asyncio.sleep(self._limits.grace_s)
        if self._manager.provisioner is not None:
            await self._manager.provisioner.kill()

    async def _settle(self) -> None:
        """See to it that an interrupt meant for this cell does not reach the next one."""
        if self._stopping is not None:
            self._stopping.cancel()
            with suppress(asyncio.CancelledError):
                await self._stopping
            self._stopping = None
            await asyncio.sleep(SIGNAL_S)


def _refuse_if_cancelled() -> None:
    # nbclient takes every cancellation for the end of the kernel, also that of the whole run.
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def _problem(content: dict[str, Any]) -> str:
    return f"{content.get('ename', content['status'])}: {content.get('evalue', '')}"
