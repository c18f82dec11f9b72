import json
from collections.abc import Sequence
from pathlib import Path

import descriptions
import pytest

from grader.fits.cached_trainer import CachedTrainer
from grader.fits.checkpoints import CarriedOver
from grader.fits.options import CACHE, TrainedBy, TrainingOptions, kept
from grader.training.accept import accept
from grader.training.description import Description
from grader.training.memo import Memo
from grader.training.results import Epoch, Measured, PriorFit, Report, Trained, TrainingPlan, go_on

DESCRIPTION = accept(json.dumps(descriptions.description()).encode())


class Trainer:
    """Trains nothing, and notes the plans."""

    def __init__(self) -> None:
        self.plans: list[TrainingPlan] = []

    def train(
        self,
        _: Description,
        plan: TrainingPlan,
        report: Report,
        _earlier: Sequence[PriorFit],
        _carried: CarriedOver,
    ) -> Trained:
        self.plans.append(plan)
        return made(report)


def made(report: Report) -> Trained:
    epoch = Epoch(0, {}, 1)
    report(epoch)
    return Trained((epoch,), 1, (), Measured(0.5, 0.5))


def test_trainings_are_kept_where_the_user_wants_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE, str(tmp_path))
    kept().training("0" * 64, go_on, made)
    assert len(list(tmp_path.glob("trainings/*.training"))) == 1


def test_notebooks_train_by_themselves_when_that_is_wanted() -> None:
    assert TrainingOptions.chosen(TrainedBy.NOTEBOOK, memo=True) is None


@pytest.mark.parametrize("memo", [True, False])
def test_trainings_are_kept_or_not(*, memo: bool) -> None:
    options = TrainingOptions.chosen(TrainedBy.GRADER, memo=memo)
    assert options is not None
    assert (options.memo is not None) is memo


@pytest.mark.parametrize("exact", [True, False])
def test_what_is_chosen_reaches_the_plan(*, exact: bool) -> None:
    options = TrainingOptions.chosen(TrainedBy.GRADER, memo=False, exact=exact)
    assert options is not None
    trainer = Trainer()
    trainings = CachedTrainer(trainer, "digest", options.memo, options.exact)  # type: ignore[arg-type]
    trainings.training(DESCRIPTION, TrainingPlan(seed=1), go_on)
    assert trainer.plans == [TrainingPlan(seed=1, exact=exact)]


def test_an_exact_training_is_not_the_everyday_one(tmp_path: Path) -> None:
    trainer = Trainer()
    for exact in (False, True, True):
        trainings = CachedTrainer(trainer, "digest", Memo(tmp_path), exact)  # type: ignore[arg-type]
        trainings.training(DESCRIPTION, TrainingPlan(seed=1), go_on)
    assert [plan.exact for plan in trainer.plans] == [False, True]
