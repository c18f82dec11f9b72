from types import ModuleType
from xml.etree.ElementTree import Element, fromstring

from hypothesis import given
from hypothesis import strategies as st

from grader.report import junit
from grader.report.document import Report

ANY_TEXT = st.text(st.characters(categories=None))


def parsed(*reports: Report) -> Element:
    return fromstring(junit.render(reports).encode())  # noqa: S314 - it is our own


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
    totals = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert totals == {"tests": "21", "failures": "4", "errors": "0", "skipped": "1"}


def test_a_failure_tells_expected_found_and_hint(three_mistakes: Report) -> None:
    failure = found(parsed(three_mistakes), ".//testcase[@name='loss_fits']/failure")
    assert failure.get("message") == "The loss fits two classes"
    assert failure.text is not None
    assert failure.text.splitlines()[1:3] == [
        "expected: binary_crossentropy, as an object or by name",
        "found: mean_squared_error",
    ]


def test_without_a_hint_a_failure_tells_none(three_mistakes: Report) -> None:
    checks = [check.model_copy(update={"hint": ""}) for check in three_mistakes.checks]
    bare = parsed(three_mistakes.model_copy(update={"checks": checks}))
    told = found(bare, ".//testcase[@name='loss_fits']/failure").text or ""
    assert told.splitlines()[-1] == "found: mean_squared_error"


def test_a_skipped_check_says_why(three_mistakes: Report) -> None:
    skipped = found(parsed(three_mistakes), ".//testcase[@name='stops_early']/skipped")
    assert str(skipped.get("message")).startswith("Depends on")


def test_a_case_is_named_by_assignment_group_and_check(full_marks: Report) -> None:
    case = found(parsed(full_marks), ".//testcase")
    assert case.get("classname") == "happy-or-sad.image_generator"
    assert case.get("name") == "images_are_found"


def test_the_score_is_a_property(three_mistakes: Report) -> None:
    assert found(parsed(three_mistakes), ".//property[@name='score']").get("value") == "50/100"


def test_the_time_is_that_of_the_run(full_marks: Report) -> None:
    assert found(parsed(full_marks), "testsuite").get("time") == "18.420"


def test_a_rejected_file_is_one_failure(rejected: Report) -> None:
    (case,) = parsed(rejected).iter("testcase")
    assert case.get("name") == "submission"
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
