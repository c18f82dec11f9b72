"""The table of rooms in ARCHITECTURE.md is made from the rules that a test holds."""

import re
from pathlib import Path

import pytest
from rooms import ROOMS, purpose

PAGE = Path(__file__).parents[3] / "ARCHITECTURE.md"
TABLE = re.compile(r"(?<=<!-- rooms -->\n).*?(?=<!-- end -->)", re.DOTALL)


def table() -> str:
    head = "| room | what it is for | may import |\n|---|---|---|\n"
    return head + "".join(map(_line, ROOMS.items()))


def _line(room: tuple[str, str]) -> str:
    name, allowed = room
    imported = ", ".join(f"`{each}`" for each in allowed.split() if each != "__version__")
    return f"| `{name}` | {purpose(name).rstrip('.')} | {imported} |\n"


def test_the_table_is_what_the_test_of_imports_holds(pytestconfig: pytest.Config) -> None:
    page = PAGE.read_text("utf-8")
    made = TABLE.sub(lambda _: table(), page)
    if pytestconfig.getoption("--update-docs"):
        PAGE.write_text(made, "utf-8")
    assert PAGE.read_text("utf-8") == made, "out of date: pytest tests/unit --update-docs"


def test_every_file_that_the_page_links_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)", PAGE.read_text("utf-8"))
    assert [link for link in links if not (PAGE.parent / link).exists()] == []
