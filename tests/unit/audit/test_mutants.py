"""Mutants: each parses, differs, is there once, and is made the same way each time."""

from hypothesis import given, settings
from random_python import CELLS

from grader.audit.making import mutants
from grader.audit.mutant import Mutant
from grader.notebook import source
from grader.records import Cell, CellKind

# Each is a notebook of some hundred mutants.
FEW = settings(max_examples=40)


def made(*texts: str) -> list[Mutant]:
    """Make the mutants of a notebook whose only graded cell is the last one."""
    cells = [Cell(place, CellKind.CODE, text) for place, text in enumerate(texts)]
    return mutants(cells, {len(texts) - 1: "solve"})


@FEW
@given(CELLS)
def test_every_mutant_parses(cell: str) -> None:
    assert [each.text for each in made(cell) if source.parse(each.text) is None] == []


@FEW
@given(CELLS)
def test_every_mutant_does_something_else_than_the_solution(cell: str) -> None:
    said = {source.normalize(each.text) for each in made(cell)}
    assert source.normalize(cell) not in said


@FEW
@given(CELLS)
def test_no_two_mutants_are_the_same(cell: str) -> None:
    said = [source.normalize(each.text) for each in made(cell)]
    assert len({*said}) == len(said)


@FEW
@given(CELLS)
def test_mutants_are_made_the_same_way_each_time(cell: str) -> None:
    assert made(cell) == made(cell)


@FEW
@given(CELLS)
def test_no_two_mutants_have_the_same_id(cell: str) -> None:
    names = [each.id for each in made(cell)]
    assert len({*names}) == len(names)


@FEW
@given(CELLS)
def test_a_mutant_leaves_the_lines_above_its_own_as_they_are(cell: str) -> None:
    lines = cell.split("\n")
    assert [m for m in made(cell) if m.text.split("\n")[: m.line - 1] != lines[: m.line - 1]] == []
