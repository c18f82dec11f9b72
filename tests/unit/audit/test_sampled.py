"""A sample of the mutants: which ones are in it, and what it says of all of them."""

import io

import pytest
from audits import audit
from rich.console import Console

from grader.audit import text
from grader.audit.document import Audit, Fate
from grader.audit.sampled import sample_of, sampled
from grader.audit.specimens import Specimen, SpecimenKind

WRITTEN = [
    Specimen("solution", SpecimenKind.SOLUTION, ""),
    Specimen("mistake-plus", SpecimenKind.MISTAKE, "", loses=frozenset({"sum"})),
]
MUTANTS = [Specimen(f"swap-{number}", SpecimenKind.MUTANT, "") for number in range(40)]
EVERY = [*WRITTEN, *MUTANTS]


def test_all_that_somebody_has_written_is_graded() -> None:
    assert [each for each in sampled(EVERY, 1) if each in WRITTEN] == WRITTEN


def test_there_are_as_many_mutants_as_were_asked_for() -> None:
    assert len(sampled(EVERY, 10)) == len(WRITTEN) + 10


def test_where_there_are_fewer_all_of_them_are_graded() -> None:
    assert sampled(EVERY, 41) == EVERY


def test_they_come_in_their_order() -> None:
    chosen = sampled(EVERY, 10)
    assert chosen == [each for each in EVERY if each in chosen]


def test_they_are_not_just_the_first() -> None:
    assert sampled(EVERY, 10) != EVERY[: len(WRITTEN) + 10]


def test_a_larger_sample_has_those_of_a_smaller_one() -> None:
    assert {each.id for each in sampled(EVERY, 10)} < {each.id for each in sampled(EVERY, 20)}


def test_which_they_are_does_not_depend_on_their_order() -> None:
    reverse = sampled([*reversed(EVERY)], 10)
    assert {each.id for each in reverse} == {each.id for each in sampled(EVERY, 10)}


@pytest.fixture(scope="module")
def known() -> Audit:
    """An audit of 40 mutants of which one lives, and four do only what is right."""
    return audit(mutants=40, checks=3)


def test_of_all_mutants_there_is_no_sample(known: Audit) -> None:
    assert sample_of(known, 40) is None


# Clopper and Pearson by the quantiles of beta distributions: 35 of 36, and 0 of 0.
def test_the_share_of_all_comes_with_its_interval(known: Audit) -> None:
    found = sample_of(known, 900)
    assert found is not None
    assert (found.graded, found.made) == (40, 900)
    assert (found.low, found.high) == pytest.approx((0.8547, 0.9993), abs=1e-4)


def test_a_sample_of_what_does_only_what_is_right_says_nothing(known: Audit) -> None:
    rows = [row for row in known.specimens if row.fate not in {Fate.KILLED, Fate.ALIVE}]
    found = sample_of(known.model_copy(update={"specimens": rows}), 900)
    assert found is not None
    assert (found.low, found.high) == (0, 1)


def test_it_is_said_how_many_were_graded_of_how_many(known: Audit) -> None:
    made = known.model_copy(update={"sample": sample_of(known, 900)})
    shown = io.StringIO()
    text.render(made, Console(file=shown, width=200))
    assert "A sample: 40 of 900 mutants were graded." in shown.getvalue()


def test_where_all_were_graded_nothing_is_said_of_a_sample(known: Audit) -> None:
    shown = io.StringIO()
    text.render(known, Console(file=shown, width=200))
    assert "A sample" not in shown.getvalue()
