"""Drives one kernel through one plan: starts it, feeds it cells, and leaves nothing of it."""

import asyncio
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager

from grader.errors import KernelFault
from grader.evidence import Evidence
from grader.isolation.confinement import Confinement
from grader.kernel import outcome
from grader.kernel.cells import MODULE, Cells
from grader.kernel.client import BoundedClient
from grader.kernel.event_loop import to_its_end
from grader.kernel.job import Job, Run
from grader.kernel.manager import OwnKernelManager, end, own_kernel
from grader.kernel.service import Service
from grader.kernel.workspace import Workspace
from grader.processes.backend import Backend
from grader.processes.environment import confined_environment
from grader.processes.tree import ProcessTree, mark, number
from grader.processes.watch import Watch
from grader.records import Execution

Origin = tuple[Backend, tuple[str, ...]]


class Driver:
    """One run of one job.

    Args:
        job: What to run.
        place: Where.
        origin: Where its kernel comes from, and the layers of isolation applied to it.
        places: As many as may run at a time.
        service: What else is done for the kernel.
    """

    def __init__(
        self,
        job: Job,
        place: Workspace,
        origin: Origin,
        places: asyncio.Semaphore,
        service: Service,
    ) -> None:
        self._job = job
        self._backend, layers = origin
        limits = job.limits
        self._mark = mark()
        self._confinement = Confinement(
            str(place.root),
            layers,
            limits.cpu_s,
            limits.processes > 0,
            number(self._mark),
            reads=tuple(map(str, job.arrays.values())),
        )
        self._place = place
        self._processes = ProcessTree(self._mark, place.root)
        self._watch = Watch(self._processes, place.root, job.limits)
        self._cells = Cells(job, places)
        self._facts = outcome.Facts(())
        self._start_s = 0.0
        self._service = service
        self._socket = ""

    def set_up(self) -> AbstractContextManager[None]:
        """Have what parts are to find around them, before the run until after it."""
        return self._cells.set_up(self._place)

    async def drive(self) -> None:
        """Run the cells; what may take long is done in a thread, as other runs share the loop.

        Raises:
            KernelFault: The kernel could not be started.
        """
        kernel = own_kernel(self._place.root, self._job.limits.message_bytes, self._backend)
        client = BoundedClient(self._cells.notebook, kernel, self._job.limits)
        start = time.monotonic()
        try:
            self._socket = self._service.start(self._place.root, lambda: self._cells.running)
            await self._start(client)
            async with self._watched(client):
                await self._begin(client)
                self._start_s = time.monotonic() - start
                await self._cells.run(client)
        finally:
            await to_its_end(self._end(client, kernel))

    async def _start(self, client: BoundedClient) -> None:
        run, threads = self._mark, self._job.limits.threads
        variables = confined_environment(self._place.root, threads, run, self._confinement)
        try:
            await client.async_start_new_kernel(
                cwd=str(self._place.notebooks),
                env=variables,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            self._processes.add(_pid(client))
            await client.connect()
        except Exception as error:
            raise KernelFault(
                f"The kernel could not be started: {type(error).__name__}: {error}"
            ) from error

    @asynccontextmanager
    async def _watched(self, client: BoundedClient) -> AsyncIterator[None]:
        self._watch.start()
        try:
            yield
        finally:
            await to_its_end(self._look_back(client))

    async def _look_back(self, client: BoundedClient) -> None:
        await asyncio.to_thread(self._watch.stop)
        statuses = [cell.status for cell in self._cells.runs]
        self._facts = outcome.Facts(
            cells=statuses,
            fault=self._cells.fault,
            over=self._watch.over,
            overdue=client.late,
            lost=client.lost,
            exit_code=await client.exit_code(),
        )

    async def _begin(self, client: BoundedClient) -> None:
        threads, confinement = self._job.limits.threads, self._confinement.to_json()
        # From the notebook's folder, as a socket's address cannot be long.
        trained_at = f"../{self._socket}" if self._socket else ""
        arrays = {name: str(folder) for name, folder in self._job.arrays.items()}
        arguments = (str(self._place.evidence), threads, confinement, trained_at, arrays)
        call = f"{MODULE}.start{arguments!r}"
        problem = await client.run_silently(call, self._job.limits.start_s)
        if problem is not None:
            raise KernelFault(f"The kernel's probe could not be started: {problem}")

    async def _end(self, client: BoundedClient, kernel: OwnKernelManager) -> None:
        await asyncio.to_thread(self._processes.descendants)
        await end(kernel, client)
        await asyncio.to_thread(self._clear)

    def _clear(self) -> None:
        self._service.close()
        if self._confinement.solitary:
            self._processes.kill_and_wait()
        else:
            self._processes.kill_all()

    def result(self, evidence: Evidence) -> Run:
        """Put together what came of it."""
        self._cells.compare(evidence, self._place.read)
        for fault in self._cells.faults:
            evidence.add(fault)
        answered = self._service.result(evidence)
        ended = outcome.status(self._facts)
        execution = Execution(
            status=ended,
            cells=self._cells.with_errors(evidence),
            seed=self._job.seed,
            wall_s=self._start_s + self._cells.wall_s,
            cpu_s=self._watch.cpu_s + self._service.cpu_s,
            peak_rss_bytes=self._watch.peak_rss_bytes,
            message=outcome.message(ended, self._job.limits, self._facts.fault),
        )
        return Run(execution, evidence, self._cells.notebook, answered)


def _pid(client: BoundedClient) -> int:
    pid = getattr(getattr(client.km, "provisioner", None), "pid", None)
    if pid is None:
        raise RuntimeError("it has no process")
    return int(pid)
