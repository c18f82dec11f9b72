"""A diagnosis is in the document, and people are told of it once."""

import html
import io
import re

import pytest
from rich.console import Console

from grader.report import html as page
from grader.report import text
from grader.report.document import DiagnosisRow, Report
from grader.report.reading import read

SENTENCE = "The learning rate is 0, so that no weight changes: look first at the optimizer."
FOUND = DiagnosisRow(
    kind="no-learning-rate",
    seen="The learning rate is 0, so that no weight changes",
    look_at="the optimizer",
    sentence=SENTENCE,
)


@pytest.fixture
def diagnosed(three_mistakes: Report) -> Report:
    """A report whose checks say nothing of the diagnosis."""
    training = three_mistakes.trainings[0].model_copy(update={"diagnosis": FOUND})
    return three_mistakes.model_copy(update={"trainings": [training]})


@pytest.fixture
def hinted(diagnosed: Report) -> Report:
    """The same, where the check of the training has it as its hint."""
    checks = [
        check.model_copy(update={"hint": SENTENCE if check.required else check.hint})
        for check in diagnosed.checks
    ]
    return diagnosed.model_copy(update={"checks": checks})


def printed(report: Report) -> str:
    shown = io.StringIO()
    text.render(report, Console(file=shown, width=80, color_system=None))
    return " ".join(shown.getvalue().split())


def section(report: Report) -> str:
    """The part of the page on the trainings, as it is read."""
    markup = page.render(report).partition('id="training"')[2]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", markup).split()))


def test_it_is_beside_the_curves(diagnosed: Report) -> None:
    assert SENTENCE in printed(diagnosed)
    assert SENTENCE in section(diagnosed)


def test_it_is_said_once_where_a_hint_says_it(hinted: Report) -> None:
    assert printed(hinted).count(SENTENCE) == 1
    assert SENTENCE not in section(hinted)


def test_it_is_in_the_document(diagnosed: Report) -> None:
    assert read(diagnosed.to_json()).trainings[0].diagnosis == FOUND


def test_a_report_of_before_has_none(three_mistakes: Report) -> None:
    told = three_mistakes.model_dump(mode="json")
    del told["trainings"][0]["diagnosis"]
    assert Report.model_validate(told).trainings[0].diagnosis is None
