"""What else is measured: functions that each return a section of the page, heading included."""

import asyncio
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import nbformat
import psutil

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.images import Images
from grader.isolation.choice import Isolation
from grader.kernel.client import BoundedClient
from grader.kernel.job import Job
from grader.kernel.kernels import Kernels
from grader.kernel.manager import end, own_kernel
from grader.notebook.editions import choose
from grader.notebook.read import read
from grader.notebook.restore import restore
from grader.processes.backend import Backend
from grader.processes.limits import Limits
from grader.processes.template.handle import shared
from grader.records import PlannedCell, Role
from tests.bench.copies import copied
from tests.bench.measure import share
from tests.bench.solutions import NAME, SOLUTIONS, write
from tests.bench.training import trained, used

TIMES = 20
EVERY_S = 0.1
# The largest of the solutions, and what is trained beside it.
LARGEST = sorted(SOLUTIONS, key=lambda one: max(one.filters) * one.units)[-2:]


def ready(folder: Path) -> str:
    """Measure how long it takes from asking for a kernel until it answers."""
    folder.mkdir(parents=True)
    with Kernels(Backend.FORKED, Isolation.NONE):
        _asked(folder, Backend.FORKED, 1)
        forked = _asked(folder, Backend.FORKED, TIMES)
    fresh = _asked(folder, Backend.FRESH, TIMES)
    return f"""\
## How soon a kernel is ready

Seconds from asking for a kernel until it answers, {TIMES} times each, with the template running.
The forked kernel has TensorFlow imported; the fresh one has yet to do it.

| kernel | least | median | most |
| --- | --- | --- | --- |
| forked | {_spread(forked)} |
| fresh | {_spread(fresh)} |
"""


def _spread(seconds: Sequence[float]) -> str:
    figures = (min(seconds), statistics.median(seconds), max(seconds))
    return " | ".join(f"{figure:.2f}" for figure in figures)


def _asked(folder: Path, backend: Backend, times: int) -> list[float]:
    places = [Path(tempfile.mkdtemp(dir=folder)) for _ in range(times)]
    return [asyncio.run(_seconds(place, backend)) for place in places]


async def _seconds(folder: Path, backend: Backend) -> float:
    kernel = own_kernel(folder, Limits().message_bytes, backend)
    client = BoundedClient(nbformat.v4.new_notebook(), kernel, Limits())
    began = time.perf_counter()
    await client.async_start_new_kernel(cwd=str(folder))
    await client.connect()
    took = time.perf_counter() - began
    await end(kernel, client)
    return took


def isolation(folder: Path) -> str:
    """Measure what isolation adds to a submission that does nothing else."""
    folder.mkdir(parents=True)
    images = Images.of(happy_or_sad.data, None)
    job = Job([PlannedCell("x = 1", Role.REQUIRED)], {}, images.folder, images.kit_folder, 1)
    with Kernels(Backend.FORKED, Isolation.NONE) as open_:
        shut = Kernels(Backend.FORKED, Isolation.STRICT)
        _took(open_, job)
        pairs = [(_took(open_, job), _took(shut, job)) for _ in range(TIMES)]
    without, strict = ([*zip(*column, strict=True)] for column in zip(*pairs, strict=True))
    medians = [[statistics.median(kind) for kind in found] for found in (without, strict)]
    cpu, wall = (more - less for less, more in zip(*medians, strict=True))
    times = medians[1][0] / medians[0][0]
    return f"""\
## What isolation costs

Processor seconds, user and system, of a submission of one cell that does nothing: of the grader,
its template and the kernel, from the work folder to the end of the last process, {TIMES} times each
in turns. Isolation adds {cpu:.3f} s to the median, which then is {times:.2f} times what it is
without, and {wall:.3f} s of wall time.

| isolation | least | median | most |
| --- | --- | --- | --- |
| none | {_spread(without[0])} |
| strict | {_spread(strict[0])} |
"""


def _took(kernels: Kernels, job: Job) -> tuple[float, float]:
    """Return the processor time and the wall time of a run, in seconds."""
    before, began = used(), time.perf_counter()
    kernels.run(job)
    return used() - before, time.perf_counter() - began


def memory(folder: Path) -> str:
    """Measure the memory of the template and of two kernels that train at the same time."""
    folder.mkdir(parents=True)
    images = Images.of(happy_or_sad.data, None)
    with Kernels(Backend.FORKED, Isolation.NONE) as kernels:
        threads = [
            threading.Thread(target=kernels.run, args=(_job(folder, number, images),))
            for number in range(len(LARGEST))
        ]
        for thread in threads:
            thread.start()
        peak = _peak(threads)
    return f"""\
## How much memory a template and two kernels take

The most at a time, while they trained the two largest of the submissions; what they share is
counted once: {peak / 1e9:.2f} GB.
"""


def _peak(threads: list[threading.Thread]) -> int:
    peak = 0
    while any(thread.is_alive() for thread in threads):
        time.sleep(EVERY_S)
        template = psutil.Process(shared().pid)
        peak = max(peak, share(template) + sum(map(share, template.children())))
    return peak


def _job(folder: Path, number: int, images: Images) -> Job:
    chosen = LARGEST[number]
    write(folder, (chosen,))
    submission = read(folder / chosen.id / NAME)
    plan = restore(submission, choose(happy_or_sad.layouts(), submission.cells))
    requests, limits = happy_or_sad.by_name, happy_or_sad.limits
    return Job(plan.cells, requests, images.folder, images.kit_folder, 1, limits)


# Called in this order, each with a folder of its own to work in, which is not there yet.
SECTIONS: Mapping[str, Callable[[Path], str]] = {
    section.__name__: section for section in (ready, isolation, trained, copied, memory)
}
