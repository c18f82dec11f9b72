"""Whoever is graded beside submissions that hold or fill what is shared gets the same report.

Everyday, two neighbours are graded beside a few of them; ``--prove`` grades ten beside all, and
beside every third of the hostile class. The grader is a process of its own, so that its size is
that of the command.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hostile import HELD, SEALED
from hostile.attack import Attack
from hostile.submitted import plain, whole
from hostile.surroundings import Surroundings
from limited import LIMITS
from sharing import EVERYDAY, HONEST, WAYS
from steady import steady

from grader.isolation.layers import layers
from grader.processes.limits import MIB
from grader.processes.template import AVAILABLE
from grader.report.document import VARYING

PROGRAM = Path(__file__).resolve().parents[1] / "shared" / "limited.py"
NEIGHBOURS, ALL_NEIGHBOURS, STRIDE = 2, 10, 3
SIZE = 400 * MIB
pytestmark = [
    pytest.mark.skipif(not AVAILABLE, reason="kernels are not forked here"),
    pytest.mark.skipif(
        not all(each.there for each in layers() if each.floor), reason="no isolation here"
    ),
]
Notebooks = Mapping[str, Any]


@dataclass(frozen=True)
class Graded:
    """What came of a class.

    Args:
        code: Exit code of the command.
        reports: By submission.
        size: Most resident memory of the command's own process, in bytes.
        largest: Size of the largest file among the results, in bytes.
        damage: What was done to others outside the class.
    """

    code: int
    reports: dict[str, Any]
    size: int
    largest: int
    damage: set[str]

    @property
    def honest(self) -> list[Any]:
        """Reports of the honest."""
        return [report for name, report in self.reports.items() if name.endswith("honest")]


def grade(notebooks: Notebooks, folder: Path, around: Surroundings | None = None) -> Graded:
    klass, out, told = folder / "class", folder / "out", folder / "told"
    klass.mkdir()
    for name, notebook in notebooks.items():
        nbformat.write(notebook, klass / f"{name}.ipynb")
    options = ["grade", str(klass), "--out", str(out), "--jobs", "2", "--quiet"]
    ended = subprocess.run(
        [sys.executable, str(PROGRAM), str(told), *options],
        env={**os.environ, "GRADER_CACHE": str(folder / "cache")},
        check=False,
    )
    reports = [json.loads(path.read_text("utf-8")) for path in out.rglob("report.json")]
    sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
    return Graded(
        ended.returncode,
        {report["submission"]["id"]: report for report in reports},
        int(told.read_text("utf-8")),
        max(sizes),
        around.damage if around else set(),
    )


def nameless(report: Any) -> Any:
    """Return a report without what is measured, and without its name."""
    return steady(report, {*VARYING, "submission"})


def attacks() -> list[Attack]:
    """Return every so many of the class."""
    return plain((*SEALED, *HELD))[::STRIDE]


def mixed(neighbours: int, hostile: Sequence[tuple[str, Any]]) -> Notebooks:
    """Name a class so that hostile and honest ones alternate, as they are graded by name."""
    named = {f"{number:03}a-{name}": notebook for number, (name, notebook) in enumerate(hostile)}
    step = max(1, len(hostile) // neighbours)
    honest = {f"{number * step:03}b-honest": HONEST.notebook() for number in range(neighbours)}
    return named | honest


@pytest.fixture(scope="module")
def every(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--prove"))


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Future[Graded]]:
    """Grade an honest one alone: by a command of its own, while another grades the class."""
    folder = tmp_path_factory.mktemp("alone")
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(grade, {"honest": HONEST.notebook()}, folder)


@pytest.fixture(scope="module")
def alone(started: Future[Graded]) -> Any:
    return nameless(started.result().reports["honest"])


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory,
    every: bool,  # noqa: FBT001
    started: Future[Graded],
) -> Graded:
    assert started
    folder = tmp_path_factory.mktemp("together")
    ways = [(each.id, each.notebook()) for each in (WAYS if every else EVERYDAY)]
    if not every:
        return grade(mixed(NEIGHBOURS, ways), folder)
    with Surroundings(tmp_path_factory.mktemp("around")) as around:
        hostile = ways + [(each.id, whole(each, around, HONEST.notebook())) for each in attacks()]
        return grade(mixed(ALL_NEIGHBOURS, hostile), folder, around)


def test_neighbours_get_the_report_that_they_get_alone(graded: Graded, alone: Any) -> None:
    assert len(graded.honest) >= NEIGHBOURS
    assert [nameless(report) for report in graded.honest] == [alone] * len(graded.honest)


def test_no_neighbour_runs_longer_than_its_limits(graded: Graded) -> None:
    assert all(report["execution"]["wall_s"] < LIMITS.notebook_s for report in graded.honest)
    ended = {report["execution"]["status"] for report in graded.honest}
    assert ended == {"done"}


def test_everybody_gets_a_report(graded: Graded, every: bool) -> None:  # noqa: FBT001
    expected = ALL_NEIGHBOURS + len(WAYS) + len(attacks()) if every else NEIGHBOURS + len(EVERYDAY)
    assert len(graded.reports) == expected


def test_the_command_ends_as_if_nobody_had_been_hostile(graded: Graded) -> None:
    assert graded.code == 0


def test_what_is_kept_of_a_submission_is_bounded(graded: Graded) -> None:
    assert graded.largest < 4 * MIB


def test_the_grader_stays_small(graded: Graded) -> None:
    assert graded.size < SIZE


def test_nobody_outside_the_class_is_harmed(graded: Graded) -> None:
    assert graded.damage == set()
