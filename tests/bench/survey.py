"""Finds out which networks reach the target with which seeds: a class has unlucky ones as well.

``python -m tests.bench.survey --keep build/survey.json`` trains ``CANDIDATES`` as the grader trains
every day, with the published seeds, one after the other until one reaches the target in time, and
prints the epochs that each took. What is known already is not trained again.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from architectures import FLAT, ONE, Training, convolved, dense

from grader.assignments.happy_or_sad.parts import GOAL, MOST_EPOCHS, happy_or_sad
from grader.isolation.choice import Isolation
from grader.isolation.layers import applied
from grader.processes.backend import Backend
from grader.processes.limits import Limits
from grader.trainers import Trainer
from grader.training.results import Epoch, Reply, TrainingPlan
from tests.bench.solutions import IMAGES, Solution

SECONDS = 3600.0
SMALL = ((16, 16, 16), (16, 32, 32), (16, 32, 64), (32, 32, 32))
LARGE = ((32, 32, 64), (16, 32, 64, 64), (32, 64, 64), (32, 64, 128), (64, 128, 128))
# These need more epochs, so that some of their seeds miss; of the slowest, most do.
SLOW = (
    *((128, "SGD", 0.01, 0.9), (128, "Adam", 0.0005, 0.0), (512, "RMSprop", 0.0005, 0.0)),
    *((128, "SGD", 0.02, 0.9), (64, "Adam", 0.0007, 0.0), (64, "SGD", 0.008, 0.9)),
)
SLOWEST = (
    *((128, "Adam", 0.0003, 0.0), (64, "Adam", 0.0003, 0.0), (32, "Adam", 0.0004, 0.0)),
    *((32, "RMSprop", 0.0007, 0.0), (128, "SGD", 0.007, 0.9), (64, "SGD", 0.007, 0.9)),
)
USUAL = ((128, "RMSprop", 0.001, 0.0), (512, "Adam", 0.001, 0.0))
CANDIDATES = tuple(
    Solution(filters, *trained)
    for trained, filters in (
        *product(SLOW, SMALL),
        *product(SLOWEST, SMALL[:1]),
        *product(USUAL, (*SMALL, *LARGE)),
    )
)


def main() -> None:
    """Train, print and keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keep", type=Path, required=True, metavar="FILE", help="what is known")
    options = parser.parse_args()
    known = json.loads(options.keep.read_text()) if options.keep.exists() else {}
    for candidate in CANDIDATES:
        if candidate.id not in known:
            known[candidate.id] = list(tried(candidate))
            options.keep.parent.mkdir(parents=True, exist_ok=True)
            options.keep.write_text(json.dumps(known, indent=1))
        sys.stdout.write(f"{candidate.id}: {known[candidate.id]}\n")
        sys.stdout.flush()


def tried(solution: Solution) -> Iterator[int | None]:
    """Yield after how many epochs each seed reached the target; None for one that was too late."""
    for seed in happy_or_sad.seeds:
        yield (reached := _reached(solution, seed))
        if reached is not None:
            return


def _reached(solution: Solution, seed: int) -> int | None:
    last = GOAL.last_epoch or MOST_EPOCHS
    layers = [*convolved(*solution.filters), FLAT, dense(solution.units), ONE]
    training = Training(layers, (solution.optimizer, solution.settings))
    trainer = Trainer((Backend.best(), applied(Isolation.AVAILABLE)), IMAGES.resolve(), Limits())
    plan = TrainingPlan(seed, last, SECONDS, targets=(GOAL.least,))
    made = trainer.train(training.described(IMAGES, MOST_EPOCHS), plan, _reply).epochs
    return next((n for n, epoch in enumerate(made, start=1) if _met(epoch)), None)


def _met(epoch: Epoch) -> bool:
    return GOAL.met_by(epoch.running)


def _reply(epoch: Epoch) -> Reply:
    return Reply(stop=_met(epoch))


if __name__ == "__main__":
    main()
