"""Drives one kernel through one plan: starts it, feeds it cells, and leaves nothing of it."""

import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import nbformat

from grader.errors import KernelFault
from grader.evidence import Evidence, Fault
from grader.kernel import outcome, processes
from grader.kernel.backend import Backend
from grader.kernel.client import BoundedClient
from grader.kernel.environment import kernel_environment
from grader.kernel.job import Job, Run
from grader.kernel.manager import OwnKernelManager, end, own_kernel
from grader.kernel.watch import Watch
from grader.kernel.workspace import Workspace
from grader.records import CellError, CellRun, CellStatus, Execution

MODULE = "__import__('grader.probe.session', fromlist=['session'])"


class Driver:
    """One run of one job.

    Args:
        job: What to run.
        place: Where.
        backend: Where its kernel comes from.
    """

    def __init__(self, job: Job, place: Workspace, backend: Backend) -> None:
        self._job = job
        self._backend = backend
        self._place = place
        self._mark = processes.mark()
        self._family = processes.Family(self._mark, place.root)
        self._watch = Watch(self._family, job.limits.memory_bytes)
        self._notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell.source) for cell in job.cells]
        )
        self._cells = [CellRun(CellStatus.NOT_RUN)] * len(job.cells)
        self._facts = outcome.Facts(())
        self._faults: list[Fault] = []
        self._wall_s = 0.0

    async def drive(self) -> None:
        """Run the cells.

        Raises:
            KernelFault: The kernel could not be started.
        """
        start = time.monotonic()
        kernel = own_kernel(self._place.root, self._job.limits.message_bytes, self._backend)
        client = BoundedClient(self._notebook, kernel, self._job.limits)
        try:
            await self._start(client)
            async with self._watched(client):
                await self._begin(client)
                await self._run_cells(client)
        finally:
            await self._end(client, kernel)
            self._wall_s = time.monotonic() - start

    async def _start(self, client: BoundedClient) -> None:
        python, threads = Path(sys.executable), self._job.limits.threads
        variables = kernel_environment(dict(os.environ), self._place.root, python, threads)
        try:
            await client.async_start_new_kernel(
                cwd=str(self._place.notebooks),
                env=variables | {processes.MARK: self._mark},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            self._family.add(_pid(client))
            await client.connect()
        except Exception as error:
            raise KernelFault(f"The kernel could not be started: {_words(error)}") from error

    @asynccontextmanager
    async def _watched(self, client: BoundedClient) -> AsyncIterator[None]:
        self._watch.start()
        try:
            yield
        finally:
            self._watch.stop()
            unfinished = any(cell.status is CellStatus.NOT_RUN for cell in self._cells)
            self._facts = outcome.Facts(
                cells=[cell.status for cell in self._cells],
                fault=self._facts.fault,
                memory_exceeded=self._watch.exceeded,
                crowded=self._watch.crowded,
                overdue=client.overdue and unfinished,
                lost=client.lost,
                exit_code=await client.exit_code(),
            )

    async def _begin(self, client: BoundedClient) -> None:
        arguments = (str(self._place.evidence), self._job.limits.threads)
        problem = await client.run_silently(
            f"{MODULE}.start{arguments!r}", self._job.limits.start_s
        )
        if problem is not None:
            raise KernelFault(f"The kernel's probe could not be started: {problem}")
        client.start_clock()

    async def _run_cells(self, client: BoundedClient) -> None:
        try:
            for index in range(len(self._job.cells)):
                if client.lost or client.overdue:
                    break
                await self._run_cell(client, index)
        except Exception as error:  # noqa: BLE001 - what was observed so far is kept
            self._facts = replace(self._facts, fault=_words(error))

    async def _run_cell(self, client: BoundedClient, index: int) -> None:
        planned = self._job.cells[index]
        if planned.calls or index == 0:
            await self._tell(client, "seed", f"before({self._job.seed})")
        start = time.monotonic()
        ended = await client.run_cell(self._notebook.cells[index], index)
        self._cells[index] = CellRun(ended, wall_s=time.monotonic() - start)
        if client.lost:
            return
        requests = self._job.requests(planned, ended)
        call = f"after({index}, {planned.name!r}, {requests!r})"
        if not await self._tell(client, "cell", call) and ended is CellStatus.DONE:
            # What the cell started or defined ends the kernel only now.
            self._cells[index] = replace(self._cells[index], status=CellStatus.DIED)

    async def _tell(self, client: BoundedClient, name: str, call: str) -> bool:
        """Have the probe do something; return whether the kernel lives on."""
        problem = await client.run_silently(f"{MODULE}.{call}", self._job.limits.probe_s)
        if client.lost:
            return False
        if problem is not None:
            self._faults.append(Fault(kind="fault", name=name, message=problem[:4_000]))
        return True

    async def _end(self, client: BoundedClient, kernel: OwnKernelManager) -> None:
        self._family.descendants()
        await end(kernel, client)
        self._family.reap()

    def result(self, evidence: Evidence) -> Run:
        """Put together what came of it."""
        for fault in self._faults:
            evidence.add(fault)
        cells = tuple(_with_error(cell, n, evidence) for n, cell in enumerate(self._cells))
        ended = outcome.status(self._facts)
        execution = Execution(
            status=ended,
            cells=cells,
            seed=self._job.seed,
            wall_s=self._wall_s,
            cpu_s=self._watch.cpu_s,
            peak_rss_bytes=self._watch.peak_rss_bytes,
            message=outcome.message(ended, self._job.limits, self._facts.fault),
        )
        return Run(execution, evidence, self._notebook)


def _pid(client: BoundedClient) -> int:
    pid = getattr(getattr(client.km, "provisioner", None), "pid", None)
    if pid is None:
        raise RuntimeError("it has no process")
    return int(pid)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _with_error(cell: CellRun, index: int, evidence: Evidence) -> CellRun:
    end = evidence.cells.get(index)
    if cell.status is not CellStatus.RAISED or end is None or end.error is None:
        return cell
    raised = end.error
    error = CellError(raised.name, raised.message, raised.line, raised.function, raised.cell)
    return replace(cell, error=error)
