"""How long grading takes beside nbgrader and Otter-Grader: ``make bench``.

``python -m tests.bench.compare --only 2 --tools grader,otter`` tries it in little time;
``--sections trained --write docs/bench.md`` measures one section anew and leaves all else as it is.
"""

import argparse
import shutil
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from tests.bench.extras import SECTIONS
from tests.bench.page import page, ratios, replaced, table, versions
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
    if options.sections:
        _some(options.sections, options.write)
        return
    solutions = SOLUTIONS[: options.only]
    tools = {name: TOOLS[name](WORK / name, solutions) for name in options.tools}
    results = [_measured(name, tool) for name, tool in tools.items()]
    sections = [section(WORK / name) for name, section in SECTIONS.items()]
    _say("\n\n".join(["", table(results), ratios(results), *sections]))
    if options.write:
        known = versions((name, tool.python()) for name, tool in tools.items())
        options.write.write_text(page(results, solutions, sections, known), encoding="utf-8")


def _some(names: Sequence[str], page: Path | None) -> None:
    """Measure some sections, and put each into the page as soon as it is measured."""
    for name in names:
        section = SECTIONS[name](WORK / name)
        _say(section)
        if page:
            text = replaced(page.read_text(encoding="utf-8"), section)
            page.write_text(text, encoding="utf-8")


def _measured(name: str, tool: Tool) -> Result:
    _say(f"{name} grades {len(tool.solutions)} submissions ...")
    return tool.measure(name)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", type=int, metavar="N", help="only the first N submissions")
    parser.add_argument("--tools", type=_among(TOOLS), default=list(TOOLS), metavar="NAME,...")
    parser.add_argument(
        "--sections", type=_among(SECTIONS), metavar="NAME,...", help="only these sections"
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="where the page goes")
    return parser.parse_args()


def _among(known: Collection[str]) -> Callable[[str], Sequence[str]]:
    def names(text: str) -> Sequence[str]:
        found = text.split(",")
        if unknown := set(found) - set(known):
            expected = f"expected some of {', '.join(known)}"
            raise argparse.ArgumentTypeError(f"{expected}, found {', '.join(sorted(unknown))}")
        return found

    return names


if __name__ == "__main__":
    main()
