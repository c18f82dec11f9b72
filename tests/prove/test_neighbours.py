"""Whoever is graded beside submissions that hold or fill what is shared gets the same report.

Everyday, two neighbours are graded beside a few of them; ``--prove`` grades ten beside all, and
sees how much the grader grows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from sharing import HONEST, WAYS
from variants import Variant

from grader.assignments import happy_or_sad
from grader.batch import submissions
from grader.batch.local import Grading, grade_all
from grader.errors import UsageError
from grader.isolation.choice import Isolation
from grader.kernel.backend import Backend
from grader.kernel.kernels import Kernels
from grader.kernel.limits import MIB, Limits
from grader.kernel.trainings import Teaching
from grader.pipeline import Pipeline
from grader.report.document import VARYING, Report
from grader.training.memo import Memo

LIMITS = Limits(
    cell_s=60, notebook_s=180, grace_s=5, probe_s=10, disk_bytes=100 * MIB, files=5_000,
    memory_bytes=2_000 * MIB, output_bytes=MIB, outputs_bytes=2 * MIB,
)  # fmt: skip
FEW, NEIGHBOURS, ALL_NEIGHBOURS = 4, 2, 10
GROWS_BY = 200 * MIB


@dataclass(frozen=True)
class Graded:
    """What came of a class.

    Args:
        reports: By submission, without what is measured.
        grown: By how many bytes this process was larger at most.
        size: Of the largest file among the results, in bytes.
    """

    reports: dict[str, Any]
    grown: int
    size: int


def grade(variants: dict[str, Variant], folder: Path) -> Graded:
    klass, out = folder / "class", folder / "out"
    klass.mkdir()
    for name, variant in variants.items():
        nbformat.write(variant.notebook(), klass / f"{name}.ipynb")
    teaching = Teaching(Memo(folder / "memo"))
    try:
        kernels = Kernels(Backend.best(), Isolation.STRICT, 2, teaching)
    except UsageError as error:
        pytest.skip(str(error))
    Path("/proc/self/clear_refs").write_text("5", "utf-8")
    before = resident("VmRSS")
    with kernels:
        pipeline = Pipeline(kernels)
        pipeline._assignments = [replace(happy_or_sad, limits=LIMITS)]
        entries = submissions.find([klass])
        made = grade_all(Grading(pipeline, out, jobs=2, quiet=True), entries)
    sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
    reports = {report.submission.id: steady(report) for report in made.reports}
    return Graded(reports, resident("VmHWM") - before, max(sizes))


def resident(name: str) -> int:
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def steady(report: Report) -> Any:
    """Return a report without what is measured, and without its name."""
    told = report.model_dump(mode="json")
    del told["submission"]
    return _without(told)


def _without(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _without(value) for name, value in part.items() if name not in VARYING}
    return [_without(value) for value in part] if isinstance(part, list) else part


def mixed(neighbours: int, ways: Sequence[Variant]) -> dict[str, Variant]:
    """Name a class so that hostile and honest ones alternate, as they are graded by name."""
    hostile = {f"{number:02}a-{way.id}": way for number, way in enumerate(ways)}
    step = max(1, len(ways) // neighbours)
    return hostile | {f"{number * step:02}b-honest": HONEST for number in range(neighbours)}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return grade({"alone": HONEST}, tmp_path_factory.mktemp("alone")).reports["alone"]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Graded:
    every = pytestconfig.getoption("--prove")
    ways = WAYS if every else WAYS[:FEW]
    klass = mixed(ALL_NEIGHBOURS if every else NEIGHBOURS, ways)
    return grade(klass, tmp_path_factory.mktemp("together"))


def test_neighbours_get_the_report_that_they_get_alone(graded: Graded, alone: Any) -> None:
    honest = [report for name, report in graded.reports.items() if name.endswith("honest")]
    assert len(honest) >= NEIGHBOURS
    assert honest == [alone] * len(honest)


def test_everybody_gets_a_report(graded: Graded, pytestconfig: pytest.Config) -> None:
    ways = len(WAYS) if pytestconfig.getoption("--prove") else FEW
    assert sum(not name.endswith("honest") for name in graded.reports) == ways


def test_what_is_kept_of_a_submission_is_bounded(graded: Graded) -> None:
    assert graded.size < 4 * MIB


def test_the_grader_does_not_grow_by_a_class(graded: Graded) -> None:
    assert graded.grown < GROWS_BY
