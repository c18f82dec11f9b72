import csv
import io
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import grades
from grader.report.document import AssignmentRef, Report

ANY_TEXT = st.text(st.characters(categories=None))


def read(*reports: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(grades.render(reports), newline="")))


def named(report: Report, name: str) -> Report:
    submission = report.submission.model_copy(update={"id": name})
    return report.model_copy(update={"submission": submission})


def test_a_line_has_everything_about_a_grade(three_mistakes: Report) -> None:
    (row,) = read(three_mistakes)
    assert row.pop("reason").startswith("Passing takes 80 of 100 points; this is 50.")
    assert row == {
        "submission": "ben",
        "path": "ben/C1W4_Assignment.ipynb",
        "verdict": "graded",
        "earned": "50",
        "possible": "100",
        "percent": "50.00",
        "passed": "false",
        "pending": "0",
        "failed_checks": "pixels_are_scaled loss_fits target_in_time stops_early",
        "assignment": "happy-or-sad",
    }


def test_no_submission_leaves_the_header() -> None:
    assert grades.render([]) == ",".join(grades.COLUMNS) + "\n"


def test_lines_keep_the_order_of_the_reports(full_marks: Report, rejected: Report) -> None:
    assert [row["submission"] for row in read(rejected, full_marks)] == ["chen", "amara"]


def test_full_marks_need_no_reason(full_marks: Report) -> None:
    assert read(full_marks)[0]["reason"] == ""


def test_a_rejected_file_says_why(rejected: Report) -> None:
    assert read(rejected)[0]["reason"].startswith("Expected a Jupyter notebook")


def test_which_assignment_graded_it_is_told(full_marks: Report) -> None:
    other = AssignmentRef(id="easy", version="1", title="Easy", layout=None)
    graded = full_marks.model_copy(update={"assignment": other})
    unknown = full_marks.model_copy(update={"assignment": None})
    assert [row["assignment"] for row in read(graded, unknown)] == ["easy", ""]


def test_a_fault_of_the_grader_is_pending_and_not_failed(needs_review: Report) -> None:
    (row,) = read(needs_review)
    assert (row["pending"], row["failed_checks"]) == ("30", "")


def test_a_near_miss_is_not_rounded_up(full_marks: Report) -> None:
    points = full_marks.score.model_copy(update={"earned": 29_999, "possible": 30_000})
    assert read(full_marks.model_copy(update={"score": points}))[0]["percent"] == "99.99"


def test_no_points_to_earn_is_no_division_by_zero(full_marks: Report) -> None:
    points = full_marks.score.model_copy(update={"earned": 0, "possible": 0})
    assert read(full_marks.model_copy(update={"score": points}))[0]["percent"] == "0.00"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", " =", '"='])
def test_a_formula_becomes_text(full_marks: Report, start: str) -> None:
    assert read(named(full_marks, f"{start}1+1"))[0]["submission"].startswith("'")


def test_a_formula_after_a_semicolon_becomes_text(full_marks: Report) -> None:
    assert read(named(full_marks, "a;=1+1"))[0]["submission"] == "a;'=1+1"


@pytest.mark.parametrize("name", ["amara", "a=1", "week-4", "me@home", "1;2"])
def test_an_ordinary_name_stays_as_it_is(full_marks: Report, name: str) -> None:
    assert read(named(full_marks, name))[0]["submission"] == name


@given(ANY_TEXT)
def test_any_text_comes_back_but_for_apostrophes(reports: ModuleType, value: str) -> None:
    report = reports.saying(value)
    (row,) = read(report)
    for column, said in (("submission", report.submission.id), ("path", report.submission.path)):
        assert row[column].replace("'", "") == said.replace("'", "")


@given(ANY_TEXT)
def test_no_cell_begins_as_a_formula(reports: ModuleType, value: str) -> None:
    (row,) = read(reports.saying(value))
    assert not any(cell.strip().startswith(("=", "+", "-", "@")) for cell in row.values())
