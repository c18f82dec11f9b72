import pytest

from grader.notebook.statements import Statements
from grader.records import Cell, CellKind


def statements(*texts: str) -> Statements:
    return Statements([Cell(place, CellKind.CODE, text) for place, text in enumerate(texts)])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("size = 1", "size"),
        ("ｓize = 1", "size"),  # noqa: RUF001 - Python reads it as an s
        ("ﬁlter = 1", "filter"),
        ("größe = 1", "größe"),
        ("की = 1", "की"),
        ("x·y = 1", "x·y"),
        ("尺寸 = 1", "尺寸"),
        ("from m import a as size", "size"),
        ("import size.of.all", "size"),
        ("if 1:\n    size = 1or 0", "size"),
        ("print((size:=1)if 1else 0)", "size"),
        ("for i, (size, _) in x: pass", "size"),
        ("x = 1; size = 2; y = 3", "size"),
        ("!ls\nsize = 1", "size"),
        ("def size(: pass", "size"),
        ("from m import *", "*"),
        ("def size(): pass\n" + "x = 1\n" * 20_000, "size"),
    ],
)
def test_a_statement_is_found_by_what_it_binds(text: str, name: str) -> None:
    found = statements("other = 1", text).binding(name)
    assert [statement.cell.index for statement in found] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "size.append(1)",
        "size[0] = 1",
        "size.a.b.c()",
        "size.x += 1",
        "del size[0]",
        "x = 1; size.y()",
    ],
)
def test_a_statement_is_found_by_what_it_changes(text: str) -> None:
    found = statements("size = []", text).changing("size")
    assert [statement.cell.index for statement in found] == [1]


@pytest.mark.parametrize("text", ["# size = 1", "'size = 1'", "x = size", "x.size = 1", "size"])
def test_a_statement_that_only_says_a_name_does_not_bind_it(text: str) -> None:
    assert statements(text).binding("size") == []


def test_statements_are_found_in_the_order_of_the_notebook() -> None:
    found = statements("size = 1\nx = 1\nsize = 2", "size = 3").binding("size")
    assert [statement.key for statement in found] == [(0, 0), (0, 2), (1, 0)]
