"""docs/audit.md names every operator, as the code says it."""

from collections.abc import Callable
from pathlib import Path

from grader.audit.operators.registry import OPERATORS, sentence

PAGE = Path(__file__).parents[3] / "docs" / "audit.md"
HEAD, END = "<!-- operators: made from the code -->\n", "<!-- end -->"


def table() -> str:
    rows = (f"| `{name}` | {sentence(name)} |\n" for name in OPERATORS)
    return "| operator | makes this mistake |\n| --- | --- |\n" + "".join(rows)


def test_the_table_is_what_the_code_says(keep_true: Callable[[str, str], None]) -> None:
    before, found, rest = PAGE.read_text("utf-8").partition(HEAD)
    _, end, after = rest.partition(END)
    assert found
    keep_true("audit.md", f"{before}{found}\n{table()}\n{end}{after}")
