"""What a change costs: processor time of submissions in this checkout and in an earlier one.

``PYTHONPATH=tests/shared python -m tests.bench.earlier CHECKOUT``, where CHECKOUT has its own
environment in ``.venv``. Both grade the same submissions in turns, each in one process that is warm
by then. On one core, as by ``taskset -c 1``, figures differ less from run to run.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.solutions import ROOT

# From the least to the most processor time.
CHOSEN = (0, 3, 5, 9)
TIMES = 7
# Runs in either checkout, with what both have.
PROGRAM = """
import inspect, sys, tempfile
from pathlib import Path
from tests.bench import solutions, training
training.CHOSEN = solutions.SOLUTIONS[int(sys.argv[1])]
used = getattr(training, "used", None) or training._used
images = training.Images.of(training.happy_or_sad.data, None)
folder = Path(tempfile.mkdtemp())
given = [folder, images][: len(inspect.signature(training._job).parameters)]
job = training._job(*given)
way = training.Backend.FORKED, training.Isolation.STRICT, 1
options = getattr(training, "TrainingOptions", None) or training.Teaching
with training.Kernels(*way, options()) as grading:
    grading.run(job)
    print("ready", flush=True)
    for line in sys.stdin:
        before = used()
        grading.run(job)
        print(used() - before, flush=True)
"""


class Checkout:
    """Grades one submission in one checkout, again and again.

    Args:
        root: Of the checkout.
        number: Of the submission.
        work: A folder for temporary files.
    """

    def __init__(self, root: Path, number: int, work: Path) -> None:
        paths = os.pathsep.join(map(str, (root, root / "tests" / "shared")))
        self._process: subprocess.Popen[str] = subprocess.Popen(
            [root / ".venv" / "bin" / "python", "-c", PROGRAM, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
            env={**os.environ, "PYTHONPATH": paths, "TMPDIR": str(work)},
        )
        self._line()

    def seconds(self) -> float:
        """Grade once; return the processor time in seconds."""
        assert self._process.stdin
        self._process.stdin.write("once more\n")
        self._process.stdin.flush()
        return float(self._line())

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def measured(roots: Sequence[Path], number: int) -> list[float]:
    """Return the medians of both checkouts, in seconds."""
    with tempfile.TemporaryDirectory() as work:
        both = [Checkout(root, number, Path(work)) for root in roots]
        rows = [[each.seconds() for each in both] for _ in range(TIMES)]
        for each in both:
            each.close()
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", type=Path)
    roots = [ROOT, parser.parse_args().checkout.resolve()]
    sys.stdout.write("| submission | here, s | earlier, s | ratio |\n|---|---|---|---|\n")
    rows = []
    for number in CHOSEN:
        rows.append(measured(roots, number))
        _row(str(number), rows[-1])
    _row("all", [sum(column) for column in zip(*rows, strict=True)])


def _row(name: str, medians: Sequence[float]) -> None:
    here, earlier = medians
    sys.stdout.write(f"| {name} | {here:.2f} | {earlier:.2f} | {here / earlier:.3f} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
