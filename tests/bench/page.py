"""Writes the tables and the page."""

import os
import platform
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench.results import Result
from tests.bench.solutions import Solution

GIB = 2**30
NAMES = {"grader": "grader", "nbgrader": "nbgrader", "otter": "Otter-Grader"}
PACKAGES = {"grader": "notebook-grader", "nbgrader": "nbgrader", "otter": "otter-grader"}
ASK = """
import platform, sys
from importlib.metadata import version
print("Python", platform.python_version(), end="")
for name in sys.argv[1:]:
    print(",", name, version(name), end="")
"""
AFTER_SECTIONS = "## How it is measured"
PAGE = """\
# How long grading takes

The same {submissions} correct and different submissions, [some of them
unlucky](#the-submissions), graded by this grader, by nbgrader and by
Otter-Grader. Each works as it ships, one after the other, on one machine and in one run.
`make bench` repeats it and writes this page anew.

{table}

*Not training* is what a worker spends on a submission apart from `Model.fit`: the seconds of the
whole class times the workers, less all seconds inside `Model.fit` and those in which a worker had
no submission left, divided by the submissions. What a tool takes to start is in it.
*Memory* is the most that all processes of a tool had in use at a time; what they share is counted
once.

{ratios}
{sections}
## How it is measured

- The commands: `grader grade FOLDER --out DIR --jobs 2`, `nbgrader autograde ASSIGNMENT`, and
  `otter run` for one submission after the other, with the settings that they come with. Making a
  course for nbgrader and the zip file for Otter is not timed.
- Where nothing else is said, it is wall time on a machine that others may use as well: look at the
  ratios, not at the digits.
- Nothing comes from a cache: the folders are new each time. TensorFlow was imported once in either
  environment before, so that nobody waits for the disk.
- nbgrader and Otter run every cell of the notebook, this grader those that count. For them the
  images lie beside the notebook, and its cell that looks for the course's notes is left out. They
  check what is comparable: the batches, the callback, the layers, what was compiled, and the
  epochs it took.
- They do not fix the seeds and try no second time, so that chance may fail some of their
  submissions.
- A start-up file of IPython notes the seconds inside `Model.fit` in their kernels; this grader
  writes them into its reports, those of all seeds that it tried.

## The submissions

All reach the target in time, as is usual [not all of them](luck.md) with this grader's first seed:
of {submissions}, {unlucky} do with a later one. The last column has the epochs that each seed took
here. `python -m tests.bench.survey` finds such networks: on another processor
they may be others.

{solutions}

## Versions

{versions}
"""


def table(results: Sequence[Result]) -> str:
    """Write what was measured."""
    head = (
        *("tool", "workers", "seconds a submission", "of which in `Model.fit`"),
        *("not training", "memory", "passed"),
    )
    return _table(
        head,
        (
            (
                *(NAMES[r.tool], str(r.workers), f"{r.seconds:.1f}", f"{r.training:.1f}"),
                *(f"{r.rest:.1f} s", f"{r.peak / GIB:.1f} GiB", f"{r.passed} of {r.submissions}"),
            )
            for r in results
        ),
    )


def ratios(results: Sequence[Result]) -> str:
    """Write how the others compare with ours, and how much of our time is training."""
    ours = next((r for r in results if r.tool == "grader"), None)
    if ours is None:
        return ""
    others = [r for r in results if r is not ours]
    rows = (
        (
            *(NAMES[r.tool], _times(r.seconds, ours.seconds), _times(r.rest, ours.rest)),
            _times(r.peak, ours.peak),
        )
        for r in others
    )
    spent = f"For each second of training, a worker of this grader spends {ours.spent:.2f} seconds."
    if not others:
        return f"{spent}\n"
    head = ("times this grader's", "seconds a submission", "not training", "memory")
    return f"{_table(head, rows)}\n\n{spent}\n"


def page(
    results: Sequence[Result],
    solutions: Sequence[Solution],
    sections: Sequence[str],
    versions: Iterable[tuple[str, str]],
) -> str:
    """Write the page."""
    reached = next((each.reached for each in results if each.reached), {})
    text = PAGE.format(
        submissions=len(solutions),
        table=table(results),
        ratios=ratios(results),
        sections="".join(f"\n{section.strip()}\n" for section in sections),
        unlucky=sum(len(seeds) > 1 for seeds in reached.values()),
        solutions=_table(
            ("filters", "hidden units", "optimizer", "learning rate", "epochs"),
            (_described(each, reached.get(each.id, ())) for each in solutions),
        ),
        versions=_table(("what", "version"), versions),
    )
    return re.sub(r"\n{3,}", "\n\n", text)  # where a part is missing


def _described(solution: Solution, reached: Sequence[int | None]) -> Sequence[str]:
    momentum = f", momentum {solution.momentum:g}" if solution.momentum else ""
    return (
        *(", ".join(map(str, solution.filters)), str(solution.units)),
        *(f"{solution.optimizer}{momentum}", f"{solution.rate:g}"),
        ", ".join("missed" if each is None else str(each) for each in reached),
    )


def replaced(text: str, section: str) -> str:
    """Put a section into a page: in the place of the one with its heading, or as the last one.

    Args:
        text: The page.
        section: The section, heading included.
    """
    heading = section.strip().splitlines()[0]
    parts = re.split(r"(?m)^(?=## )", text)
    places = [n for n, part in enumerate(parts) if part.startswith(f"{heading}\n")]
    last = next(n for n, part in enumerate(parts) if part.startswith(AFTER_SECTIONS))
    place, end = (places[0], places[0] + 1) if places else (last, last)
    parts[place:end] = [f"{section.strip()}\n\n"]
    return "".join(parts)


def versions(tools: Iterable[tuple[str, Path]]) -> list[tuple[str, str]]:
    """Find out the versions of tools, each with the Python that it runs in, and the processor."""
    found = []
    for tool, python in tools:
        names = (PACKAGES[tool], "tensorflow", "keras", "numpy")
        found.append((NAMES[tool], _versions(python, names)))
    cores = f"{os.cpu_count()} cores"
    return [*found, ("processor", f"{_processor()}, {cores}"), ("system", platform.system())]


def _versions(python: Path, packages: Sequence[str]) -> str:
    command = [str(python), "-c", ASK, *packages]
    done = subprocess.run(command, text=True, capture_output=True, check=False)
    return done.stdout.strip() or "unknown"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _times(theirs: float, ours: float) -> str:
    return f"{theirs / ours:.1f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
