"""A class in which most have copied: how often is trained, and what a copy costs."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import nbformat
from at_hand import CHOICE

from grader.attempts import Progress
from grader.batch import output, submissions
from grader.batch.local import Grading, grade_all
from grader.fits.options import TrainingOptions
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Entry, Graded, Pipeline
from grader.processes.backend import Backend
from grader.report.document import Report
from grader.trainers import Trainer
from grader.training.memo import Memo
from tests.bench.written import NETWORKS, STYLES, written

WORKERS = 2
# The batch has one more in hand than workers, which waits for a place.
IN_HAND = WORKERS + 1
ORIGINAL = "original"


@dataclass(frozen=True)
class Class:
    """What came of a class.

    Args:
        reports: Of all submissions.
        trained: How often the trainer was asked to train.
        kept: How many trainings the memo has afterwards.
        copies_s: Seconds that each copy was in hand.
        wall_s: Seconds for the whole class.
    """

    reports: list[Report]
    trained: int
    kept: int
    copies_s: list[float]
    wall_s: float

    @property
    def needed(self) -> int:
        """How many trainings the originals need: one for each seed that was tried."""
        return sum(
            len(report.trainings[0].seeds)
            for report in self.reports
            if ORIGINAL in report.submission.id
        )

    @property
    def passed(self) -> int:
        """How many submissions passed."""
        return sum(report.score.passed for report in self.reports)

    @property
    def worker_s(self) -> list[float]:
        """Seconds of a worker that each copy took: without those for which it waited for one."""
        return [seconds * WORKERS / IN_HAND for seconds in self.copies_s]


class _Timed(Pipeline):
    """Notes how long each submission is in hand."""

    def __init__(self, kernels: Kernels) -> None:
        super().__init__(kernels, CHOICE)
        self.seconds: dict[str, float] = {}

    def grade(self, entry: Entry, progress: Progress = lambda _: None) -> Graded:
        began = time.perf_counter()
        graded = super().grade(entry, progress)
        self.seconds[entry.id] = time.perf_counter() - began
        return graded


def graded(
    folder: Path, networks: int, styles: int, isolation: Isolation, workers: int = WORKERS
) -> Class:
    """Grade a class with an empty memo, the originals first.

    Args:
        folder: To work in.
        networks: How many originals there are.
        styles: In how many ways each is handed in, the original one included.
        isolation: Of the kernels.
        workers: How many are graded at a time; what two want at once is trained for both.
    """
    _write(folder / "class", networks, styles)
    entries = submissions.find([folder / "class"])
    memo = folder / "memo"
    output.prepare(folder / "out")
    options = TrainingOptions(Memo(memo))
    with Kernels(Backend.best(), isolation, workers, options) as kernels, _counted() as calls:
        pipeline = _Timed(kernels)
        began = time.perf_counter()
        made = grade_all(Grading(pipeline, folder / "out", workers, quiet=True), entries)
        wall_s = time.perf_counter() - began
    copies = [took for name, took in pipeline.seconds.items() if ORIGINAL not in name]
    kept = len(list(memo.glob("*.training")))
    return Class(made.reports, len(calls), kept, copies, wall_s)


def _write(folder: Path, networks: int, styles: int) -> None:
    folder.mkdir(parents=True)
    for place, style in enumerate(STYLES[:styles]):
        who = f"{place}-copy" if place else f"{place}-{ORIGINAL}"
        for number, network in enumerate(NETWORKS[:networks]):
            nbformat.write(written(network, style), folder / f"{who}-{number:02}.ipynb")


@contextmanager
def _counted() -> Iterator[list[None]]:
    calls: list[None] = []
    train = Trainer.train

    def counting(*given: object) -> object:
        calls.append(None)
        return train(*given)  # type: ignore[arg-type]

    with patch.object(Trainer, "train", counting):
        yield calls


def copied(folder: Path) -> str:
    """Measure a class of 200, of whom 160 have copied."""
    found = graded(folder, len(NETWORKS), len(STYLES), Isolation.STRICT)
    submitted = len(found.reports)
    return f"""\
## What a copy costs

A class of {submitted}: {len(NETWORKS)} small networks, and {len(found.copies_s)} copies of them by
other names, with other comments and spacing and the arguments in another order. With {WORKERS}
workers and an empty memo, the whole class took {found.wall_s:.0f} s, and {found.passed} passed. A
copy is graded as any other submission, but for its training. Its seconds are those of a worker.

| trainings needed | made | kept | a copy: median | mean |
| --- | --- | --- | --- | --- |
| {found.needed} | {found.trained} | {found.kept} | {statistics.median(found.worker_s):.2f} s \
| {statistics.mean(found.worker_s):.2f} s |
"""
