"""nbclient, with the limits of a grader: outputs are bounded, time is bounded as a whole."""

import asyncio
import time
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output

from grader.kernel.limits import Limits
from grader.records import CellStatus

CLIPPED = "[The output was cut here: it exceeded the limit.]\n"


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
            iopub_timeout=limits.grace_s,
            raise_on_iopub_timeout=True,
            shutdown_kernel="immediate",
            store_widget_state=False,
            timeout=limits.probe_s,
            timeout_func=lambda _cell: self._remaining(),
        )
        self._manager = manager
        self._limits = limits
        self._deadline = time.monotonic() + limits.notebook_s
        self._output_bytes = 0
        self._flooded = False
        self._interruption: asyncio.Future[None] | None = None
        self.lost = False

    def _remaining(self) -> float:
        return max(1.0, min(self._limits.cell_s, self._deadline - time.monotonic()))

    @property
    def overdue(self) -> bool:
        """Whether the time of the whole notebook is used up."""
        return time.monotonic() >= self._deadline

    async def run_cell(self, cell: NotebookNode, index: int) -> CellStatus:
        """Execute one cell of the notebook and say how it ended; ``lost`` tells a kernel's end."""
        self._flooded = False
        start, limit = time.monotonic(), self._remaining()
        try:
            await self.async_execute_cell(cell, index)
        except DeadKernelError:
            self.lost = True
            return CellStatus.DIED
        except CellTimeoutError:
            self.lost = True
            return CellStatus.TIMED_OUT
        if self._flooded:
            return CellStatus.FLOODED
        if time.monotonic() - start >= limit:
            return CellStatus.TIMED_OUT
        raised = any(output.output_type == "error" for output in cell.get("outputs", ()))
        return CellStatus.RAISED if raised else CellStatus.DONE

    async def run_silently(self, source: str) -> str | None:
        """Execute code of the grader's own; return what went wrong, or None."""
        assert self.kc is not None  # noqa: S101 - a kernel client exists once the kernel runs
        message = self.kc.execute(source, silent=True, store_history=False)
        try:
            reply = await self.async_wait_for_reply(message)
        except DeadKernelError:
            self.lost = True
            return "the kernel died"
        if reply is None:
            return f"no answer within {self._limits.probe_s} s"
        content = reply["content"]
        return None if content["status"] == "ok" else f"{content['ename']}: {content['evalue']}"

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Keep an output while there is room for it; afterwards, interrupt the cell once."""
        if self._flooded:
            return None
        self._output_bytes += _size(msg)
        if self._output_bytes <= self._limits.output_bytes:
            return super().output(outs, msg, display_id, cell_index)
        self._flooded = True
        outs.append(new_output("stream", name="stderr", text=CLIPPED))
        self._interruption = asyncio.ensure_future(self._manager.interrupt_kernel())
        return None


def _size(message: dict[str, Any]) -> int:
    content = message["content"]
    return sum(len(str(value)) for value in content.get("data", content).values())
