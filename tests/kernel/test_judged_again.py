"""A real run, judged again by a changed rubric from the evidence that was kept."""

import json
from pathlib import Path
from typing import Any

import changing
import nbformat
import pytest

from grader.assignments.loading import load
from grader.batch import output
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.report.document import Report


@pytest.fixture(scope="module")
def reports(
    kernels: Kernels, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Report, Report, list[Job]]:
    """The report of a run, that by a changed rubric, and what was run for the second."""
    folder, jobs = tmp_path_factory.mktemp("judged"), list[Job]()
    changing.write(folder / "shirts")
    (folder / "class").mkdir()
    nbformat.write(changing.notebook(), folder / "class" / "ann.ipynb")
    klass, out, made = folder / "class", folder / "out", load(folder / "shirts")
    first = changing.grade_with(kernels, [made], klass, out)

    def fail(_: Kernels, job: Job) -> Run:
        jobs.append(job)
        raise AssertionError

    changed = changing.change(folder / "shirts", folder / "changed", raise_points)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Kernels, "run", fail)
        again = changing.grade_with(kernels, [changed], klass, out)
    written = output.submission_folder(out, "ann") / output.REPORT
    assert again[0].reports == [Report.model_validate_json(written.read_bytes())]
    return first[0].reports[0], again[0].reports[0], jobs


def raise_points(folder: Path) -> None:
    module = folder / "assignment.py"
    module.write_text(module.read_text("utf-8").replace("points=30", "points=50"), "utf-8")


def test_no_kernel_runs(reports: tuple[Report, Report, list[Job]]) -> None:
    assert reports[2] == []


def test_the_points_are_those_of_the_changed_rubric(
    reports: tuple[Report, Report, list[Job]],
) -> None:
    scores = [(each.score.earned, each.score.possible) for each in reports[:2]]
    assert scores == [(100, 100), (120, 120)]


def without_points(report: Report) -> Any:
    told = json.loads(report.to_json())
    del told["score"], told["provenance"]["digests"]
    for check in told["checks"]:
        del check["earned"], check["possible"]
    return told


def test_all_else_is_as_it_was_observed(reports: tuple[Report, Report, list[Job]]) -> None:
    first, again, _ = reports
    assert first.trainings
    assert without_points(again) == without_points(first)
