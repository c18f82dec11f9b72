"""nbclient, with questions of the grader's own: it asks silently, and hears the answer."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from queue import Empty
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from grader.kernel.manager import OwnKernelManager
from grader.processes.limits import Limits

ALIVE_S = 0.5


class AskingClient(NotebookClient):
    """Connects to a kernel and has it execute code that is in no cell.

    Args:
        notebook: The notebook whose cells are executed, changed in place.
        manager: The kernel to execute them in.
        limits: What the cells may use.
        settings: As for nbclient.
    """

    def __init__(
        self,
        notebook: NotebookNode,
        manager: OwnKernelManager,
        limits: Limits,
        **settings: Any,  # noqa: ANN401 - as nbclient declares it
    ) -> None:
        super().__init__(notebook, km=manager, **settings)
        self._manager = manager
        self._limits = limits
        self.lost = False

    async def connect(self) -> None:
        """Wait until the kernel answers and is heard, and no longer: nbclient waits 0.2 s more.

        Raises:
            TimeoutError: It never was.
            DeadKernelError: It ended.
        """
        self.kc = await self._manager.listener(self.note_too_long)
        self.kc.start_channels()
        end = time.monotonic() + self._limits.start_s
        while (left := end - time.monotonic()) > 0:
            if await self._passes(left) == (True, True):
                return
        raise TimeoutError(f"it did not answer within {self._limits.start_s:g} seconds")

    def note_too_long(self) -> None:
        """Note that the kernel said more at once than it may; it is not heard."""

    async def exit_code(self) -> int | None:
        """Return how the kernel ended, negative for a signal; None while it lives."""
        provisioner = self._manager.provisioner
        return await provisioner.poll() if provisioner and provisioner.has_process else None

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
            # One that is interrupted before it runs anything has no answer.
            after = self._send("pass")
            content = await self._reply(message, self._limits.grace_s, after)
            self.lost = content is None
        return content or None

    def _send(self, source: str) -> str:
        assert self.kc is not None  # noqa: S101 - a kernel client exists once the kernel runs
        return str(self.kc.execute(source, silent=True, store_history=False))

    async def _reply(self, message: str, seconds: float, after: str = "") -> dict[str, Any] | None:
        """Return the answer to a request; an empty one if only that to a later one came."""
        assert self.kc is not None  # noqa: S101 - likewise
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                reply = await self.kc.shell_channel.get_msg(timeout=min(ALIVE_S, left))
            except Empty:
                await self._async_check_alive()
                continue
            answers = reply["parent_header"].get("msg_id")
            if answers in (message, after):
                return dict(reply["content"]) if answers == message else {}
        return None

    async def _answers(self, seconds: float) -> bool:
        """Return whether the kernel has ended what it did, within that time, and goes on.

        What it showed before is let go: none of it is heard when it does something else.
        """
        end = time.monotonic() + seconds + self._limits.grace_s
        with suppress(Exception):
            answered, heard = await self._passes(seconds)
            while answered and not heard and time.monotonic() < end:
                answered, heard = await self._passes(self._limits.grace_s)
            return answered
        return False

    async def _passes(self, seconds: float) -> tuple[bool, bool]:
        """Have the kernel do nothing; return whether it answered, and was heard to have ended."""
        message = self._send("pass")
        hearing = asyncio.ensure_future(self._hear_end(message))
        try:
            answered = await self._reply(message, seconds) is not None
            if answered:
                await asyncio.wait([hearing], timeout=ALIVE_S)
            return answered, hearing.done()
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)

    async def _hear_end(self, message: str) -> None:
        assert self.kc is not None  # noqa: S101 - likewise
        while True:
            said = await self.kc.iopub_channel.get_msg(timeout=None)
            if ends(said) and said["parent_header"].get("msg_id") == message:
                return


def ends(said: Mapping[str, Any]) -> bool:
    """Return whether a message says that a request was done with."""
    idle = said["content"].get("execution_state") == "idle"
    return bool(idle and said["msg_type"] == "status")


def _problem(content: dict[str, Any]) -> str:
    return f"{content.get('ename', content['status'])}: {content.get('evalue', '')}"
