"""docs/reports.md explains every field of report.json and every file that is written."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from grader.batch import output
from grader.diagnosis import Symptom
from grader.goals.status import GoalStatus
from grader.records import Blame, CellStatus, ExecutionStatus, Severity, Status, Verdict
from grader.report import document, grades, wording
from grader.report.document import Report

KINDS = (GoalStatus, Symptom, Verdict, Status, Severity, ExecutionStatus, Blame, CellStatus)
VALUES = sorted({value for kind in KINDS for value in kind})


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for kind in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from models(kind)


FIELDS = sorted({(one.__name__, name) for one in models(Report) for name in one.model_fields})


def section(page: str, title: str) -> str:
    return page.split(f"\n## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def test_every_part_of_the_document_is_looked_at() -> None:
    assert len({model for model, _ in FIELDS}) == 17


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_a_field_is_explained(reports_page: str, model: str, field: str) -> None:
    assert f"\n| `{field}` | " in section(reports_page, model)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_explained(reports_page: str, value: str) -> None:
    assert f"`{value}`" in reports_page


@pytest.mark.parametrize("field", sorted(document.VARYING))
def test_a_field_that_varies_is_named(reports_page: str, field: str) -> None:
    assert f"`{field}`" in reports_page.split("\n## ", maxsplit=1)[0]


@pytest.mark.parametrize("source", wording.SOURCE)
def test_where_a_training_came_from_is_explained(reports_page: str, source: str) -> None:
    assert f"`{source}`" in section(reports_page, "TrainingRow")


@pytest.mark.parametrize("column", grades.COLUMNS)
def test_a_column_of_the_grades_is_explained(reports_page: str, column: str) -> None:
    assert f"\n| `{column}` | " in section(reports_page, "grades.csv")


@pytest.mark.parametrize(
    "name", [output.EXECUTED, output.REPORT_PAGE, output.REPORT, output.EVIDENCE, "grades.csv"]
)
def test_a_file_that_is_written_is_explained(reports_page: str, name: str) -> None:
    assert f"`{name}`" in reports_page.split("\n## ", maxsplit=1)[0]
