"""nbclient, with questions of the grader's own: it asks silently, and hears the answer."""

import time
from contextlib import suppress
from queue import Empty
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from grader.kernel.limits import Limits
from grader.kernel.manager import OwnKernelManager

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
        while time.monotonic() < end:
            answered = await self._reply(self._send("pass"), end - time.monotonic())
            if answered is not None and await self._is_heard():
                return
        raise TimeoutError(f"it did not answer within {self._limits.start_s:g} seconds")

    def note_too_long(self) -> None:
        """Note that the kernel said more at once than it may; it is not heard."""

    async def _is_heard(self) -> bool:
        assert self.kc is not None  # noqa: S101 - it was made by the caller
        with suppress(Empty):
            return bool(await self.kc.iopub_channel.get_msg(timeout=ALIVE_S))
        return False

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


def _problem(content: dict[str, Any]) -> str:
    return f"{content.get('ename', content['status'])}: {content.get('evalue', '')}"
