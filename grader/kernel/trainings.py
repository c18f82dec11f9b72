"""Trainings of one dataset: those that were made before are told again."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from grader.kernel.teaching import Training
from grader.kernel.trainer import Trainer
from grader.training.conditions import conditions
from grader.training.description import Description
from grader.training.memo import Memo
from grader.training.results import Plan, Report, Trained, Turn
from grader.training.snapshots import wanted_by

CACHE = "GRADER_CACHE"


@dataclass(frozen=True, slots=True)
class Teaching:
    """That the grader trains, and how.

    Args:
        memo: Keeps trainings; None to make each one anew.
        exact: Whether to train digit for digit as Keras does.
    """

    memo: Memo | None = None
    exact: bool = False

    @classmethod
    def chosen(cls, training: Training, *, memo: bool, exact: bool = False) -> "Teaching | None":
        """Return what a user has chosen; None leaves training to notebooks.

        Args:
            training: Who trains.
            memo: Whether trainings are kept.
            exact: Whether they are as Keras makes them, digit for digit.
        """
        if training is Training.NOTEBOOK:
            return None
        return cls(kept() if memo else None, exact)


def kept() -> Memo:
    """Return this user's trainings, or those in the folder that ``GRADER_CACHE`` names."""
    folder = os.environ.get(CACHE) or platformdirs.user_cache_path("grader")
    return Memo(Path(folder) / "trainings")


@dataclass(frozen=True, slots=True)
class Trainings:
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
        self, description: Description, plan: Plan, report: Report, earlier: Sequence[Turn] = ()
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
