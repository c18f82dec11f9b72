"""Networks that know the images before their training reach no target; honest ones learn anew."""

import json
from pathlib import Path

import pytest
import recording
from architectures import FLAT, NORMAL, ONE, POOL, RMSPROP, Training, conv
from knowing import KNOWING, SUBMISSION

from grader.attempt import chosen
from grader.fits.answered import Answered
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.relearning import Relearning, Relearnt
from grader.kernel.kernels import Kernels
from grader.processes.limits import Limits
from grader.trainers import Trainer
from grader.training.accept import accept
from grader.training.description import Description, to_json
from grader.training.exchange import learnt
from grader.training.results import Epoch, Reply, Trained, TrainingPlan

DATASET = Path(__file__).parents[2] / "data" / "happy_or_sad"
PLAN = TrainingPlan(seed=1, epochs=3, targets=(0.999,))
LEARNT = learnt(PLAN.targets, 80, 2)
FROZEN = Training(
    [conv(16, trainable=False), POOL, *(conv(16), NORMAL, POOL) * 2, FLAT, ONE], RMSPROP
)


@pytest.fixture(scope="module")
def trainings(kernels: Kernels) -> CachedTrainer:
    return CachedTrainer(Trainer((kernels.backend, kernels.layers), DATASET, Limits()), "kit")


def reply(epoch: Epoch) -> Reply:
    return Reply(stop=(epoch.measured or 0.0) >= PLAN.targets[0])


def described(training: Training) -> Description:
    told = to_json(training.described(DATASET, PLAN.epochs))
    return accept(json.dumps(told).encode())


def relearnt(
    training: Training, trainings: CachedTrainer, plan: TrainingPlan
) -> tuple[Trained, Relearnt]:
    description = described(training)
    trained = trainings.training(description, plan, reply)
    tried = Relearning(trainings, plan).try_out(Answered(description, trained), len(trained.epochs))
    assert tried is not None
    return trained, tried


@pytest.mark.parametrize("name", ["random by name", "one number learnt", "trained head"])
def test_a_network_that_knows_reaches_the_target_and_does_not_learn(
    name: str, trainings: CachedTrainer
) -> None:
    trained, tried = relearnt(KNOWING[name], trainings, PLAN)
    assert trained.measured.accuracy == 1.0
    assert tried.share < LEARNT


def test_an_honest_network_with_a_frozen_layer_learns_exchanged_labels_and_mirrored_images(
    trainings: CachedTrainer,
) -> None:
    _, tried = relearnt(FROZEN, trainings, TrainingPlan(seed=1, epochs=20, targets=(0.999,)))
    assert tried.share >= LEARNT


def test_a_submission_that_has_learnt_nothing_loses_its_target_and_is_told_why(
    tmp_path: Path, kernels: Kernels
) -> None:
    plan = recording.plan(SUBMISSION.notebook(), tmp_path)
    judged = recording.judge(plan, recording.run_now(plan, kernels))
    [result] = chosen(judged.attempts).results
    assert judged.lost == SUBMISSION.loses
    assert result.unlearnt
    assert "with exchanged labels, classified at best 0%" in judged["target_reached"].actual
