from pathlib import Path

import editions
import nbformat
import pytest
from at_hand import ASSIGNMENTS, CHOICE
from sample_class import FOLDER

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.errors import KernelFault
from grader.isolation.choice import Isolation
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.processes.backend import Backend
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


def test_the_dataset_is_identified_where_a_submission_was_to_be_run_on_it(faulty: Report) -> None:
    images = Pipeline(open_kernels(), CHOICE).images.of(happy_or_sad)
    assert faulty.provenance.dataset_sha256 == images.sha256


def test_a_file_that_is_no_assignments_is_rejected_without_one(tmp_path: Path) -> None:
    path = tmp_path / "empty.ipynb"
    path.write_text("")
    report = grade(path)
    assert (report.assignment, report.score.possible) == (None, 0)


def test_where_an_assignment_is_named_what_cannot_be_read_is_of_that_one(tmp_path: Path) -> None:
    path = tmp_path / "empty.ipynb"
    path.write_text("")
    named = Pipeline(open_kernels(), Choice(ASSIGNMENTS, named=True))
    report = named.grade(Entry(path, "someone", path.name)).report
    assert report.assignment is not None
    assert report.score.possible == 100


def test_an_edition_that_is_not_graded_any_more_is_of_its_assignment(tmp_path: Path) -> None:
    path = tmp_path / "old.ipynb"
    nbformat.write(editions.course_2019(), path)
    report = grade(path)
    assert report.assignment is not None
    assert report.assignment.id == "happy-or-sad"


def test_images_are_prepared_when_a_submission_needs_them(tmp_path: Path) -> None:
    path, pipeline = tmp_path / "empty.ipynb", Pipeline(open_kernels(), CHOICE)
    path.write_text("")
    pipeline.grade(Entry(path, "someone", path.name))
    assert pipeline.images.made == {}
