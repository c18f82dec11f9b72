"""Every form of a report says which grading profile graded, and what it took away."""

import io
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console

from grader.report import html, junit, profiles, text
from grader.report.document import Report
from grader.report.origin import ProfileRow

CHANGES = ["600 of 2,000 images of train", "EPOCHS = 20 instead of 40"]
QUICK = ProfileRow(name="quick", changes=CHANGES)
WORDS = "Graded by the profile quick: 600 of 2,000 images of train; EPOCHS = 20 instead of 40."
FULL = "Graded in full, without the profile quick."
NOTHING = "Graded by the profile quick, which takes nothing away here."


def graded_by(report: Report, profile: ProfileRow | None) -> Report:
    origin = report.provenance.model_copy(update={"profile": profile})
    return report.model_copy(update={"provenance": origin})


def on_terminal(report: Report) -> str:
    out = io.StringIO()
    text.render(report, Console(file=out, width=100, color_system=None))
    return " ".join(out.getvalue().split())


def as_xml(report: Report) -> str:
    root = ET.fromstring(junit.render([report], datetime(2026, 1, 1, tzinfo=UTC)))  # noqa: S314 - our own
    found = root.find(".//property[@name='profile']")
    return "" if found is None else str(found.get("value"))


FORMS = pytest.mark.parametrize("shown", [on_terminal, html.render, as_xml])


@FORMS
@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (QUICK, WORDS),
        (ProfileRow(name="quick", full=True), FULL),
        (ProfileRow(name="quick"), NOTHING),
    ],
)
def test_it_is_said_which_profile_graded(
    full_marks: Report, shown: object, profile: ProfileRow, words: str
) -> None:
    assert callable(shown)
    assert words in shown(graded_by(full_marks, profile))


@FORMS
def test_of_an_assignment_without_one_nothing_is_said(full_marks: Report, shown: object) -> None:
    assert callable(shown)
    assert "raded by the profile" not in shown(full_marks)


def test_a_long_list_is_not_cut_on_a_terminal(full_marks: Report) -> None:
    row = ProfileRow(
        name="quick", changes=[f"IMAGE_SIZE_{n} = 64 instead of 150" for n in range(9)]
    )
    assert profiles.said(graded_by(full_marks, row)) in on_terminal(graded_by(full_marks, row))


def test_a_report_of_before_has_none(full_marks: Report) -> None:
    plain = full_marks.model_dump(mode="json")
    del plain["provenance"]["profile"]
    assert Report.model_validate(plain).provenance.profile is None
