"""A comment says what a graded cell is of; what is no function need not be called one."""

from pathlib import Path

import nbformat
import pytest

from grader.authoring import Assignment, DeclarationError, Expectation, Value, ValueView
from grader.notebook import source


@pytest.mark.parametrize("word", ["FUNCTION", "FUNCTIONS", "CLASS", "VALUE", "FIGURE", "FILE"])
def test_a_graded_cell_is_marked_by_what_it_is(word: str) -> None:
    assert source.GRADED_MARKER.findall(f"# GRADED {word}: rate\nrate = 1") == ["rate"]


@pytest.mark.parametrize("line", ["# GRADED: rate", "# GRADED LATER: rate", "# VALUE: rate"])
def test_another_comment_marks_none(line: str) -> None:
    assert source.GRADED_MARKER.findall(line) == []


def test_what_is_told_of_a_value_without_a_cell_calls_it_a_value(tmp_path: Path) -> None:
    notebook = tmp_path / "rates.ipynb"
    cells = [nbformat.v4.new_code_cell("# GRADED VALUE: rat\nrat = 1")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
    rates = Assignment("rates", "Rates", notebook)
    rate = rates.part(Value("rate"))

    @rates.group("values").check(rate, points=1, hint="Which one?")
    def right(value: ValueView) -> Expectation:
        """It is right."""
        return value.equals(1)

    with pytest.raises(DeclarationError, match=r"'# GRADED VALUE: rate'.*Did you mean rat\?"):
        rates.complete()
