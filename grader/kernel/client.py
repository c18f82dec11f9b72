"""nbclient, with the limits of a grader: outputs are bounded, time is bounded as a whole."""

import asyncio
import math
import time
from contextlib import suppress
from typing import Any

from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from nbformat.v4 import new_output

from grader.kernel import streams
from grader.kernel.asking import AskingClient
from grader.kernel.limits import Limits
from grader.kernel.manager import OwnKernelManager
from grader.records import CellStatus

CLIPPED = "[The output was cut here: it exceeded the limit.]\n"
# What the kernel says of a cell, as opposed to what the cell says.
ABOUT_CELLS = ("status", "execute_input")
SIGNAL_S = 0.1
# A cell may have ended long before all that it printed was received.
INTERRUPTS = 3


class BoundedClient(AskingClient):
    """Executes cells one at a time and says how each ended, never raising for what a cell did.

    Args:
        notebook: The notebook whose cells are executed, changed in place.
        manager: The kernel to execute them in.
        limits: What the cells may use.
    """

    def __init__(self, notebook: NotebookNode, manager: OwnKernelManager, limits: Limits) -> None:
        super().__init__(
            notebook,
            manager,
            limits,
            allow_errors=True,
            interrupt_on_timeout=True,
            error_on_timeout={"ename": "CellTimeout", "evalue": "", "traceback": []},
            iopub_timeout=math.ceil(limits.grace_s),
            raise_on_iopub_timeout=True,
            store_widget_state=False,
            timeout_func=lambda _cell: self._remaining(),
            on_cell_error=self._note_error,
        )
        self._deadline = math.inf
        self._printed = 0
        self._left = limits.outputs_bytes
        self._flooded = False
        self._raised = False
        self._running: NotebookNode | None = None
        self._stopping: asyncio.Task[None] | None = None

    def start_clock(self) -> None:
        """Let the time of the whole notebook run from now on."""
        self._deadline = time.monotonic() + self._limits.notebook_s

    def put_off(self, seconds: float) -> None:
        """Do not count time in which the notebook waited."""
        self._deadline += seconds

    def _remaining(self) -> float:
        return max(1.0, min(self._limits.cell_s, self._deadline - time.monotonic()))

    @property
    def overdue(self) -> bool:
        """Whether the time of the whole notebook is used up."""
        return time.monotonic() >= self._deadline

    async def run_cell(self, cell: NotebookNode, index: int) -> CellStatus:
        """Execute one cell of the notebook and say how it ended; ``lost`` tells a kernel's end."""
        self._printed, self._flooded, self._raised = 0, False, False
        start, limit = time.monotonic(), self._remaining()
        self._running = cell
        ended = await self._execute(cell, index)
        self._running = None
        # Of a cell that was cut nothing more is kept.
        self._left -= min(self._printed, self._left)
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
            refuse_if_cancelled()
            self.lost = True
            return CellStatus.DIED
        shown = any(output.output_type == "error" for output in cell.get("outputs", ()))
        return CellStatus.RAISED if shown or self._raised else CellStatus.DONE

    def _note_error(self, **_: object) -> None:
        """Note an error that has no output of its own, as IPython's UsageError has none."""
        self._raised = True

    def _unheard(self) -> CellStatus:
        self._flooded = True
        return CellStatus.FLOODED

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take what a cell says while there is room for it; afterwards, stop the cell."""
        if msg["msg_type"] in ABOUT_CELLS or self._has_room(msg, cell):
            return super().process_message(msg, cell, cell_index)
        return None

    def _has_room(self, message: dict[str, Any], cell: NotebookNode) -> bool:
        if not self._flooded:
            self._printed += streams.size(message)
            if self._printed > min(self._limits.output_bytes, self._left):
                self._clip(cell)
        return not self._flooded

    def note_too_long(self) -> None:
        """Stop a cell that has said so much at once that it was not heard."""
        if self._running is not None:
            self._clip(self._running)

    def _clip(self, cell: NotebookNode) -> None:
        if not self._flooded:
            self._flooded = True
            cell.outputs.append(new_output("stream", name="stderr", text=CLIPPED))
            self._stopping = asyncio.ensure_future(self._stop())

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
            refuse_if_cancelled()
            self._stopping = None
            await asyncio.sleep(SIGNAL_S)


def refuse_if_cancelled() -> None:
    """Be cancelled if the whole run was: nbclient takes every cancellation for the kernel's end.

    Raises:
        CancelledError: The current task was asked to end.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
