"""Which trainings count together: those of one call of a function that trains, in their order.

Whoever trains ten models and returns the best has had ten times the luck of whoever trains one; and
how often luck is tried is up to the published seeds. So epochs count up to the training whose
History is returned. What a notebook tries out in cells of its own is its own affair, and has seeds
of its own, unless the training that counts is one of those, or goes on from one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.evidence import Evidence, Fit
from grader.fits.answered import Answered
from grader.fits.lineage import Lineage
from grader.fits.plans import FitPlans
from grader.training.refusals import Refused

# As many as the schema of evidence has room for.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Together:
    """What the grader knows of the trainings of one run.

    Args:
        answered: What came of requests to train, by number.
        cells: In which cell of the plan each training was heard of, by number, in their order.
        plans: Tell which graded function a cell calls.
    """

    answered: Mapping[int, Answered | Refused]
    cells: Mapping[int, int | None]
    plans: FitPlans

    def note(self, evidence: Evidence) -> None:
        """Write down for each fit its cell, and the epochs of those before it that count with it.

        Args:
            evidence: Of the run; changed.
        """
        for fit in list(evidence.fits.values()):
            epochs = [found for n in self._before(fit) if (found := self._epochs(n, evidence))]
            cell = None if fit.number is None else self.cells.get(fit.number)
            known = {"epochs_before": tuple(epochs[:_MOST]), "cell": cell}
            evidence.add(fit.model_copy(update=known))

    def _before(self, fit: Fit) -> Iterator[int]:
        if fit.number is None or fit.number not in self.cells:
            return
        here, same_model = self.cells[fit.number], self._lineage(fit.number)
        part, tried = self.plans.part(here), self._tried(same_model)
        for number, cell in self.cells.items():
            if number == fit.number:
                return
            goes_on = number in same_model and self.plans.together(here, cell)
            if goes_on or cell == here or not part or number in tried:
                yield number

    def _lineage(self, number: int) -> list[int]:
        """Return the trainings of the same model that one went on from."""
        found = self.answered.get(number)
        lineage = Lineage(self.answered, self.cells, self.plans)
        after = found.after if isinstance(found, Answered) else None
        return [number for number, _ in lineage.before(after)]

    def _tried(self, same_model: Sequence[int]) -> set[int]:
        """Return what a notebook tried out in cells of its own before it kept a model of those."""
        own = [number for number, cell in self.cells.items() if not self.plans.part(cell)]
        kept = [place for place, number in enumerate(own) if number in same_model]
        return set(own[: kept[-1]]) if kept else set()

    def _epochs(self, number: int, evidence: Evidence) -> int:
        answered = self.answered.get(number)
        if isinstance(answered, Answered):
            return len(answered.trained.epochs)
        # Of what a kernel trained, it alone knows.
        told = (fit for fit in evidence.fits.values() if fit.number == number)
        return max((len(curve) for fit in told for curve in fit.curves.values()), default=0)
