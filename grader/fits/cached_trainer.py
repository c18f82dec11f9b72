"""Trains on one dataset; a training that was made before comes out of the cache."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from grader.fits.checkpoints import CarriedOver, Checkpoints
from grader.fits.further_seeds import FurtherSeeds
from grader.trainers import Trainer
from grader.training.conditions import conditions
from grader.training.description import Description
from grader.training.memo import Memo, Teller
from grader.training.results import PriorFit, Report, Trained, TrainingPlan
from grader.training.snapshots import wanted_by


@dataclass(frozen=True, slots=True)
class CachedTrainer:
    """Where trainings come from.

    Args:
        trainer: Makes them.
        dataset: Digest of the images that it trains on.
        memo: Keeps them; None to make each one anew.
        exact: Whether all of them are exact, whatever their plans say.
        ahead: Has those that were begun ahead; None where none are.
        checkpoints: What its trainings have left, for those that go on from them.
    """

    trainer: Trainer
    dataset: str
    memo: Memo | None = None
    exact: bool = False
    ahead: FurtherSeeds | None = None
    checkpoints: Checkpoints = field(default_factory=Checkpoints)

    def settled(self, plan: TrainingPlan) -> TrainingPlan:
        """Return a plan as trainings are made by it."""
        return replace(plan, exact=plan.exact or self.exact)

    def another(self) -> "CachedTrainer":
        """Return the same with a trainer of its own, and nothing ahead."""
        return replace(self, trainer=self.trainer.another(), ahead=None)

    @property
    def cpu_s(self) -> float:
        """Processor time of what was trained, in seconds."""
        return self.trainer.cpu_s

    def end(self) -> None:
        """Give up what is trained now."""
        self.trainer.end()

    def training(
        self,
        description: Description,
        plan: TrainingPlan,
        report: Report,
        earlier: Sequence[PriorFit] = (),
    ) -> Trained:
        """Return a training, made now or before.

        Args:
            description: As it was accepted.
            plan: How to train it.
            report: Is given every epoch, and says how to go on.
            earlier: Trainings of the same model that it goes on from.

        Raises:
            Refused: It cannot be trained; the message says why.
            KernelFault: The trainer could not be driven.
        """
        plan = self.settled(plan)

        def make(report: Report) -> Trained:
            asked = (description, earlier, plan, self.dataset)
            carried = CarriedOver(self.checkpoints, self.memo, *asked)
            return self.trainer.train(description, plan, carried.noting(report), earlier, carried)

        # Weights and batches of single epochs are not kept.
        if wanted_by(report) or (self.memo is None and self.ahead is None):
            return make(report)
        key, teller = conditions(description, self.dataset, plan, earlier), Teller(report)
        held = self.ahead.pop(key) if self.ahead else None
        trained = held.take(teller.ask) if held else None
        if held is not None and trained is not None:
            self.trainer.cpu_s += held.cpu_s
            return trained
        return make(teller) if self.memo is None else self.memo.training(key, teller, make)
