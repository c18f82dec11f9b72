"""What it costs when the grader trains, and when it need not."""

import statistics
import tempfile
import time
from pathlib import Path

from grader.assignments import happy_or_sad
from grader.attempts import Images
from grader.isolation.choice import Isolation
from grader.kernel.backend import Backend
from grader.kernel.job import Job
from grader.kernel.kernels import Kernels
from grader.kernel.trainings import Teaching
from grader.notebook.match import choose
from grader.notebook.read import read
from grader.notebook.restore import restore
from grader.training.memo import Memo
from tests.bench.solutions import NAME, SOLUTIONS, write

TIMES = 5
# The one with the largest layer, where the optimizer has most to do.
CHOSEN = max(SOLUTIONS, key=lambda one: one.units)


def trained(folder: Path) -> str:
    """Measure one submission, trained in its kernel, by the grader, and from the memo."""
    folder.mkdir(parents=True)
    job = _job(folder)
    rows: dict[str, list[float]] = {"kernel": [], "grader": [], "memo": []}
    with tempfile.TemporaryDirectory() as kept, Kernels(Backend.FORKED, Isolation.STRICT) as first:
        memo = Teaching(Memo(Path(kept)))
        ways = {
            "kernel": first,
            "grader": Kernels(Backend.FORKED, Isolation.STRICT, teaching=Teaching()),
            "memo": Kernels(Backend.FORKED, Isolation.STRICT, teaching=memo),
        }
        ways["memo"].run(job)
        for _ in range(TIMES):
            for name, kernels in ways.items():
                rows[name].append(_took(kernels, job))
    medians = {name: statistics.median(seconds) for name, seconds in rows.items()}
    lines = "\n".join(
        f"| {name} | {median:.2f} | {median / medians['kernel']:.2f} |"
        for name, median in medians.items()
    )
    return f"""\
## What it costs that the grader trains

Wall seconds of one submission, a dense layer of {CHOSEN.units} units, from its work folder to the
end of its last process, median of {TIMES} in turns: trained in its kernel, by the grader, and
remembered by it.

| trained by | seconds | times the kernel's |
| --- | --- | --- |
{lines}
"""


def _job(folder: Path) -> Job:
    write(folder, (CHOSEN,))
    images = Images.of(happy_or_sad.dataset, None)
    submission = read(folder / CHOSEN.id / NAME)
    plan = restore(submission, choose(happy_or_sad.layouts(), submission.cells))
    return Job(
        plan.cells, happy_or_sad.requests, images.folder, images.kit_folder, 1,
        happy_or_sad.limits, images.sha256, happy_or_sad.target.most_epochs,
    )  # fmt: skip


def _took(kernels: Kernels, job: Job) -> float:
    began = time.perf_counter()
    kernels.run(job)
    return time.perf_counter() - began
