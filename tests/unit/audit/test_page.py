"""What the page of an audit puts together, before a browser shows it."""

from audits import audit

from grader.audit.operators.registry import OPERATORS, sentence
from grader.audit.page import bands


def test_what_is_of_a_kind_stands_together_in_whichever_order_variants_were_written() -> None:
    made = audit(mutants=20, checks=3)
    solution, starter, right, mistake, *mutants = made.specimens
    mixed = made.model_copy(update={"specimens": [solution, starter, mistake, right, *mutants]})
    titles = [band.title for band in bands(mixed)]
    assert titles == list(dict.fromkeys(titles))
    assert [row.id for row in next(bands(mixed)).rows] == [solution.id, starter.id, right.id]


def test_operators_are_told_without_the_markup_of_docstrings() -> None:
    assert not [name for name in OPERATORS if "``" in sentence(name)]
