"""Which mutants can be told without any training: those that need nothing of what trains."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from grader.assignments.assignment import Assignment
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.loading import load_variants
from grader.audit import early
from grader.audit.mutant import Mutant
from grader.audit.notebooks import SolutionNotebook
from grader.audit.observing import Means
from grader.audit.specimens import Specimen, SpecimenKind, specimens
from grader.audit.untrained import of_what_is_left, untrained
from grader.isolation.choice import Isolation
from grader.kept import Kept
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend

TRAINER = "train_happy_sad_model"


@pytest.fixture(scope="module")
def left() -> Assignment:
    found = untrained(happy_or_sad)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def mutants() -> list[Specimen]:
    made = specimens(SolutionNotebook.of(happy_or_sad), load_variants(happy_or_sad))
    return [each for each in made if each.kind is SpecimenKind.MUTANT]


def changed(cell: str, text: str) -> Specimen:
    """Return a mutant of a cell of happy-or-sad."""
    made = Mutant("wrong-variable", cell, 1, "", "", text)
    return Specimen("made-up", SpecimenKind.MUTANT, "", mutant=made)


def test_mutants_of_cells_that_train_nothing_are_run(
    left: Assignment, mutants: list[Specimen]
) -> None:
    found = of_what_is_left(happy_or_sad, left, mutants)
    assert {each.mutant.cell for each in found if each.mutant} == {"myCallback", "image_generator"}


def test_mutants_of_what_trains_are_not(left: Assignment) -> None:
    assert of_what_is_left(happy_or_sad, left, [changed(TRAINER, "pass")]) == []


# A name that only a cell defines which is left out: there it would be an error, whatever it is.
def test_one_that_needs_what_comes_of_a_training_is_not(left: Assignment) -> None:
    needs = changed("image_generator", "def image_generator():\n    return hist\n")
    assert of_what_is_left(happy_or_sad, left, [needs]) == []


def test_one_that_needs_what_is_still_there_is_run(left: Assignment) -> None:
    needs = changed("image_generator", "def image_generator():\n    return myCallback\n")
    assert of_what_is_left(happy_or_sad, left, [needs]) == [needs]


def test_where_every_check_needs_a_training_there_is_nothing_to_run() -> None:
    trained = [check for check in happy_or_sad.checks if check.part == TRAINER]
    assert untrained(replace(happy_or_sad, checks=trained)) is None


class Nothing:
    """Observes nothing of any specimen, as if all were rejected."""

    def __init__(self, _: Assignment, means: Means) -> None:
        self._means = means

    def evidence(self, several: Sequence[Specimen]) -> Mapping[str, Kept | None]:
        for each in several:
            self._means.shown(each)
        return dict.fromkeys(each.id for each in several)


def test_each_run_is_shown_whether_it_is_needed_or_not(
    mutants: list[Specimen], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early, "Observing", Nothing)
    solution, shown = Specimen("solution", SpecimenKind.SOLUTION, ""), list[Specimen]()
    with Kernels(Backend.FRESH, Isolation.NONE) as kernels:
        early.told_early(happy_or_sad, Means(kernels, {}, shown=shown.append), solution, mutants)
    # Without any training, and with an epoch of each.
    assert Counter(each.id for each in shown) == {each.id: 2 for each in (solution, *mutants)}
