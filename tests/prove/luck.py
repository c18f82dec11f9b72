"""How often right submissions fail by bad luck: ten architectures, trained with many seeds.

``python -m tests.prove.luck kit=data/happy_or_sad real=FOLDER --write docs/luck.md`` has the
grader's own trainer make each training, as it does every day, with a callback that stops above the
target. Results are kept in ``build/luck.json`` as they come, so that an interrupted run goes on
where it was. Seeds go one after the other through all architectures, so that part of it is of use.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from architectures import (
    ACCURACY,
    ADAM,
    FLAT,
    NORMAL,
    ONE,
    POOL,
    RMSPROP,
    Training,
    conv,
    convolved,
    dense,
)

from grader.isolation.choice import Isolation
from grader.isolation.layers import applied
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.limits import Limits
from grader.trainers import Trainer
from grader.training.accept import accept
from grader.training.description import to_json
from grader.training.results import Epoch, Reply, TrainingPlan
from tests.prove import shares
from tests.prove.results import BORNE_OUT, MOST_EPOCHS, NEVER, TARGET, Kept, named, publish, reached

# Long enough to be halted meanwhile.
SECONDS = 24 * 3600.0
HALVED = {"strides": (2, 2)}
TWO = ("Dense", {"units": 2, "activation": "softmax"})
GLOBAL: tuple[str, dict[str, Any]] = ("GlobalMaxPooling2D", {})
ARCHITECTURES = {
    "16-16-16, Dense 512, RMSprop (the solution)": Training(
        [*convolved(16, 16, 16), FLAT, dense(512), ONE], RMSPROP
    ),
    "16-32-64, Dense 512, Adam": Training([*convolved(16, 32, 64), FLAT, dense(512), ONE], ADAM),
    "32-32-32, Dense 128, RMSprop": Training(
        [*convolved(32, 32, 32), FLAT, dense(128), ONE], RMSPROP
    ),
    "16-32-32, Dense 128, Nadam": Training(
        [*convolved(16, 32, 32), FLAT, dense(128), ONE], ("Nadam", {"learning_rate": 0.001})
    ),
    "16-16-16-16, Dense 256 and 64, Adam": Training(
        [*convolved(16, 16, 16, 16), FLAT, dense(256), dense(64), ONE], ADAM
    ),
    "32-64-64 with strides and batch normalisation, global pooling, Dense 128, Adam": Training(
        [
            *(layer for n in (32, 64, 64) for layer in (conv(n, **HALVED), NORMAL)),
            GLOBAL,
            dense(128),
            ONE,
        ],
        ADAM,
    ),
    "16-16-16 with batch normalisation, Dense 512, RMSprop": Training(
        [*(conv(16), NORMAL, POOL) * 3, FLAT, dense(512), ONE], RMSPROP
    ),
    "16-32-32, Dropout 0.2, Dense 512, Adam": Training(
        [*convolved(16, 32, 32), FLAT, ("Dropout", {"rate": 0.2}), dense(512), ONE], ADAM
    ),
    "16-32-32 with strides, Dense 128, RMSprop": Training(
        [conv(16, **HALVED), conv(32, **HALVED), conv(32, **HALVED), FLAT, dense(128), ONE],
        RMSPROP,
    ),
    "16-16-16, Dense 512, two units with softmax, RMSprop": Training(
        [*convolved(16, 16, 16), FLAT, dense(512), TWO],
        RMSPROP,
        ("SparseCategoricalCrossentropy", {}),
        iterator={"class_mode": "sparse"},
    ),
}
# With most seeds it needs 15 epochs or more, so that only luck makes it right.
LATE = {
    "32-64-64, global pooling, Dense 128, Adam of 0.003": Training(
        [conv(32), POOL, conv(64), POOL, conv(64), GLOBAL, dense(128), ONE],
        ("Adam", {"learning_rate": 0.003}),
    ),
}
# Their largest layers are where a digit-for-digit training differs most from the everyday one.
EXACTLY = tuple(ARCHITECTURES)[:2]


@dataclass(frozen=True)
class Task:
    """A training: of which images and architecture, with which seed, and how."""

    images: str
    architecture: str
    seed: int
    exact: bool = False

    @property
    def key(self) -> str:
        """By which its result is kept."""
        way = "exact" if self.exact else "everyday"
        return f"{self.images}|{self.architecture}|{self.seed}|{way}"

    def train(self, folder: Path, epochs: int) -> dict[str, Any]:
        """Have it made in a process of its own."""
        described = (ARCHITECTURES | LATE)[self.architecture].described(folder, epochs)
        description = accept(json.dumps(to_json(described)).encode())
        origin = (Backend.best(), applied(Isolation.AVAILABLE))
        trainer = Trainer(origin, folder.resolve(), Limits())
        plan = TrainingPlan(self.seed, epochs, SECONDS, exact=self.exact)
        trained = trainer.train(description, plan, _reply)
        return {
            "accuracy": [_accuracy(epoch) for epoch in trained.epochs],
            "before": trained.measured.before,
            "measured": trained.measured.accuracy,
        }


def _reply(epoch: Epoch) -> Reply:
    return Reply(stop=_accuracy(epoch) > TARGET)


def _accuracy(epoch: Epoch) -> float:
    return epoch.logs[ACCURACY[1]["name"]]


def tasks(options: argparse.Namespace) -> Iterator[Task]:
    """Yield all trainings, those of the first images first."""
    chosen = list(ARCHITECTURES)[: options.architectures]
    seeds = range(1, options.seeds + 1)
    for place, images in enumerate(named(options.sets)):
        yield from (Task(images, name, seed) for seed in seeds for name in chosen)
        if place == 0:
            again = [name for name in chosen if name in EXACTLY]
            exact = range(1, options.exact_seeds + 1)
            yield from (Task(images, name, seed, exact=True) for seed in exact for name in again)
    if not options.architectures:
        first = next(iter(named(options.sets)))
        yield from (Task(first, name, seed) for seed in seeds for name in LATE)


def measure(options: argparse.Namespace) -> Mapping[str, Any]:
    """Make what is not known yet; return all results."""
    kept, sets = Kept(options.cache), named(options.sets)
    missing = [task for task in tasks(options) if task.key not in kept.known]
    with Kernels(Backend.best(), Isolation.AVAILABLE):
        for place, task in enumerate(missing, start=1):
            result = task.train(sets[task.images], options.epochs)
            kept.add({task.key: result})
            epochs = reached(result["accuracy"])
            print(f"{place} of {len(missing)}: {task.key}: {epochs}", flush=True)
    return kept.known


def report(known: Mapping[str, Any], options: argparse.Namespace) -> str:
    """Write all tables."""
    made = [task for task in tasks(options) if task.key in known]
    everyday = [task for task in made if not task.exact]
    text = ""
    for images in named(options.sets):
        of = [t for t in everyday if t.images == images and t.architecture in ARCHITECTURES]
        text += f"\n## {images.capitalize()}\n\n{_table(known, of)}"
    text += f"\n{_measured(known, made)}\n{_ways(known, made)}"
    late = [task for task in everyday if task.architecture in LATE]
    return f"{text}\n## Late\n\n{_table(known, late)}".lstrip("\n") if late else text.lstrip("\n")


def _table(known: Mapping[str, Any], made: list[Task]) -> str:
    found: dict[str, dict[int, int]] = {}
    for task in made:
        found.setdefault(task.architecture, {})[task.seed] = _epochs(known, task)
    return shares.table(found)


def _epochs(known: Mapping[str, Any], task: Task) -> int:
    """Return after how many epochs the grader takes the target to be reached."""
    result = known[task.key]
    return NEVER if result["measured"] < BORNE_OUT else reached(result["accuracy"])


def _measured(known: Mapping[str, Any], made: list[Task]) -> str:
    results = [known[task.key] for task in made]
    ends = [each["measured"] for each in results if reached(each["accuracy"]) < NEVER]
    least = f"{min(ends):.2%}" if ends else "no share"
    most = f"{max((each['before'] for each in results), default=0):.2%}"
    doubted = sum(end < BORNE_OUT for end in ends)
    return (
        f"Of the {len(ends)} trainings whose log reached the target, the weights classified at\n"
        f"least {least} of all images correctly afterwards; {doubted} classified less than\n"
        f"{BORNE_OUT:.0%}, which is no success for the grader. Before, those of all {len(made)}\n"
        f"classified at most {most}.\n"
    )


def _ways(known: Mapping[str, Any], made: list[Task]) -> str:
    rows = []
    for name in dict.fromkeys(task.architecture for task in made if task.exact):
        exact = [task for task in made if task.exact and task.architecture == name]
        same = [Task(task.images, name, task.seed) for task in exact]
        for way, chosen in (("everyday", same), ("exact", exact)):
            found = [_epochs(known, task) for task in chosen if task.key in known]
            rows.append(
                (name, way, shares.spread(found), f"{shares.failures(found)} of {len(found)}")
            )
    heads = ("architecture", "way", "epochs", "failed")
    return f"## Everyday and exact\n\n{shares.lines(heads, rows)}" if rows else ""


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--exact-seeds", type=int, default=10, metavar="N")
    parser.add_argument("--architectures", type=int, metavar="N", help="only the first N")
    parser.add_argument("--epochs", type=int, default=MOST_EPOCHS)
    parser.add_argument("--cache", type=Path, default=Path("build/luck.json"), metavar="FILE")
    parser.add_argument("--write", type=Path, metavar="FILE", help="page whose tables are replaced")
    options = parser.parse_args()
    publish(report(measure(options), options), options.write)


if __name__ == "__main__":
    main()
