"""nbclient, with the limits of a grader: outputs are bounded, time is bounded as a whole."""

import asyncio
import math
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from nbclient.exceptions import CellExecutionComplete
from nbformat import NotebookNode
from nbformat.v4 import new_output

from grader.kernel import streams
from grader.kernel.asking import AskingClient, ends
from grader.kernel.channels import LongMessage
from grader.kernel.event_loop import refuse_if_cancelled
from grader.kernel.manager import OwnKernelManager
from grader.processes.limits import Limits
from grader.records import CellStatus

CLIPPED = "[The output was cut here: it exceeded the limit.]\n"
UNHEARD = "[What else was shown here did not arrive.]\n"
# What the kernel says of a cell, as opposed to what the cell says.
ABOUT_CELLS = ("status", "execute_input")
# A cell may have ended long before all that it printed was received: it is asked so long before it
# is interrupted.
AT_ONCE_S = 0.25
INTERRUPTS = 3
# A message as long as may be takes so long to look through, on a busy machine.
LONG_S = 30


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
            raise_on_iopub_timeout=False,
            store_widget_state=False,
            timeout_func=lambda _cell: self._remaining(),
            on_cell_error=self._note_error,
        )
        self._deadline = math.inf
        self._printed = 0
        self._left = limits.outputs_bytes
        self._raised = False
        self._heard = False
        self._clipped = False
        self._running: NotebookNode | None = None
        # Which limit the cell has passed first.
        self._passed: CellStatus | None = None
        self._late = False
        # Looks through a message in a thread.
        self._looking: asyncio.Future[Any] | None = None

    def start_clock(self) -> None:
        """Let the time of the whole notebook run from now on."""
        self._deadline = time.monotonic() + self._limits.notebook_s

    def put_off(self, seconds: float) -> None:
        """Do not count time in which the notebook waited."""
        self._deadline += seconds

    def _remaining(self) -> float:
        return max(1.0, min(self._limits.cell_s, self._deadline - time.monotonic()))

    @property
    def late(self) -> bool:
        """Whether the time of the whole notebook has ended a cell, or kept one from being run."""
        return self._late

    def has_time(self) -> bool:
        """Return whether there is time for a further cell."""
        self._late = self._late or time.monotonic() >= self._deadline
        return not self._late

    async def run_cell(self, cell: NotebookNode, index: int) -> CellStatus:
        """Execute one cell of the notebook and say how it ended; ``lost`` tells a kernel's end.

        Of several limits that it passes, the first is told.
        """
        self._printed, self._raised, self._clipped, self._passed = 0, False, False, None
        # Nothing is executed where there is nothing.
        self._heard = not cell.source.strip()
        self._running = cell
        ended = await self._execute(cell, index)
        self._running = None
        if self._looking is not None:
            await asyncio.gather(self._looking, return_exceptions=True)
        # Of a cell that was cut nothing more is kept.
        self._left -= min(self._printed, self._left)
        cell.outputs = await asyncio.to_thread(streams.tidy, cell.get("outputs", ()))
        return self._passed or ended

    async def _execute(self, cell: NotebookNode, index: int) -> CellStatus:
        try:
            await self.async_execute_cell(cell, index)
        except Exception:  # noqa: BLE001 - a kernel in a student's hands may send anything
            refuse_if_cancelled()
            self.lost = not (self._clipped and await self._stop())
            return CellStatus.DIED
        if not self._heard:
            self.lost = not await self._answers(self._limits.grace_s)
            if self.lost:
                return CellStatus.DIED
            cell.outputs.append(new_output("stream", name="stderr", text=UNHEARD))
        shown = any(output.output_type == "error" for output in cell.get("outputs", ()))
        return CellStatus.RAISED if shown or self._raised else CellStatus.DONE

    def _note_error(self, **_: object) -> None:
        """Note an error that has no output of its own, as IPython's UsageError has none."""
        self._raised = True

    async def _async_handle_timeout(self, *given: Any) -> dict[str, Any] | None:  # noqa: ANN401 - nbclient's
        self._passed = self._passed or CellStatus.TIMED_OUT
        self.has_time()
        return await super()._async_handle_timeout(*given)

    async def _async_poll_for_reply(self, *given: Any) -> dict[str, Any]:  # noqa: ANN401 - nbclient's
        *_, looking = given
        try:
            return dict(await super()._async_poll_for_reply(*given))
        finally:
            # Where this is cancelled, nbclient takes the kernel for dead and leaves that looking.
            looking.cancel()

    @property
    def iopub_timeout(self) -> int:  # type: ignore[override]
        """How long a cell that has ended is listened to, in seconds; nbclient asks when it has."""
        reading = self.kc is not None and getattr(self.kc.iopub_channel, "reading", False)
        looking = self._looking is not None and not self._looking.done()
        return math.ceil(self._limits.grace_s) + (LONG_S if reading or looking else 0)

    async def _async_poll_output_msg(
        self, parent_msg_id: str, cell: NotebookNode, cell_index: int
    ) -> None:
        """Take what a cell says, as nbclient does; what is long is looked through in a thread."""
        assert self.kc is not None  # noqa: S101 - a kernel client exists once the kernel runs
        with suppress(CellExecutionComplete):
            while True:
                said = await self.kc.iopub_channel.get_msg(timeout=None)
                if said["parent_header"].get("msg_id") != parent_msg_id:
                    continue
                if isinstance(said, LongMessage) and not self._may_answer(said):
                    process = asyncio.to_thread(self.process_message, said, cell, cell_index)
                    self._looking = asyncio.ensure_future(process)
                    await asyncio.shield(self._looking)
                else:
                    self.process_message(said, cell, cell_index)

    def _may_answer(self, said: Mapping[str, Any]) -> bool:
        """Whether a widget of nbclient's may answer, which it cannot do in a thread."""
        hooked = self.output_hook_stack[said["parent_header"].get("msg_id")]
        return bool(hooked) or said["msg_type"].startswith("comm")

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take what a cell says while there is room for it; afterwards, stop the cell."""
        self._heard = self._heard or ends(msg)
        if not streams.sensible(msg):
            return None
        if msg["msg_type"] in ABOUT_CELLS or self._has_room(msg, cell):
            return super().process_message(msg, cell, cell_index)
        return None

    def _has_room(self, message: dict[str, Any], cell: NotebookNode) -> bool:
        if not self._clipped:
            self._printed += streams.size(message)
            if self._printed > min(self._limits.output_bytes, self._left):
                self._clip(cell)
        return not self._clipped

    def note_too_long(self) -> None:
        """Stop a cell that has said so much at once that it was not heard."""
        if self._running is not None:
            self._clip(self._running)

    def _clip(self, cell: NotebookNode) -> None:
        if self._clipped:
            return
        self._clipped = True
        self._passed = self._passed or CellStatus.FLOODED
        cell.outputs.append(new_output("stream", name="stderr", text=CLIPPED))
        # Its answer may have been too long as well, and would never come.
        if self.task_poll_for_reply is not None:
            # From any thread.
            loop = self.task_poll_for_reply.get_loop()
            loop.call_soon_threadsafe(self.task_poll_for_reply.cancel)

    async def _stop(self) -> bool:
        """End a cell of which no more is heard; return whether its kernel goes on."""
        with suppress(Exception):
            for seconds in (AT_ONCE_S, *[self._limits.grace_s] * INTERRUPTS):
                if await self._answers(seconds):
                    return True
                await self._manager.interrupt_kernel()
            if self._manager.provisioner is not None:
                await self._manager.provisioner.kill()
        return False
