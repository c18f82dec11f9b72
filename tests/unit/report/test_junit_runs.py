from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import junit_schema
from hypothesis import given
from hypothesis import strategies as st

from grader.records import EndToEnd
from grader.report import junit_runs

WRITTEN = datetime(2026, 11, 26, 17, 5, tzinfo=UTC)
FINE = EndToEnd(Path("notebooks/fine.ipynb"), 12, None, "", 8.25)
FAILED = EndToEnd(Path("notebooks/failed.ipynb"), 3, 2, "NameError: x", 1.5)
ANY_TEXT = st.text(st.characters(categories=None))


def parsed(*results: EndToEnd) -> Element:
    return fromstring(junit_runs.render(results, WRITTEN).encode())  # noqa: S314 - it is our own


def test_jenkins_takes_it() -> None:
    assert junit_schema.faults(parsed(FINE, FAILED)) == []


def test_a_notebook_is_a_case() -> None:
    cases = parsed(FINE, FAILED).findall("testsuite/testcase")
    assert [(case.get("name"), case.get("time"), len(case)) for case in cases] == [
        ("notebooks/fine.ipynb", "8.250", 0),
        ("notebooks/failed.ipynb", "1.500", 1),
    ]


def test_a_failure_names_the_cell() -> None:
    failure = parsed(FAILED).find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("message") == "cell 3 failed: NameError: x"


def test_a_notebook_that_is_run_twice_is_two_cases() -> None:
    names = [case.get("name") for case in parsed(FINE, FAILED, FINE).iter("testcase")]
    assert names[::2] == ["notebooks/fine.ipynb", "notebooks/fine.ipynb (2)"]


def test_the_suite_is_counted_and_timed() -> None:
    suite = parsed(FINE, FAILED).find("testsuite")
    assert suite is not None
    counted = {name: suite.get(name) for name in ("tests", "failures", "errors", "time")}
    assert counted == {"tests": "2", "failures": "1", "errors": "0", "time": "9.750"}


@given(ANY_TEXT)
def test_any_error_makes_a_document_that_jenkins_takes(error: str) -> None:
    result = EndToEnd(Path("notebook.ipynb"), 1, 0, error, 1.0)
    assert junit_schema.faults(parsed(result)) == []
