"""The event loop that drives all kernels of a grader, in a thread of its own."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")
# A run has one thing at a time done in a thread, so this is for as many runs.
_MOST_THREADS = 64
# On Windows no wait is interrupted before it is over.
_LOOK_S = 1.0


class EventLoop:
    """Runs coroutines side by side, for threads that wait for them.

    It starts with the first; whoever made it closes it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = asyncio.Event()
        # Looked at by the loop alone; asyncio itself keeps no task.
        self._runs: set[asyncio.Task[Any]] = set()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine to its end, and return what it returns.

        Raises:
            asyncio.CancelledError: ``cancel`` was called.
            KeyboardInterrupt: Whoever waits was interrupted; everything that ran was cancelled.
        """
        loop, ended = self._started(), Future[T]()
        try:
            asyncio.run_coroutine_threadsafe(self._contained(coroutine, ended), loop)
            while not wait([ended], _LOOK_S).done:
                continue
        except BaseException:
            # It may not have been given to the loop yet.
            self.cancel()
            asyncio.run_coroutine_threadsafe(self._until_all_ended(), loop).result()
            raise
        return ended.result()

    def cancel(self) -> None:
        """Cancel everything that runs, from any thread."""
        if self._loop is not None:
            # A turn later, as what has just been given to the loop begins in this one.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._loop.call_soon, self._cancel)

    def close(self) -> None:
        """Wait for what still runs, and end the thread."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is None or self._loop is None:
            return
        self._loop.call_soon_threadsafe(self._closing.set)
        # The garbage collector may call this, in whichever thread.
        if thread is not threading.current_thread():
            thread.join()

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._thread is None or self._loop is None:
                self._loop, self._closing = asyncio.new_event_loop(), asyncio.Event()
                self._thread = threading.Thread(
                    target=self._serve, args=(self._loop,), name="kernels", daemon=True
                )
                self._thread.start()
            return self._loop

    def _serve(self, loop: asyncio.AbstractEventLoop) -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            loop.set_default_executor(ThreadPoolExecutor(_MOST_THREADS, "kernels"))
            runner.run(self._until_closed())

    async def _until_closed(self) -> None:
        await self._closing.wait()
        await self._until_all_ended()

    async def _until_all_ended(self) -> None:
        if self._runs:
            await asyncio.wait(self._runs)

    async def _contained(self, coroutine: Coroutine[Any, Any, T], ended: "Future[T]") -> None:
        """Run a coroutine; whatever it raises, even SystemExit, is for whoever waits for it."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine is run by one
        self._runs.add(task)
        try:
            ended.set_result(await coroutine)
        except BaseException as error:  # noqa: BLE001 - it would end the loop, and all other runs
            ended.set_exception(error)
        finally:
            self._runs.discard(task)

    def _cancel(self) -> None:
        for run in self._runs:
            run.cancel()


async def to_its_end(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that is not cancelled with whoever awaits it, who is only when it has ended.

    Raises:
        asyncio.CancelledError: Whoever awaits it was cancelled.
    """
    task = asyncio.ensure_future(coroutine)
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([task])
    refuse_if_cancelled()
    return task.result()


def refuse_if_cancelled() -> None:
    """Be cancelled if the whole run was: nbclient takes every cancellation for the kernel's end.

    Raises:
        CancelledError: The current task was asked to end.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
