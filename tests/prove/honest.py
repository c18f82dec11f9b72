"""What honest networks pay for doubt: fifty right architectures, with the rules of before and now.

``python -m tests.prove.honest kit=data/happy_or_sad real=FOLDER --write docs/doubt.md`` has the
grader's trainer make each training, as it does every day, with a callback that stops above the
target. Where there is reason to doubt that anything was learnt, exchanged labels are tried, as for
a submission. Results are kept in ``build/honest.json`` as they come, so that an interrupted run
goes on where it was.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from architectures import ACCURACY

from grader.checks.goal_result import GoalResult
from grader.checks.training import GradedTraining
from grader.evidence import Fit
from grader.fits.answered import Answered
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.overlay import corrected
from grader.fits.relearning import Relearning
from grader.goals import Goal
from grader.isolation.choice import Isolation
from grader.isolation.layers import applied
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.limits import Limits
from grader.trainers import Trainer
from grader.training.accept import accept
from grader.training.description import to_json
from grader.training.reasons import reasons
from grader.training.results import Epoch, Reply, TrainingPlan
from tests.prove import shares
from tests.prove.drawn import with_drawn
from tests.prove.luck import SECONDS
from tests.prove.results import (
    BEFORE,
    BORNE_OUT,
    MOST_EPOCHS,
    NEVER,
    TARGET,
    Kept,
    named,
    publish,
    reached,
)

DRAWN = 40
HEADS = (
    "images", "trainings", "failed before", "failed now", "only now", "doubted", "not learnt again",
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """A training: of which images and architecture, and with which seed."""

    images: str
    architecture: str
    seed: int

    @property
    def key(self) -> str:
        """By which its result is kept."""
        return f"{self.images}|{self.architecture}|{self.seed}"

    def result(self, folder: Path) -> dict[str, Any]:
        """Have it made, in processes of its own, and judge it."""
        told = with_drawn(DRAWN)[self.architecture].described(folder, MOST_EPOCHS)
        description = accept(json.dumps(to_json(told)).encode())
        trainer = Trainer((Backend.best(), applied(Isolation.AVAILABLE)), folder, Limits())
        plan = TrainingPlan(self.seed, MOST_EPOCHS, SECONDS, targets=(TARGET,))
        trainings, replies = CachedTrainer(trainer, self.images), list[Reply]()

        def stop(epoch: Epoch) -> Reply:
            replies.append(Reply(stop=_logged(epoch) > TARGET))
            return replies[-1]

        trained = trainings.training(description, plan, stop)
        answered = Answered(description, trained, tuple(replies))
        log = [_logged(epoch) for epoch in trained.epochs]
        measured = trained.measured
        doubtful = measured.accuracy < BORNE_OUT or measured.before >= TARGET
        before = NEVER if doubtful else reached(log)
        now = _now(answered, trained.images)
        doubts, again = reasons(description, trained, now, 2), None
        if now < BEFORE:
            again = Relearning(trainings, plan).try_out(answered, now)
        return {
            "before": before,
            "now": now,
            "doubts": sorted(doubts) if now < BEFORE else [],
            "again": again and again.share,
        }


def _logged(epoch: Epoch) -> float:
    return epoch.logs[ACCURACY[1]["name"]]


def _now(answered: Answered, images: int) -> int:
    """Return the epoch that reached the target by the rule for submissions."""
    told = Fit(kind="fit", index=0, model="model", path="grader", number=0, finished=True)
    fit = corrected(told, answered)
    training = GradedTraining("", "", fit, fit.curves[ACCURACY[1]["name"]], images, 2, images)
    return GoalResult(training, Goal("accuracy", at_least=TARGET)).reached_at or NEVER


def tasks(options: argparse.Namespace) -> Iterator[Task]:
    """Yield all trainings, seed by seed through all images and architectures."""
    names = list(with_drawn(DRAWN))[: options.architectures]
    for seed in range(1, options.seeds + 1):
        yield from (Task(images, name, seed) for images in named(options.sets) for name in names)


def measure(options: argparse.Namespace) -> Mapping[str, Any]:
    """Make what is not known yet; return all results."""
    kept, sets = Kept(options.cache), named(options.sets)
    missing = [task for task in tasks(options) if task.key not in kept.known]
    with Kernels(Backend.best(), Isolation.AVAILABLE), ThreadPoolExecutor(options.jobs) as pool:
        made = {pool.submit(task.result, sets[task.images].resolve()): task for task in missing}
        for place, future in enumerate(as_completed(made), start=1):
            key, result = made[future].key, future.result()
            kept.add({key: result})
            print(f"{place} of {len(missing)}: {key}: {result}", flush=True)
    return kept.known


def report(known: Mapping[str, Any], options: argparse.Namespace) -> str:
    """Write the table, and a line for each training that was doubted."""
    made = [(task, known[task.key]) for task in tasks(options) if task.key in known]
    rows = [
        _row(images, [result for task, result in made if task.images == images])
        for images in named(options.sets)
    ]
    doubted = [
        (
            task.images,
            task.architecture,
            str(task.seed),
            ", ".join(result["doubts"]),
            _again(result),
        )
        for task, result in made
        if result["doubts"]
    ]
    heads = ("images", "architecture", "seed", "doubted for", "exchanged labels learnt")
    return f"{shares.lines(HEADS, rows)}\n{shares.lines(heads, doubted)}"


def _row(images: str, results: list[dict[str, Any]]) -> tuple[str, ...]:
    failed = [_fails_now(each) for each in results]
    only_now = [each for each in results if _fails_now(each) and each["before"] < BEFORE]
    counts = (
        len(results),
        sum(each["before"] >= BEFORE for each in results),
        sum(failed),
        len(only_now),
        sum(bool(each["doubts"]) for each in results),
        sum(_unlearnt(each) for each in results),
    )
    return (images, *map(str, counts))


def _fails_now(result: Mapping[str, Any]) -> bool:
    return result["now"] >= BEFORE or _unlearnt(result)


def _unlearnt(result: Mapping[str, Any]) -> bool:
    return result["again"] is not None and result["again"] < BORNE_OUT


def _again(result: Mapping[str, Any]) -> str:
    return "" if result["again"] is None else f"{result['again']:.2%}"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--architectures", type=int, metavar="N", help="only the first N")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cache", type=Path, default=Path("build/honest.json"), metavar="FILE")
    parser.add_argument("--write", type=Path, metavar="FILE", help="page whose tables are replaced")
    options = parser.parse_args()
    publish(report(measure(options), options), options.write)


if __name__ == "__main__":
    main()
