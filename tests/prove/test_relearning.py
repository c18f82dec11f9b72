"""No honest network is doubted but rarely, and each learns exchanged labels and mirrored images.

``pytest tests/prove/test_relearning.py --prove -s`` makes the ten architectures of docs/luck.md,
fifty that are drawn, and honest ones that are unusual, and prints what each came to, for hours.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from architectures import Training
from unusual import UNUSUAL

from grader.fits.answered import Answered
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.relearning import Relearning
from grader.isolation.choice import Isolation
from grader.isolation.layers import applied
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.limits import Limits
from grader.trainers import Trainer
from grader.training.accept import accept
from grader.training.description import to_json
from grader.training.reasons import Reason, reasons
from grader.training.results import Epoch, Reply, TrainingPlan
from tests.prove.drawn import with_drawn
from tests.prove.luck import ARCHITECTURES
from tests.prove.results import BEFORE, BORNE_OUT, MOST_EPOCHS, TARGET

DATASET = Path(__file__).parents[2] / "data" / "happy_or_sad"
SEEDS, DRAWN, RARELY = 3, 50, 0.02


@dataclass(frozen=True)
class Tried:
    """An honest training, and what came of its exchanged labels."""

    name: str
    seed: int
    epochs: int
    found: frozenset[Reason]
    share: float

    @property
    def in_time(self) -> bool:
        return self.epochs < BEFORE


def stop(epoch: Epoch) -> Reply:
    shares = (epoch.running or 0.0, epoch.measured or 0.0)
    return Reply(stop=max(shares) > TARGET and min(shares) >= BORNE_OUT)


def tried(trainings: CachedTrainer, name: str, training: Training, seed: int) -> Tried:
    description = accept(json.dumps(to_json(training.described(DATASET, MOST_EPOCHS))).encode())
    plan = TrainingPlan(seed, MOST_EPOCHS, 3600.0, targets=(TARGET,))
    trained = trainings.training(description, plan, stop)
    answered, epochs = Answered(description, trained), len(trained.epochs)
    relearning = Relearning(trainings, plan)
    plain, turned = (relearning.best(answered, mirrored=each).share for each in (False, True))
    found = reasons(description, trained, epochs, 2)
    share = plain if Reason.SPOT in found else min(plain, turned)
    made = Tried(name, seed, epochs, found, share)
    print(made, flush=True)
    return made


@pytest.fixture(scope="module")
def trainings() -> Iterator[CachedTrainer]:
    with Kernels(Backend.best(), Isolation.AVAILABLE):
        trainer = Trainer((Backend.best(), applied(Isolation.AVAILABLE)), DATASET, Limits())
        yield CachedTrainer(trainer, "kit")


@pytest.fixture(scope="module")
def usual(trainings: CachedTrainer, request: pytest.FixtureRequest) -> list[Tried]:
    """Architectures of docs/luck.md, and drawn ones; without ``--prove`` the quickest."""
    if not request.config.getoption("--prove"):
        name = "32-64-64 with strides and batch normalisation, global pooling, Dense 128, Adam"
        return [tried(trainings, name, ARCHITECTURES[name], 1)]
    return [
        tried(trainings, *each, seed)
        for seed in range(1, SEEDS + 1)
        for each in with_drawn(DRAWN).items()
    ]


def test_usual_networks_are_doubted_rarely(usual: list[Tried]) -> None:
    doubted = [each for each in usual if each.in_time and each.found]
    assert len(doubted) <= RARELY * len(usual), doubted


def test_usual_networks_learn_exchanged_labels_and_mirrored_images(usual: list[Tried]) -> None:
    assert [each for each in usual if each.in_time and each.share < BORNE_OUT] == []


def test_unusual_networks_that_reach_the_target_learn_them_as_well(
    trainings: CachedTrainer, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--prove"):
        pytest.skip("takes an hour; --prove does it")
    made = [tried(trainings, *each, 1) for each in UNUSUAL.items()]
    assert [each for each in made if each.in_time and each.share < BORNE_OUT] == []
