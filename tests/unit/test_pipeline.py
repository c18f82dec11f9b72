from pathlib import Path

import nbformat
import pytest
from at_hand import CHOICE
from sample_class import FOLDER

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.errors import KernelFault
from grader.isolation.choice import Isolation
from grader.kernel.backend import Backend
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.pipeline import Entry, Pipeline
from grader.records import Verdict
from grader.report.document import Report


def open_kernels() -> Kernels:
    return Kernels(Backend.best(), Isolation.NONE)


def grade(path: Path) -> Report:
    return Pipeline(open_kernels(), CHOICE).grade(Entry(path, "someone", path.name)).report


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Report:
    def fail(_: Kernels, job: Job) -> Run:
        raise KernelFault(f"no kernel for seed {job.seed}")

    monkeypatch.setattr(Kernels, "run", fail)
    return grade(FOLDER / "ada" / "C1W4_Assignment.ipynb")


def test_a_fault_of_the_grader_needs_review(faulty: Report) -> None:
    assert faulty.verdict is Verdict.NEEDS_REVIEW


def test_a_fault_of_the_grader_leaves_all_points_pending(faulty: Report) -> None:
    assert faulty.score.pending == faulty.score.possible


def test_a_fault_of_the_grader_is_named(faulty: Report) -> None:
    assert "no kernel for seed 1" in faulty.issues[0].message


def test_a_rejected_submission_has_no_pending_points(tmp_path: Path) -> None:
    path = tmp_path / "empty.ipynb"
    path.write_text("")
    assert grade(path).score.pending == 0


def test_a_rejected_submission_is_reported_with_its_digest(tmp_path: Path) -> None:
    path = tmp_path / "other.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    assert grade(path).submission.sha256 is not None


def test_the_dataset_is_identified_in_every_report(tmp_path: Path) -> None:
    path = tmp_path / "empty.ipynb"
    path.write_text("")
    assert grade(path).provenance.dataset_sha256 == _kit_digest()


def _kit_digest() -> str:
    return Pipeline(open_kernels(), CHOICE).images(happy_or_sad).sha256
