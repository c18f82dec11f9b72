"""The trainings of one model: a further one goes on from those before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from grader.fits.answered import Answered
from grader.fits.plans import FitPlans
from grader.training import rates
from grader.training.description import Architecture, Compile, Description
from grader.training.refusals import Refused
from grader.training.results import PriorFit, TrainingPlan


@dataclass(frozen=True, slots=True)
class Lineage:
    """What the grader knows of the trainings of one run, as far as they go on from one another.

    Args:
        answered: What came of requests to train, by number.
        cells: In which cell of the plan each was heard of, by number.
        plans: How each cell's trainings are made.
    """

    answered: Mapping[int, Answered | Refused]
    cells: Mapping[int, int | None]
    plans: FitPlans

    def before(self, after: object) -> Iterator[tuple[int, Answered]]:
        """Yield number and training of those that one goes on from, the last one first.

        Args:
            after: Number of the last of them, as the kernel says; None if there is none.
        """
        while isinstance(after, int) and isinstance(found := self.answered.get(after), Answered):
            yield after, found
            after = found.after

    def earlier(
        self, description: Description, after: object, cell: int | None
    ) -> tuple[PriorFit, ...]:
        """Return the trainings that one goes on from, in order.

        Args:
            description: Of the training.
            after: As for ``before``.
            cell: In which it is asked for.

        Raises:
            Refused: The grader did not make them, or not of this model.
        """
        known = list(self.before(after))
        if after is not None and not known:
            raise Refused("it goes on from a training that the grader did not make")
        if known and _model(known[0][1].description) != _model(description):
            raise Refused("the model was changed after it was trained")
        return tuple(
            PriorFit(each.description, each.replies, self._is_apart(cell, number))
            for number, each in reversed(known)
        )

    def _is_apart(self, cell: int | None, number: int) -> bool:
        return not self.plans.together(cell, self.cells[number])

    def plan(self, cell: int | None, earlier: tuple[PriorFit, ...], after: object) -> TrainingPlan:
        """Return how a training is made: with the seeds that its model began with.

        Args:
            cell: In which it is asked for.
            earlier: What ``earlier`` returns.
            after: As for ``before``.

        Raises:
            Refused: The model has had as many epochs as are looked at.
        """
        plan = self.plans.of(cell)
        for _, found in self.before(after):
            begun = found.plan or plan
            plan = replace(plan, seed=begun.seed, redraws_seeds=begun.redraws_seeds)
        counted = sum(len(turn.replies) for turn in earlier if not turn.apart)
        if counted >= plan.epochs:
            raise Refused(f"the model was trained for {counted} epochs before; no more are graded")
        return replace(plan, epochs=plan.epochs - counted)


def _model(description: Description) -> tuple[Architecture, Compile]:
    return description.architecture, rates.apart_from_rate(description.compile)
