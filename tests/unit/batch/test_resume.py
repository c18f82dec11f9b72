from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.batch import output, resume, submissions
from grader.batch.local import Grading, grade_all
from grader.isolation.choice import Isolation
from grader.kernel.backend import Backend
from grader.kernel.kernels import Kernels
from grader.pipeline import Entry, Graded, Pipeline
from grader.records import Verdict
from grader.report.document import Report, ScoreRow

Make = Callable[..., Path]


class Counting(Pipeline):
    """Notes what it grades."""

    def __init__(self) -> None:
        super().__init__(Kernels(Backend.best(), Isolation.NONE))
        self.graded: list[str] = []

    def grade(self, entry: Entry, progress: Callable[[str], None] = lambda _: None) -> Graded:
        self.graded.append(entry.id)
        return super().grade(entry, progress)


@pytest.fixture
def pipeline() -> Counting:
    return Counting()


@pytest.fixture
def out(make: Make, tmp_path: Path, pipeline: Counting) -> Path:
    """An output folder in which a and b were graded."""
    grade_all(Grading(pipeline, tmp_path / "out"), submissions.find([make("a.ipynb", "b.ipynb")]))
    pipeline.graded.clear()
    return tmp_path / "out"


def earlier(klass: Path, out: Path, pipeline: Pipeline) -> list[str]:
    return sorted(resume.earlier(out, submissions.find([klass]), pipeline))


def change(out: Path, **fields: Any) -> None:
    """Change fields of the report of a, as if it had been made so."""
    path = output.submission_folder(out, "a") / output.REPORT
    report = Report.model_validate_json(path.read_bytes())
    path.write_text(report.model_copy(update=fields).to_json())


def provenance(out: Path) -> Any:
    path = output.submission_folder(out, "a") / output.REPORT
    return Report.model_validate_json(path.read_bytes()).provenance


def test_what_was_graded_is_found(klass: Path, out: Path, pipeline: Counting) -> None:
    assert earlier(klass, out, pipeline) == ["a", "b"]


def test_it_is_not_graded_again(klass: Path, out: Path, pipeline: Counting) -> None:
    entries = submissions.find([klass])
    kept = resume.earlier(out, entries, pipeline)
    (klass / "c.ipynb").write_text("c")
    grade_all(Grading(pipeline, out, earlier=kept), submissions.find([klass]))
    assert pipeline.graded == ["c"]


def test_it_is_in_the_table_in_its_place(klass: Path, out: Path, pipeline: Counting) -> None:
    kept = resume.earlier(out, submissions.find([klass]), pipeline)
    graded = grade_all(Grading(pipeline, out, earlier=kept), submissions.find([klass]))
    assert [report.submission.id for report in graded.reports] == ["a", "b"]


def test_how_many_were_kept_is_said(
    klass: Path, out: Path, pipeline: Counting, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    kept = resume.earlier(out, submissions.find([klass]), pipeline)
    grade_all(Grading(pipeline, out, earlier=kept), submissions.find([klass]))
    assert capsys.readouterr().out.startswith("2 of 2 were graded before and stay as they are")


def test_a_file_that_changed_is_graded_again(klass: Path, out: Path, pipeline: Counting) -> None:
    (klass / "a.ipynb").write_text("changed")
    assert earlier(klass, out, pipeline) == ["b"]


def test_a_report_of_another_file_of_that_name_does_not_count(
    klass: Path, out: Path, pipeline: Counting
) -> None:
    change(out, submission=provenance_of_other(out))
    assert earlier(klass, out, pipeline) == ["b"]


def provenance_of_other(out: Path) -> Any:
    path = output.submission_folder(out, "a") / output.REPORT
    found = Report.model_validate_json(path.read_bytes()).submission
    return found.model_copy(update={"path": "elsewhere/a.ipynb"})


@pytest.mark.parametrize(("pending", "kept"), [(5, ["b"]), (0, ["a", "b"])])
def test_what_lacks_a_grade_is_tried_again(
    klass: Path, out: Path, pipeline: Counting, pending: int, kept: list[str]
) -> None:
    score = ScoreRow(
        earned=0, possible=100, pending=pending, fraction=0.0, passed=False, pass_mark=0.8
    )
    change(out, verdict=Verdict.NEEDS_REVIEW, score=score)
    assert earlier(klass, out, pipeline) == kept


@pytest.mark.parametrize(
    "field", ["kit", "python", "tensorflow", "keras", "dataset_sha256", "training"]
)
def test_what_was_graded_otherwise_is_graded_again(
    klass: Path, out: Path, pipeline: Counting, field: str
) -> None:
    change(out, provenance=provenance(out).model_copy(update={field: "another"}))
    assert earlier(klass, out, pipeline) == ["b"]


@pytest.mark.parametrize("text", ["", "{", "{}", '{"schema_version": 2}'])
def test_a_report_that_is_none_does_not_count(
    klass: Path, out: Path, pipeline: Counting, text: str
) -> None:
    (output.submission_folder(out, "a") / output.REPORT).write_text(text)
    assert earlier(klass, out, pipeline) == ["b"]


def test_a_submission_without_a_report_is_graded(
    klass: Path, out: Path, pipeline: Counting
) -> None:
    (output.submission_folder(out, "a") / output.REPORT).unlink()
    assert earlier(klass, out, pipeline) == ["b"]
