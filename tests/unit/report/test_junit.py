from datetime import UTC, datetime, timedelta, timezone
from types import ModuleType
from xml.etree.ElementTree import Element, fromstring

import junit_schema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import junit
from grader.report.document import Report

WRITTEN = datetime(2026, 11, 26, 17, 5, tzinfo=UTC)
ANY_TEXT = st.text(st.characters(categories=None))


def parsed(*reports: Report) -> Element:
    return fromstring(junit.render(reports, WRITTEN).encode())  # noqa: S314 - it is our own


def found(root: Element, path: str) -> Element:
    element = root.find(path)
    assert element is not None
    return element


def test_a_submission_is_a_suite_and_a_check_a_case(
    full_marks: Report, three_mistakes: Report
) -> None:
    suites = parsed(full_marks, three_mistakes).findall("testsuite")
    assert [(suite.get("name"), len(suite.findall("testcase"))) for suite in suites] == [
        ("amara", 10),
        ("ben", 10),
    ]


def test_totals_are_counted(full_marks: Report, three_mistakes: Report, rejected: Report) -> None:
    root = parsed(full_marks, three_mistakes, rejected)
    totals = {name: root.get(name) for name in ("tests", "failures", "errors")}
    assert totals == {"tests": "21", "failures": "4", "errors": "0"}


def test_skipped_cases_are_counted_by_suite(full_marks: Report, three_mistakes: Report) -> None:
    suites = parsed(full_marks, three_mistakes)
    assert [suite.get("skipped") for suite in suites] == ["0", "1"]


@pytest.mark.parametrize(
    "name", ["full_marks", "three_mistakes", "rejected", "needs_review", "hostile"]
)
def test_jenkins_takes_it(request: pytest.FixtureRequest, name: str) -> None:
    assert junit_schema.faults(parsed(request.getfixturevalue(name))) == []


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ('<testsuites skipped="0"/>', "testsuites has skipped"),
        ('<testsuites><testcase name="x"/></testsuites>', "testsuites holds testcase"),
        ("<testsuite tests='0' failures='0' errors='0'/>", "testsuite lacks name"),
        ('<testsuites time="1e3"/>', "testsuites took 1e3"),
    ],
)
def test_jenkins_does_not_take_everything(document: str, fault: str) -> None:
    assert junit_schema.faults(fromstring(document)) == [fault]  # noqa: S314 - it is our own


def test_jenkins_takes_a_class(
    full_marks: Report, three_mistakes: Report, rejected: Report, needs_review: Report
) -> None:
    root = parsed(full_marks, three_mistakes, rejected, needs_review)
    assert junit_schema.faults(root) == []


def test_jenkins_takes_a_run_of_hours(full_marks: Report) -> None:
    assert full_marks.execution is not None
    execution = full_marks.execution.model_copy(update={"wall_s": 12345.6})
    root = parsed(full_marks.model_copy(update={"execution": execution}))
    assert (junit_schema.faults(root), root.get("time")) == ([], "12345.600")


def test_no_two_cases_are_taken_for_one(
    full_marks: Report, three_mistakes: Report, rejected: Report, needs_review: Report
) -> None:
    root = parsed(full_marks, three_mistakes, rejected, needs_review)
    keys = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(keys)) == len(keys)


def test_suites_are_numbered(full_marks: Report, three_mistakes: Report) -> None:
    assert [suite.get("id") for suite in parsed(full_marks, three_mistakes)] == ["0", "1"]


def test_times_add_up(full_marks: Report, rejected: Report) -> None:
    assert parsed(full_marks, rejected, full_marks).get("time") == "36.840"


@pytest.mark.parametrize("hours", [-8, 0, 5.5])
def test_the_time_of_writing_is_told_in_utc(full_marks: Report, hours: float) -> None:
    written = WRITTEN.astimezone(timezone(timedelta(hours=hours)))
    assert 'timestamp="2026-11-26T17:05:00"' in junit.render([full_marks], written)


def test_a_failure_tells_expected_found_and_hint(three_mistakes: Report) -> None:
    failure = found(
        parsed(three_mistakes), ".//testcase[@name='The loss fits two classes']/failure"
    )
    assert failure.get("message") == "The loss fits two classes"
    assert failure.text is not None
    assert failure.text.splitlines()[1:3] == [
        "expected: binary_crossentropy, as an object or by name",
        "found: mean_squared_error",
    ]


def test_without_a_hint_a_failure_tells_none(three_mistakes: Report) -> None:
    checks = [check.model_copy(update={"hint": ""}) for check in three_mistakes.checks]
    bare = parsed(three_mistakes.model_copy(update={"checks": checks}))
    told = found(bare, ".//testcase[@name='The loss fits two classes']/failure").text or ""
    assert told.splitlines()[-1] == "found: mean_squared_error"


def test_a_skipped_check_says_why(three_mistakes: Report) -> None:
    skipped = found(parsed(three_mistakes), ".//testcase/skipped")
    assert str(skipped.get("message")).startswith("Depends on")


def test_a_case_is_of_its_submission_and_named_by_the_check(full_marks: Report) -> None:
    case = found(parsed(full_marks), ".//testcase")
    assert case.get("classname") == "happy-or-sad.amara"
    assert case.get("name") == "The loader finds all 80 images"


def test_a_case_has_the_part_of_its_check(full_marks: Report) -> None:
    assert found(parsed(full_marks), ".//testcase").get("group") == "image_generator"


def test_the_score_is_a_property(three_mistakes: Report) -> None:
    assert found(parsed(three_mistakes), ".//property[@name='score']").get("value") == "50/100"


def test_the_time_is_that_of_the_run(full_marks: Report) -> None:
    assert found(parsed(full_marks), "testsuite").get("time") == "18.420"


def test_a_rejected_file_is_one_failure(rejected: Report) -> None:
    (case,) = parsed(rejected).iter("testcase")
    assert (case.get("classname"), case.get("name")) == (
        f"happy-or-sad.{rejected.submission.id}",
        "submission",
    )
    assert str(found(case, "failure").get("message")).startswith("Expected a Jupyter notebook")


def test_an_errored_check_is_an_error(needs_review: Report) -> None:
    assert len(parsed(needs_review).findall(".//error")) == 2


def test_a_review_without_an_errored_check_is_one_error(needs_review: Report) -> None:
    (case,) = parsed(needs_review.model_copy(update={"checks": []})).iter("testcase")
    assert "not yours" in str(found(case, "error").get("message"))


def test_no_submission_is_an_empty_document() -> None:
    assert parsed().get("tests") == "0"


def test_hostile_texts_arrive_as_they_are(hostile: Report) -> None:
    failure = found(parsed(hostile), ".//failure")
    assert failure.text is not None
    assert "hint: <script>alert(1)</script> [bold red]x[/] [/nope] ]]> &amp;" in failure.text


@given(ANY_TEXT)
def test_any_text_makes_valid_xml(reports: ModuleType, value: str) -> None:
    report = reports.saying(value)
    suite = found(parsed(report), "testsuite")
    assert suite.get("name") == report.submission.id
