"""A file that is no assignment's has a report all the same."""

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from grader.report import grades, html, junit, text
from grader.report.document import Report
from grader.report.reading import read


@pytest.fixture
def foreign(rejected: Report) -> Report:
    return rejected.model_copy(update={"assignment": None})


def test_it_is_read_back_as_it_was(foreign: Report) -> None:
    assert read(foreign.to_json()) == foreign


def test_its_page_says_so(foreign: Report) -> None:
    page = html.render(foreign)
    assert "No assignment" in page
    assert "version" not in page.split('<p class="eyebrow">')[1].split("</p>")[0]


def test_a_terminal_says_so(foreign: Report) -> None:
    shown = io.StringIO()
    text.render(foreign, Console(file=shown, width=100))
    assert "No assignment" in shown.getvalue()


def test_its_cases_have_a_class(foreign: Report) -> None:
    cases = junit.render([foreign], datetime(2026, 1, 1, tzinfo=UTC))
    assert f'classname="no-assignment.{foreign.submission.id}"' in cases


def test_it_has_a_line_among_the_grades(foreign: Report) -> None:
    assert grades.render([foreign]).splitlines()[1].startswith(f"{foreign.submission.id},")


def test_its_page_names_nothing_that_it_does_not_depend_on(foreign: Report) -> None:
    unknown = foreign.provenance.model_copy(update={"seed": None, "threads": None})
    page = html.render(foreign.model_copy(update={"provenance": unknown}))
    assert ("Seed" in page, "Threads" in page) == (False, False)


def test_a_seed_of_0_is_named(full_marks: Report) -> None:
    known = full_marks.provenance.model_copy(update={"seed": 0})
    assert "Seed" in html.render(full_marks.model_copy(update={"provenance": known}))
