"""Runs a planned notebook in a fresh kernel and brings back what happened."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader.errors import KernelFault
from grader.evidence import Evidence, load, parse
from grader.kernel import manager, outcome
from grader.kernel.client import BoundedClient
from grader.kernel.limits import Limits
from grader.kernel.watch import Watch
from grader.kernel.workspace import Workspace, environment, workspace
from grader.records import (
    CellError,
    CellRun,
    CellStatus,
    Execution,
    PlannedCell,
    ProbeRequest,
)

MODULE = "__import__('grader.probe.session', fromlist=['session'])"


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run.

    Args:
        cells: The planned cells, in order.
        probes: What is to be observed, by graded name.
        dataset: The folder of images.
        folder: Name of the dataset's folder in the kit.
        seed: Given to Python, NumPy, TensorFlow and Keras.
        limits: What the run may use.
    """

    cells: Sequence[PlannedCell]
    probes: Mapping[str, ProbeRequest]
    dataset: Path
    folder: str
    seed: int
    limits: Limits = Limits()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it: how it went, what was observed, and the notebook with its outputs."""

    execution: Execution
    evidence: Evidence
    notebook: NotebookNode


def run(job: Job) -> Run:
    """Run a job in a work folder and a kernel of its own.

    Raises:
        KernelFault: The work folder or the kernel could not be made.
    """
    with workspace(job.dataset, job.folder) as place:
        driver = _Driver(job, place)
        try:
            asyncio.run(driver.drive())
        except (OSError, RuntimeError) as error:
            raise KernelFault(f"The kernel could not be started or driven: {error}") from error
        return driver.result(parse(load(place.evidence)))


class _Driver:
    def __init__(self, job: Job, place: Workspace) -> None:
        self._job = job
        self._place = place
        self._mark = manager.mark()
        self._notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell.source) for cell in job.cells]
        )
        self._cells = [CellRun(CellStatus.NOT_RUN)] * len(job.cells)
        self._facts = outcome.Facts((), started=False)
        self._wall_s = self._cpu_s = 0.0
        self._peak = 0

    async def drive(self) -> None:
        start = time.monotonic()
        kernel = manager.own_kernel(self._place.root)
        client = BoundedClient(self._notebook, kernel, self._job.limits)
        try:
            await self._start(client)
            watch = Watch(_pid(kernel), self._mark, self._job.limits.memory_bytes)
            watch.start()
            try:
                await self._run_cells(client)
            finally:
                watch.sample()
                watch.stop()
                self._cpu_s, self._peak = watch.cpu_s, watch.peak_rss_bytes
                self._facts = replace(
                    self._facts, memory_exceeded=watch.exceeded, overdue=client.overdue
                )
        finally:
            await self._end(client, kernel)
            self._wall_s = time.monotonic() - start

    async def _start(self, client: BoundedClient) -> None:
        inherited = dict(os.environ)
        threads = self._job.limits.threads
        variables = environment(inherited, self._place.root, Path(sys.executable), threads)
        variables[manager.MARK] = self._mark
        await client.async_start_new_kernel(
            cwd=str(self._place.notebooks),
            env=variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        await client.async_start_new_kernel_client()

    async def _end(self, client: BoundedClient, kernel: manager.OwnKernelManager) -> None:
        if client.kc is not None:
            client.kc.stop_channels()
        if kernel.has_kernel:
            await kernel.shutdown_kernel(now=True)
        manager.reap(self._mark)

    async def _run_cells(self, client: BoundedClient) -> None:
        graded = [cell.name for cell in self._job.cells if cell.name]
        arguments = (str(self._place.evidence), graded, self._job.limits.threads)
        problem = await client.run_silently(f"{MODULE}.start{arguments!r}")
        self._facts = replace(self._facts, started=problem is None)
        for index in range(len(self._job.cells)):
            if problem is not None or client.lost or client.overdue:
                break
            await self._run_cell(client, index)
        self._facts = replace(self._facts, cells=[cell.status for cell in self._cells])

    async def _run_cell(self, client: BoundedClient, index: int) -> None:
        planned = self._job.cells[index]
        if planned.calls or index == 0:
            await client.run_silently(f"{MODULE}.before({self._job.seed})")
        start = time.monotonic()
        ended = await client.run_cell(self._notebook.cells[index], index)
        self._cells[index] = CellRun(ended, wall_s=time.monotonic() - start)
        if not client.lost:
            await client.run_silently(f"{MODULE}.after({index}, {self._requests(planned)!r})")

    def _requests(self, cell: PlannedCell) -> list[dict[str, str | None]]:
        wanted = [
            probe
            for name, probe in self._job.probes.items()
            if name in (cell.calls if probe.after_call else {cell.name})
        ]
        return [
            {"kind": probe.kind, "name": probe.name, "variable": probe.variable} for probe in wanted
        ]

    def result(self, evidence: Evidence) -> Run:
        cells = tuple(
            replace(cell, error=_error(index, evidence)) for index, cell in enumerate(self._cells)
        )
        ended = outcome.status(self._facts)
        execution = Execution(
            status=ended,
            cells=cells,
            seed=self._job.seed,
            wall_s=self._wall_s,
            cpu_s=self._cpu_s,
            peak_rss_bytes=self._peak,
            message=outcome.message(ended, self._job.limits),
        )
        return Run(execution, evidence, self._notebook)


def _pid(kernel: manager.OwnKernelManager) -> int:
    pid = getattr(kernel.provisioner, "pid", None)
    if pid is None:
        raise RuntimeError("the kernel has no process")
    return int(pid)


def _error(index: int, evidence: Evidence) -> CellError | None:
    end = evidence.cells.get(index)
    if end is None or end.error is None:
        return None
    raised = end.error
    return CellError(raised.name, raised.message, raised.line, raised.function, raised.cell)
