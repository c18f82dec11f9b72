"""What it costs when the grader trains, and when it need not."""

import resource
import statistics
import tempfile
from pathlib import Path

import psutil

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.fits.options import TrainingOptions
from grader.images import Images
from grader.isolation.choice import Isolation
from grader.kernel.job import Job
from grader.kernel.kernels import Kernels
from grader.notebook.editions import choose
from grader.notebook.read import read
from grader.notebook.restore import restore
from grader.processes.backend import Backend
from grader.processes.template.handle import shared
from grader.training.memo import Memo
from tests.bench.solutions import NAME, Solution, write

TIMES = 10
# A usual one with a large layer, where the optimizer has most to do.
CHOSEN = Solution((16, 32, 64), 512, "Adam")


def trained(folder: Path) -> str:
    """Measure one submission, trained in its kernel, by the grader, and from the memo."""
    folder.mkdir(parents=True)
    images = Images.of(happy_or_sad.data, None)
    job = _job(folder, images)
    with tempfile.TemporaryDirectory() as kept, Kernels(Backend.FORKED, Isolation.STRICT):
        chosen = {
            "its kernel": None,
            "the grader, exactly": TrainingOptions(exact=True),
            "the grader": TrainingOptions(),
            "nobody: remembered": TrainingOptions(Memo(Path(kept))),
        }
        ways = {
            name: Kernels(Backend.FORKED, Isolation.STRICT, training=options)
            for name, options in chosen.items()
        }
        for kernels in ways.values():
            # What is imported late is imported, and one training remembered.
            kernels.run(job)
        return _section(_in_turns(ways, job))


def _in_turns(ways: dict[str, Kernels], job: Job) -> dict[str, list[tuple[float, float]]]:
    """Run the job in each way, again and again; return what was used and what was told of it."""
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(TIMES):
        for name, kernels in ways.items():
            before = used()
            told = kernels.run(job).execution.cpu_s
            rows[name].append((used() - before, told))
    return rows


def used() -> float:
    """Return the processor time of this process and of all that its template forked and ended."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    forked = psutil.Process(shared().pid).cpu_times()
    return (
        own.ru_utime + own.ru_stime
        + forked.user + forked.system + forked.children_user + forked.children_system
    )  # fmt: skip


def _section(rows: dict[str, list[tuple[float, float]]]) -> str:
    medians = {
        name: [statistics.median(column) for column in zip(*found, strict=True)]
        for name, found in rows.items()
    }
    base = medians["its kernel"][0]
    lines = "\n".join(
        f"| {name} | {used:.2f} | {used / base:.2f} | {told:.2f} |"
        for name, (used, told) in medians.items()
    )
    filters = ", ".join(map(str, CHOSEN.filters))
    return f"""\
## What it costs that the grader trains

Processor seconds, user and system, of one submission whose network has convolutions of
{filters} filters and a dense layer of {CHOSEN.units} units: of the grader, the kernel, the trainer
and whatever they started, from the work folder to the end of the last process, median of {TIMES} in
turns. The last column is what the report says, which is
without the grader itself.

| trained by | seconds | times the kernel's | in the report |
| --- | --- | --- | --- |
{lines}
"""


def _job(folder: Path, images: Images) -> Job:
    write(folder, (CHOSEN,))
    submission = read(folder / CHOSEN.id / NAME)
    plan = restore(submission, choose(happy_or_sad.layouts(), submission.cells))
    return Job(
        plan.cells, happy_or_sad.by_name, images.folder, images.kit_folder, 1,
        happy_or_sad.limits, images.sha256, happy_or_sad.most_epochs,
    )  # fmt: skip
