"""How many kernels compute at a time; others get ready meanwhile, or end."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LOOK_S = 0.02


class Places:
    """As many places as may be taken at a time, by runs in any threads.

    Args:
        count: How many.
    """

    def __init__(self, count: int) -> None:
        self._free = threading.Semaphore(count)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a place and take it."""
        # Every run has an event loop of its own, so none can wake another; and a wait that blocks
        # could not be cancelled.
        while not self._free.acquire(blocking=False):  # noqa: ASYNC110 - see above
            await asyncio.sleep(LOOK_S)
        try:
            yield
        finally:
            self._free.release()
