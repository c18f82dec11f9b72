"""What a change costs: a class of twelve, graded by this checkout and by an earlier one.

``PYTHONPATH=tests/shared python -m tests.bench.earlier CHECKOUT``, where CHECKOUT was set up by
``make grade`` there. Both grade the same submissions in turns, by the command that an instructor
types, and remember no training. The processor time is of the command and of all that it started and
waited for.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.solutions import ROOT, SOLUTIONS, write

TIMES = 4
# Every other one of the bench's: as there, a third need more than the first seed.
CLASS = SOLUTIONS[::2]


def seconds(checkout: Path, submissions: Path, out: Path) -> tuple[float, float]:
    """Grade the class; return processor and wall time, in seconds.

    Args:
        checkout: Whose grader grades.
        submissions: The class.
        out: A folder that is not there yet.
    """
    before, start = _used(), time.monotonic()
    grader = checkout / ".venv" / "bin" / "grader"
    # Its own grader package, whatever is set here.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ways = ("--no-memo", "--isolation", "available", "--quiet")
    subprocess.run(
        [grader, "grade", submissions, "--out", out, *ways],
        check=True, cwd=checkout, env=environment,
    )  # fmt: skip
    return _used() - before, time.monotonic() - start


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", type=Path)
    checkouts = [ROOT, parser.parse_args().checkout.resolve()]
    rows: list[Sequence[float]] = []
    sys.stdout.write("| run | processor, s | earlier | ratio | wall, s | earlier | ratio |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    with tempfile.TemporaryDirectory() as work:
        write(Path(work) / "class", CLASS)
        for number in range(TIMES):
            # Each is first as often as second: a machine is not as fast at all times.
            order = range(2) if number % 2 else (1, 0)
            both = {
                which: seconds(
                    checkouts[which], Path(work) / "class", Path(work) / f"{number}-{which}"
                )
                for which in order
            }
            rows.append([part for pair in zip(both[0], both[1], strict=True) for part in pair])
            _row(str(number + 1), rows[-1])
    _row("median", [statistics.median(column) for column in zip(*rows, strict=True)])


def _row(name: str, figures: Sequence[float]) -> None:
    processor, earlier, wall, wall_earlier = figures
    sys.stdout.write(
        f"| {name} | {processor:.1f} | {earlier:.1f} | {processor / earlier:.3f} "
        f"| {wall:.1f} | {wall_earlier:.1f} | {wall / wall_earlier:.3f} |\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
