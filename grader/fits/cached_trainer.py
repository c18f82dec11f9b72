"""Trains on one dataset; a training that was made before comes out of the cache."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.trainers import Trainer
from grader.training.conditions import conditions
from grader.training.description import Description
from grader.training.memo import Memo
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
    """

    trainer: Trainer
    dataset: str
    memo: Memo | None = None
    exact: bool = False

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
        plan = replace(plan, exact=plan.exact or self.exact)

        def make(report: Report) -> Trained:
            return self.trainer.train(description, plan, report, earlier)

        # Weights and batches of single epochs are not kept.
        if self.memo is None or wanted_by(report):
            return make(report)
        key = conditions(description, self.dataset, plan, earlier)
        return self.memo.training(key, report, make)
