"""The page for authors about kinds of graded parts: its examples run, and say what it says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import looking
import matplotlib.pyplot as plt
import noticing
import pytest

from grader.kinds.folders import folders
from grader.kinds.kind import Part
from grader.kinds.registry import kinds

PAGE = (Path(__file__).parents[3] / "docs" / "kinds.md").read_text("utf-8")
HEADER = re.compile(r"\| the student's `(\w+)` \| (.*) \|\n\|[-|]+\|\n((?:\|.*\n)+)")
IN_HEADER = re.compile(r"`(.*)`: expected \| found")


def parts() -> dict[str, Any]:
    """Run the examples, and return what they define."""
    defined: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(block, defined)  # noqa: S102 - our own page
    return defined


def rows() -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield a part's name, the student's code, the check, and what a student reads."""
    for name, columns, table in HEADER.findall(PAGE):
        for line in table.splitlines():
            code, *cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            asked = IN_HEADER.fullmatch(columns)
            check = asked[1] if asked else cells.pop(0).strip("`")
            yield name, code.strip("`"), check, cells


@pytest.mark.parametrize(("name", "code", "check", "told"), list(rows()))
def test_a_student_reads_what_the_page_says(
    name: str, code: str, check: str, told: list[str]
) -> None:
    defined = parts() | {"plt": plt}
    part = defined[name]
    with noticing.noticed_figures():
        evidence = looking.look(part, {name: eval(code, defined)})  # noqa: S307 - our own page
    found = eval(check, {name: looking.seen(part, evidence)})  # noqa: S307 - likewise
    assert [found.expected, found.actual, found.hint][: len(told)] == told


FILES = re.compile(r"\| what was left in `(.*)` \| .*\n\|[-|]+\|\n((?:\|.*\n)+)")


def files() -> Iterator[tuple[str, list[str]]]:
    """Yield a path, and the cells of a row about what was left there."""
    for path, table in FILES.findall(PAGE):
        for line in table.splitlines():
            yield path, [cell.strip().strip("`") for cell in line.split("|")[1:-1]]


@pytest.mark.parametrize(("path", "row"), list(files()))
def test_a_student_reads_of_a_file_what_the_page_says(
    path: str, row: list[str], tmp_path: Path
) -> None:
    content, check, *told = row
    part = parts()["log"]
    (tmp_path / path).parent.mkdir()
    (tmp_path / path).write_text(ast.literal_eval(content), "utf-8")
    stage = looking.Stage({})
    stage.send("file", name=part.name)
    evidence = looking.compared(stage, looking.challenges(part), tmp_path)
    found = eval(check, {"log": looking.seen(part, evidence)})  # noqa: S307 - our own page
    assert [found.expected, found.actual] == told


def test_each_kind_has_a_section_with_examples() -> None:
    titles = re.findall(r"^## (\w+(?: cell)?)$", PAGE, re.MULTILINE)
    named = {title.lower().replace(" ", "_") for title in titles}
    assert {f"grader.kinds.{name}" for name in named} == set(folders())
    assert PAGE.count("```python") == len(titles)
    # Of other parts, a student reads what the author's own checks say.
    viewed = [part for part in kinds() if issubclass(part, Part)]
    assert len({name for name, *_ in rows()}) + bool(list(files())) == len(viewed)
