import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from at_hand import ASSIGNMENTS

from grader.batch import output, resume, submissions
from grader.batch.local import Grading, grade_all
from grader.batch.signatures import KEYS, Signatures
from grader.errors import UsageError
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Graded, Pipeline
from grader.processes.backend import Backend
from grader.records import Blame, ExecutionStatus, Verdict
from grader.report.document import AssignmentRef, ExecutionRow, Report, ScoreRow

Make = Callable[..., Path]


class Counting(Pipeline):
    """Notes what it grades."""

    def __init__(self) -> None:
        super().__init__(Kernels(Backend.best(), Isolation.NONE), Choice(ASSIGNMENTS, named=True))
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
    return sorted(found(klass, out, pipeline).reports)


def found(klass: Path, out: Path, pipeline: Pipeline) -> resume.Earlier:
    return resume.earlier(out, submissions.find([klass]), pipeline, Signatures.of_user())


def change(out: Path, **fields: Any) -> None:
    """Change fields of the report of a, as if it had been made so."""
    folder = output.submission_folder(out, "a")
    report = Report.model_validate_json((folder / output.REPORT).read_bytes())
    changed = Graded(report.model_copy(update=fields))
    output.write_submission(changed, folder, Signatures.of_user())


def provenance(out: Path) -> Any:
    path = output.submission_folder(out, "a") / output.REPORT
    return Report.model_validate_json(path.read_bytes()).provenance


def test_what_was_graded_is_found(klass: Path, out: Path, pipeline: Counting) -> None:
    assert earlier(klass, out, pipeline) == ["a", "b"]


def test_it_is_not_graded_again(klass: Path, out: Path, pipeline: Counting) -> None:
    kept = found(klass, out, pipeline).reports
    (klass / "c.ipynb").write_text("c")
    grade_all(Grading(pipeline, out, earlier=kept), submissions.find([klass]))
    assert pipeline.graded == ["c"]


def test_it_is_in_the_table_in_its_place(klass: Path, out: Path, pipeline: Counting) -> None:
    kept = found(klass, out, pipeline).reports
    graded = grade_all(Grading(pipeline, out, earlier=kept), submissions.find([klass]))
    assert [report.submission.id for report in graded.reports] == ["a", "b"]


def test_how_many_were_kept_is_said(
    klass: Path, out: Path, pipeline: Counting, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    kept = found(klass, out, pipeline).reports
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


RUN = ExecutionRow(
    status=ExecutionStatus.DONE,
    blame=Blame.NOBODY,
    message="",
    wall_s=1.0,
    cpu_s=1.0,
    peak_rss_bytes=1,
    cells=[],
)


@pytest.mark.parametrize("id_", ["areas", "happy"])
def test_grades_by_an_assignment_that_is_not_at_hand_are_not_replaced(
    klass: Path, out: Path, pipeline: Counting, id_: str
) -> None:
    other = AssignmentRef(id=id_, version="1", title="Other", layout=None)
    change(out, assignment=other, execution=RUN)
    with pytest.raises(UsageError, match=f"has grades by {id_}, and at hand is happy-or-sad"):
        earlier(klass, out, pipeline)


def test_grades_by_another_version_of_it_are_replaced(
    klass: Path, out: Path, pipeline: Counting
) -> None:
    other = AssignmentRef(id="happy-or-sad", version="0", title="Other", layout=None)
    change(out, assignment=other, execution=RUN)
    assert earlier(klass, out, pipeline) == ["b"]


def test_what_another_assignment_has_rejected_is_graded(
    klass: Path, out: Path, pipeline: Counting
) -> None:
    other = AssignmentRef(id="areas", version="1", title="Other", layout=None)
    change(out, assignment=other)
    assert earlier(klass, out, pipeline) == ["b"]


def test_a_report_of_version_1_does_not_say_by_which_rubric_it_was_graded(
    klass: Path, out: Path, pipeline: Counting
) -> None:
    folder = output.submission_folder(out, "a")
    told = json.loads((folder / output.REPORT).read_bytes())
    # Without a training, nothing else differs.
    assert told["trainings"] == []
    del told["provenance"]["digests"]
    content = json.dumps({**told, "schema_version": 1}).encode()
    (folder / output.REPORT).write_bytes(content)
    (folder / output.SIGNATURE).write_text(Signatures.of_user().sign(content) or "")
    assert (earlier(klass, out, pipeline), found(klass, out, pipeline).remarks) == (
        ["b"],
        ["1 is graded again: it is not known by which rubric it was graded."],
    )


@pytest.mark.parametrize("text", ["", "{", "{}", '{"schema_version": 1}', '{"schema_version": 2}'])
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


def test_where_results_were_written_by_oneself_nothing_is_remarked(
    klass: Path, out: Path, pipeline: Counting
) -> None:
    assert found(klass, out, pipeline).remarks == []


def files(out: Path, student: str = "a") -> tuple[Path, Path]:
    folder = output.submission_folder(out, student)
    return folder / output.REPORT, folder / output.SIGNATURE


def forge(out: Path) -> None:
    """Hand in a report that was made up."""
    report, signature = files(out)
    report.write_text(report.read_text().replace('"earned": 0', '"earned": 100'))
    signature.unlink()


def edit(out: Path) -> None:
    report, _ = files(out)
    report.write_text(report.read_text().replace('"earned": 0', '"earned": 1', 1))


def edit_without_a_change(out: Path) -> None:
    report, _ = files(out)
    report.write_text(report.read_text() + "\n")


def copy_anothers_signature(out: Path) -> None:
    files(out)[1].write_bytes(files(out, "b")[1].read_bytes())


def sign_with_anothers_key(out: Path) -> None:
    report, signature = files(out)
    signature.write_text(Signatures(bytes(32)).sign(report.read_bytes()) or "")


def sign_with_a_plain_digest(out: Path) -> None:
    report, signature = files(out)
    signature.write_text(hashlib.sha256(report.read_bytes()).hexdigest())


FORGED: dict[str, Callable[[Path], None]] = {
    "made-up": forge,
    "by-one-point": edit,
    "by-a-line-feed": edit_without_a_change,
    "anothers-signature": copy_anothers_signature,
    "anothers-key": sign_with_anothers_key,
    "plain-digest": sign_with_a_plain_digest,
    "empty": lambda out: os.truncate(files(out)[1], 0),
    "too-short": lambda out: os.truncate(files(out)[1], 63),
}


@pytest.mark.parametrize("change_it", FORGED.values(), ids=FORGED)
def test_a_report_that_is_not_signed_is_graded_again(
    klass: Path, out: Path, pipeline: Counting, change_it: Callable[[Path], None]
) -> None:
    change_it(out)
    assert (earlier(klass, out, pipeline), found(klass, out, pipeline).remarks) == (
        ["b"],
        ["1 result was not written by this installation; graded again."],
    )


def test_a_report_that_was_copied_from_another_does_not_count(
    klass: Path, out: Path, pipeline: Counting
) -> None:
    for own, others in zip(files(out), files(out, "b"), strict=True):
        own.write_bytes(others.read_bytes())
    assert earlier(klass, out, pipeline) == ["b"]


def test_without_the_key_that_signed_them_all_are_graded_again(
    klass: Path, out: Path, pipeline: Counting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    assert earlier(klass, out, pipeline) == []


def test_results_are_found_again_in_another_place(
    klass: Path, out: Path, pipeline: Counting
) -> None:
    moved = out.rename(out.with_name("moved"))
    assert earlier(klass, moved, pipeline) == ["a", "b"]


@pytest.mark.parametrize("place", ["graded", "deep/graded", "."])
def test_results_that_may_be_handed_in_do_not_count(
    klass: Path, out: Path, pipeline: Counting, place: str
) -> None:
    inside = klass / place
    shutil.copytree(out, inside, dirs_exist_ok=True)
    entries = submissions.find([klass], inside)
    made = resume.earlier(inside, entries, pipeline, Signatures.of_user())
    assert (made.reports, list(made.remarks)) == (
        {},
        [f"Results in {inside} are graded again: it lies in {klass}, so they may be handed in."],
    )


def test_results_do_not_count_where_they_hold_the_class(out: Path, pipeline: Counting) -> None:
    klass = output.submission_folder(out, "class")
    klass.mkdir()
    (klass / "a.ipynb").write_text("a.ipynb")
    assert earlier(klass, out, pipeline) == []


def test_results_do_not_count_where_a_link_leads_into_the_class(
    klass: Path, out: Path, pipeline: Counting, tmp_path: Path
) -> None:
    shutil.copytree(out, klass / "graded")
    (tmp_path / "link").symlink_to(klass / "graded")
    assert earlier(klass, tmp_path / "link", pipeline) == []


def test_nothing_is_remarked_where_there_are_no_results(
    klass: Path, make: Make, pipeline: Counting
) -> None:
    make("a.ipynb")
    assert found(klass, klass / "graded", pipeline).remarks == []


@pytest.mark.parametrize("name", ["", "a"])
def test_an_output_folder_among_submissions_may_not_lead_elsewhere(
    klass: Path, tmp_path: Path, name: str
) -> None:
    place = output.submission_folder(klass / "graded", name)
    place.parent.mkdir(parents=True)
    place.symlink_to(tmp_path)
    with pytest.raises(UsageError, match=f"{place} is a link, and lies where submissions do"):
        output.refuse_links(klass / "graded")
