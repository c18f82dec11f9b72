"""Whether two gradings of one class say the same: of an earlier kit, and of this one.

``python -m tests.prove.same_reports EARLIER NOW`` compares the results in two output folders, each
``report.json`` of version 1 as version 2 says it. Left out are what is measured, what a file that
is no assignment's is booked on, and the digests of assignments, as another one may grade alike. It
ends with 1 if anything else differs.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from steady import steady

from grader.report.document import Report
from grader.report.reading import read

# The first said so of every rejected file.
BOOKED = ("assignment", "score", "provenance")


def compared(report: Report, *, booked: bool) -> dict[str, Any]:
    """Return what of a report must be the same again.

    Args:
        report: The report.
        booked: Whether it is compared what it is booked on.
    """
    told: dict[str, Any] = steady(report.model_dump(mode="json"))
    del told["provenance"]["digests"]
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


def main() -> None:
    """Compare what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("earlier", type=Path)
    parser.add_argument("now", type=Path)
    asked = parser.parse_args()
    differing = list(found(asked.earlier, asked.now))
    print(*differing, f"{len(differing)} differences", sep="\n")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
