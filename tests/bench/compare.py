"""How long grading takes beside nbgrader and Otter-Grader: ``make bench``.

``python -m tests.bench.compare --only 2 --tools grader,otter`` tries it in little time.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.extras import SECTIONS
from tests.bench.page import page, ratios, table, versions
from tests.bench.peers import Nbgrader, Otter
from tests.bench.results import Result
from tests.bench.solutions import ROOT, SOLUTIONS
from tests.bench.tools import Grader, Tool

WORK = ROOT / "build" / "bench"
TOOLS: dict[str, type[Tool]] = {"grader": Grader, "nbgrader": Nbgrader, "otter": Otter}


def main() -> None:
    """Measure, print and write."""
    options = _options()
    shutil.rmtree(WORK, ignore_errors=True)
    solutions = SOLUTIONS[: options.only]
    tools = {name: TOOLS[name](WORK / name, solutions) for name in options.tools}
    results = [_measured(name, tool) for name, tool in tools.items()]
    sections = [section(WORK / f"extra-{n}") for n, section in enumerate(SECTIONS)]
    _say("\n\n".join(["", table(results), ratios(results), *sections]))
    if options.write:
        known = versions((name, tool.python()) for name, tool in tools.items())
        options.write.write_text(page(results, solutions, sections, known), encoding="utf-8")


def _measured(name: str, tool: Tool) -> Result:
    _say(f"{name} grades {len(tool.solutions)} submissions ...")
    return tool.measure(name)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", type=int, metavar="N", help="only the first N submissions")
    parser.add_argument("--tools", type=_names, default=list(TOOLS), metavar="NAME,...")
    parser.add_argument("--write", type=Path, metavar="FILE", help="where the page goes")
    return parser.parse_args()


def _names(text: str) -> Sequence[str]:
    names = text.split(",")
    if unknown := set(names) - set(TOOLS):
        raise argparse.ArgumentTypeError(f"no such tool: {', '.join(sorted(unknown))}")
    return names


if __name__ == "__main__":
    main()
