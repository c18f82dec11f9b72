"""A sample of the mutants, where grading all of them would take hours."""

from collections.abc import Sequence
from hashlib import sha256

from grader.audit.document import Audit, Fate, MutantSample
from grader.audit.luck import interval
from grader.audit.specimens import Specimen, SpecimenKind


def sampled(specimens: Sequence[Specimen], most: int) -> list[Specimen]:
    """Return all specimens but the mutants that are not in the sample, in their order.

    Which ones are in it follows from their ids alone: the same ones each time, and all of them in a
    larger sample, so that what was graded before need not be graded again.

    Args:
        specimens: All of them.
        most: How many mutants there may be.
    """
    mutants = [each.id for each in specimens if each.kind is SpecimenKind.MUTANT]
    chosen = {*sorted(mutants, key=_place)[:most]}
    return [each for each in specimens if each.kind is not SpecimenKind.MUTANT or each.id in chosen]


def _place(name: str) -> bytes:
    return sha256(name.encode()).digest()


def sample_of(audit: Audit, made: int) -> MutantSample | None:
    """Return what a sample says of all mutants; None where all of them were graded.

    Args:
        audit: What came of the specimens.
        made: How many mutants there are.
    """
    graded = len(audit.of(SpecimenKind.MUTANT))
    if graded == made:
        return None
    killed, changed = len(audit.with_fate(Fate.KILLED)), audit.changed
    low, high = interval(killed, changed) if changed else (0.0, 1.0)
    return MutantSample(graded=graded, made=made, low=low, high=high)
