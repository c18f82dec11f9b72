import json
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from grader.report.document import Report
from grader.report.fields import LONGEST_NAME, LONGEST_TEXT, Name, Number, Text

ANY_TEXT = st.text(st.characters(categories=None))

_text: TypeAdapter[str] = TypeAdapter(Text)
_name: TypeAdapter[str] = TypeAdapter(Name)
_number: TypeAdapter[float | None] = TypeAdapter(Number)


def test_a_report_read_back_from_its_json_is_the_same(three_mistakes: Report) -> None:
    assert Report.model_validate_json(three_mistakes.to_json()) == three_mistakes


def test_a_hostile_report_read_back_from_its_json_is_the_same(hostile: Report) -> None:
    assert Report.model_validate_json(hostile.to_json()) == hostile


def test_the_schema_version_comes_first(full_marks: Report) -> None:
    assert next(iter(json.loads(full_marks.to_json()).items())) == ("schema_version", 2)


def test_json_ends_with_one_line_feed(full_marks: Report) -> None:
    assert full_marks.to_json().endswith("}\n")


def test_a_loss_that_is_not_a_number_is_null(three_mistakes: Report) -> None:
    assert json.loads(three_mistakes.to_json())["trainings"][0]["loss"][3] is None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), None])
def test_a_number_that_json_cannot_express_is_none(value: float | None) -> None:
    assert _number.validate_python(value) is None


def test_a_number_too_large_for_a_float_is_refused_not_fatal() -> None:
    with pytest.raises(ValidationError):
        _number.validate_python(10**400)


def test_points_must_be_finite(reports: ModuleType, full_marks: Report) -> None:
    points = full_marks.score.model_dump() | {"fraction": float("nan")}
    with pytest.raises(ValidationError):
        type(reports.score(1)).model_validate(points)


def test_an_unknown_field_is_refused(full_marks: Report) -> None:
    with pytest.raises(ValidationError):
        Report.model_validate(full_marks.model_dump() | {"grade": "A"})


@pytest.mark.parametrize(
    "character", ["\ud800", "\x00", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\uffff"]
)
def test_what_cannot_be_written_is_replaced(character: str) -> None:
    assert _text.validate_python(f"a{character}b") == "a\ufffdb"


@pytest.mark.parametrize("character", ["\t", "\n", "\u05d0", "\u200f", "\U0001f600"])
def test_what_can_be_written_stays(character: str) -> None:
    assert _text.validate_python(f"a{character}b") == f"a{character}b"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_end_with_line_feeds(end: str) -> None:
    assert _text.validate_python(f"a{end}b") == "a\nb"


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert _text.validate_python("w" * 10_000) == "w" * (LONGEST_TEXT - 1) + "…"


def test_a_long_name_is_cut_sooner() -> None:
    assert len(_name.validate_python("w" * 10_000)) == LONGEST_NAME


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(ValidationError):
        _text.validate_python(7)


@given(ANY_TEXT)
def test_a_cleaned_text_is_clean(value: str) -> None:
    cleaned = _text.validate_python(value)
    assert _text.validate_python(cleaned) == cleaned


@given(ANY_TEXT)
def test_a_report_that_says_anything_survives_json(reports: ModuleType, value: str) -> None:
    report = reports.saying(value)
    assert Report.model_validate_json(report.to_json().encode()) == report
