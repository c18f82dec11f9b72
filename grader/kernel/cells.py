"""The cells of one run: executed in order, observed after each, with how each ended."""

import asyncio
import time
from contextlib import AbstractContextManager
from dataclasses import replace

import nbformat

from grader.evidence import Evidence, Fault
from grader.kernel.challenges import Challenges
from grader.kernel.client import BoundedClient
from grader.kernel.job import Job
from grader.kernel.workspace import Workspace
from grader.kinds.challenge import Read
from grader.records import CellError, CellRun, CellStatus

MODULE = "__import__('grader.probe.session', fromlist=['session'])"


class Cells:
    """Runs a job's cells in a kernel that is ready.

    Args:
        job: What to run.
        places: As many as may compute at a time. What comes before the first call of a graded
            function, imports and definitions for the most part, needs none.
    """

    def __init__(self, job: Job, places: asyncio.Semaphore) -> None:
        self._job = job
        self._places = places
        self._challenges = Challenges(job)
        self.notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell.source) for cell in job.cells]
        )
        self.runs = [CellRun(CellStatus.NOT_RUN)] * len(job.cells)
        self.faults: list[Fault] = []
        self.fault = ""
        self.wall_s = 0.0
        # Place in the plan of the cell that runs, or ran last.
        self.running: int | None = None

    def set_up(self, place: Workspace) -> AbstractContextManager[None]:
        """Have what parts are to find around them, until the run has ended.

        Args:
            place: Where the run is.
        """
        return self._challenges.set_up(place.copies, place.splits)

    async def run(self, client: BoundedClient) -> None:
        """Run the cells until one ends the kernel or the time; ``fault`` tells a failure of ours.

        Args:
            client: Executes them.
        """
        calling = [index for index, cell in enumerate(self._job.cells) if cell.calls]
        first = calling[0] if calling else 0
        client.start_clock()
        try:
            if self._challenges.modules:
                await self._tell(client, "cell", f"prepare_kinds({self._challenges.modules!r})")
            await self._run(client, 0, first)
            waiting = time.monotonic()
            async with self._places:
                client.put_off(time.monotonic() - waiting)
                await self._run(client, first, len(self.runs))
        except Exception as error:  # noqa: BLE001 - what was observed so far is kept
            self.fault = f"{type(error).__name__}: {error}"

    async def _run(self, client: BoundedClient, first: int, end: int) -> None:
        start = time.monotonic()
        for index in range(first, end):
            if client.lost or not client.has_time():
                break
            await self._run_cell(client, index)
        self.wall_s += time.monotonic() - start

    async def _run_cell(self, client: BoundedClient, index: int) -> None:
        planned = self._job.cells[index]
        self.running = index
        if planned.calls or index == 0:
            await self._tell(client, "seed", f"before({self._job.seed}, {[*self._job.probes]!r})")
        start = time.monotonic()
        ended = await client.run_cell(self.notebook.cells[index], index)
        self.runs[index] = CellRun(ended, wall_s=time.monotonic() - start)
        if client.lost:
            return
        requests = self._challenges.requests(index, ended)
        call = f"after({index}, {planned.name!r}, {requests!r})"
        with self._challenges.shown(requests):
            lives = await self._tell(client, "cell", call)
        if not lives and ended is CellStatus.DONE:
            # What the cell started or defined ends the kernel only now.
            died, looked = CellStatus.DIED, bool(requests)
            self.runs[index] = replace(self.runs[index], status=died, probed=looked)

    async def _tell(self, client: BoundedClient, name: str, call: str) -> bool:
        """Have the probe do something; return whether the kernel lives on."""
        problem = await client.run_silently(f"{MODULE}.{call}", self._job.limits.probe_s)
        if client.lost:
            return False
        if problem is not None:
            self.faults.append(Fault(kind="fault", name=name, message=problem[:4_000]))
        return True

    def compare(self, evidence: Evidence, read: Read) -> None:
        """Take out of what the kernel said all that does not answer to what it was tried with.

        Args:
            evidence: What it said; it is changed.
            read: Reads a file that the notebook left.
        """
        self._challenges.compare(evidence, read)

    def with_errors(self, evidence: Evidence) -> tuple[CellRun, ...]:
        """Return how the cells ended, with the exceptions that the probe saw."""
        return tuple(_with_error(cell, n, evidence) for n, cell in enumerate(self.runs))


def _with_error(cell: CellRun, index: int, evidence: Evidence) -> CellRun:
    end = evidence.cells.get(index)
    if cell.status is not CellStatus.RAISED or end is None or end.error is None:
        return cell
    raised = end.error
    error = CellError(raised.name, raised.message, raised.line, raised.function, raised.cell)
    return replace(cell, error=error)
