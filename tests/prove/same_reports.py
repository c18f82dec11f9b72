"""Whether an earlier kit and this one say the same of the same submissions.

``PYTHONPATH=tests/shared python -m tests.prove.same_reports CHECKOUT`` grades the sample class, the
right variants, the mistakes, the tricks, what is forged, damaged notebooks and hostile ones with
both, each with a memory of trainings of its own, and compares every ``report.json``; of version 1,
as version 2 says it. CHECKOUT is of the earlier kit, set up by ``make grade`` there. ``--only``
names some of the classes. Left out are what is measured, what differs each time where a notebook
trained by itself, what a file that is no assignment's is booked on, and the digests of assignments,
as another one may grade alike. It ends with 1 if anything else differs; run again, it goes on where
it was interrupted.
"""

import argparse
import atexit
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from cheap import CHEAP
from forged import dead, learnt, loaders, logs, stopped, trials
from happy_or_sad.alone import ALONE
from happy_or_sad.mistakes import MISTAKES
from happy_or_sad.right import RIGHT
from hostile import SEALED, deceiving, forging, lying, upsetting
from hostile.submitted import plain, whole
from hostile.surroundings import Surroundings
from sharing import HONEST
from steady import steady
from tricks import TRICKS

from grader.report.document import Report
from grader.report.reading import read
from tests.prove.test_fuzz_notebooks import mutated

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "sample_submissions" / "happy_or_sad"
DAMAGED = 60
# Of the hostile class, every so many of those that isolation stops or that deceive; the rest is not
# about grades.
STRIDE = 2
# The first said so of every rejected file.
BOOKED = ("assignment", "score", "provenance")
# Of a training that the kernel made, with threads and seeds of its own.
BY_ITSELF = ("accuracy", "epochs_run", "loss")
# What reaches into the kit by the names of its modules reaches nothing of another kit.
REACHES_IN = re.compile(rb"(?:import|from) grader\b")
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
_DECEIVING = (forging, lying, deceiving, upsetting)
_FORGED = (dead, learnt, loaders, logs, stopped, trials)
Files = Mapping[str, bytes]


def _built(*groups: Any) -> Files:
    each = (getattr(one, "variant", one) for group in groups for one in group)
    return {f"{one.id}.ipynb": nbformat.writes(one.notebook()).encode() for one in each}


def _samples() -> Files:
    files = (path for path in SAMPLES.rglob("*") if path.is_file())
    return {str(path.relative_to(SAMPLES)): path.read_bytes() for path in files}


def _damaged() -> Files:
    chance = random.Random(0)  # noqa: S311 - the same ones each time
    return {f"damaged-{number}.ipynb": mutated(chance) for number in range(DAMAGED)}


@cache
def _hostile() -> Files:
    """The same bytes for both kits: identifiers of new cells are drawn."""
    attacks = plain((*SEALED, *(each for kind in _DECEIVING for each in kind.ATTACKS)))
    notebooks = {each.id: whole(each, _around(), HONEST.notebook()) for each in attacks[::STRIDE]}
    return {f"{name}.ipynb": nbformat.writes(each).encode() for name, each in notebooks.items()}


@cache
def _around() -> Surroundings:
    """The same secrets, places and processes for both kits."""
    around = Surroundings(Path(tempfile.mkdtemp()))
    atexit.register(around.close)
    return around


CLASSES: Mapping[str, Callable[[], Files]] = {
    "sample": _samples,
    "right": lambda: _built(RIGHT),
    "mistakes": lambda: _built(ALONE, MISTAKES),
    "tricks": lambda: _built(TRICKS, CHEAP),
    "forged": lambda: _built(*(part for one in _FORGED for part in (one.FORGED, one.HONEST))),
    "damaged": _damaged,
    "hostile": _hostile,
}


def compared(report: Report, *, booked: bool) -> dict[str, Any]:
    """Return what of a report must be the same again.

    Args:
        report: The report.
        booked: Whether it is compared what it is booked on.
    """
    told: dict[str, Any] = steady(json.loads(ADDRESS.sub("0x", report.model_dump_json())))
    del told["provenance"]["digests"]
    for training in told["trainings"]:
        if training["source"] != "grader":
            training.update(dict.fromkeys(BY_ITSELF))
    return told if booked else {name: told[name] for name in told if name not in BOOKED}


def differences(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """Yield where two parts of reports differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            yield from differences(one.get(name), other.get(name), f"{place}.{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (here, there) in enumerate(zip(one, other, strict=True)):
            yield from differences(here, there, f"{place}[{number}]")
    elif one != other:
        yield f"{place.lstrip('.')}: {one!r} became {other!r}"


def found(earlier: Path, now: Path) -> Iterator[str]:
    """Yield all that differs between two output folders."""
    reports = [
        {path.parent.name: read(path.read_bytes()) for path in folder.rglob("report.json")}
        for folder in (earlier, now)
    ]
    yield from (f"{name} has one report" for name in sorted(reports[0].keys() ^ reports[1].keys()))
    for name in sorted(reports[0].keys() & reports[1].keys()):
        pair = [each[name] for each in reports]
        booked = all(report.assignment for report in pair)
        before, after = (compared(report, booked=booked) for report in pair)
        yield from (f"{name}: {each}" for each in differences(before, after))


def _graded(name: str, checkout: Path, place: Path) -> Path:
    folder, out = place / name, place / "graded" / name
    shutil.rmtree(folder, ignore_errors=True)
    for file, content in CLASSES[name]().items():
        if not REACHES_IN.search(content):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(content)
    # What those of the class did is not what is asked here.
    subprocess.run(
        [checkout / ".venv/bin/grader", "grade", folder, "--out", out, "--isolation", "available"],
        cwd=checkout, env={**os.environ, "GRADER_CACHE": str(place / "cache")}, check=False,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return out


def main() -> None:
    """Compare what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--only", nargs="+", choices=CLASSES, default=list(CLASSES))
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "same")
    asked = parser.parse_args()
    number = 0
    for name in asked.only:
        earlier = _graded(name, asked.checkout.resolve(), asked.work / "earlier")
        now = _graded(name, ROOT, asked.work / "now")
        differing = list(found(earlier, now))
        reports = len(list(now.rglob("report.json")))
        print(*differing, f"{name}: {reports} reports, {len(differing)} differences", sep="\n")
        number += len(differing)
    sys.exit(bool(number))


if __name__ == "__main__":
    main()
