"""docs/audit.md names every operator, as the code says it, and counts what there is."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.loading import load_variants
from grader.audit.notebooks import SolutionNotebook
from grader.audit.operators.registry import OPERATORS, sentence
from grader.audit.specimens import specimens

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


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    """Return how many specimens there are of each kind."""
    made = specimens(SolutionNotebook.of(happy_or_sad), load_variants(happy_or_sad))
    return Counter(each.kind.value for each in made)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("mutant", "of all {count} do only what is right"),
        ("mistake", "of {count} lose what is written beside them"),
        ("variant", "of {count} have all points"),
    ],
)
def test_the_example_counts_what_the_assignment_has(
    counts: Counter[str], kind: str, told: str
) -> None:
    assert told.format(count=counts[kind]) in PAGE.read_text("utf-8")


def test_the_example_has_as_many_checks_as_the_rubric() -> None:
    assert f"whose rubric has {len(happy_or_sad.checks)} checks" in PAGE.read_text("utf-8")
