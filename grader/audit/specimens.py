"""What an audit grades: the solution, the starter, variants, mistakes and mutants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from grader.assignments.variants import Variant
from grader.audit.making import mutants
from grader.audit.mutant import Mutant
from grader.audit.notebooks import SolutionNotebook


class SpecimenKind(StrEnum):
    """What a specimen is, and so what it must come to.

    The solution and a variant get all points, the starter none. A mistake loses what is written
    beside it. A mutant loses something, if it behaves otherwise than what is right.
    """

    SOLUTION = "solution"
    STARTER = "starter"
    VARIANT = "variant"
    MISTAKE = "mistake"
    MUTANT = "mutant"


@dataclass(frozen=True, slots=True)
class Specimen:
    """A notebook that an audit grades.

    Args:
        id: Names it.
        kind: What it is.
        notebook: As JSON.
        about: What it does, in a phrase.
        loses: Of a mistake, the checks that must not pass.
        mutant: Of a mutant, what was changed.
        seed: With which it is run alone; None for those that are published.
    """

    id: str
    kind: SpecimenKind
    notebook: str
    about: str = ""
    loses: frozenset[str] = frozenset()
    mutant: Mutant | None = None
    seed: int | None = None

    def foretells(self, lost: frozenset[str]) -> bool:
        """Whether checks are those that it must lose; of a mutant, whether there are any."""
        match self.kind:
            case SpecimenKind.MISTAKE:
                return lost == self.loses
            case SpecimenKind.MUTANT:
                return bool(lost)
            case _:
                return not lost


def specimens(solution: SolutionNotebook, variants: Sequence[Variant]) -> list[Specimen]:
    """Return all that is to be graded, the solution first.

    Raises:
        DeclarationError: A variant edits what is not there.
        UsageError: What students get cannot be made of the solution.
    """
    return [
        Specimen("solution", SpecimenKind.SOLUTION, solution.notebook({}), "the solution itself"),
        Specimen("starter", SpecimenKind.STARTER, solution.starter(), "nothing is filled in"),
        *(_variant(solution, each) for each in variants),
        *(_mutant(solution, each) for each in mutants(solution.cells, _names(solution))),
    ]


def _names(solution: SolutionNotebook) -> Mapping[int, str]:
    return {cell.index: name for name, cell in solution.graded.items()}


def _variant(solution: SolutionNotebook, variant: Variant) -> Specimen:
    kind = SpecimenKind.MISTAKE if variant.loses else SpecimenKind.VARIANT
    notebook = solution.notebook(variant.texts(solution.texts))
    return Specimen(f"{kind}-{variant.id}", kind, notebook, variant.why, variant.loses)


def _mutant(solution: SolutionNotebook, mutant: Mutant) -> Specimen:
    notebook = solution.notebook({mutant.cell: mutant.text})
    return Specimen(mutant.id, SpecimenKind.MUTANT, notebook, mutant.summary, mutant=mutant)


def seeded(specimen: Specimen, seed: int) -> Specimen:
    """Return a specimen that is run with one seed alone."""
    return replace(specimen, id=f"{specimen.id}-seed-{seed}", seed=seed)
