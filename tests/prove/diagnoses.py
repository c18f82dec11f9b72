"""Whether diagnoses are right: of trainings that do not learn, and of right ones, which get none.

``PYTHONPATH=tests/shared python -m tests.prove.diagnoses kit=data/happy_or_sad real=FOLDER --write
docs/diagnoses.md`` has the grader's trainer make each training that fails on the first images, and
right ones on all of them. Results are kept in ``build/diagnoses.json`` as they come, so that an
interrupted run goes on where it was; ``--record`` writes them down as the tests have them.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import recorded_trainings
from recorded_trainings import Recorded

from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from tests.prove import shares
from tests.prove.drawn import with_drawn
from tests.prove.failing_trainings import FAILING, draw_noise
from tests.prove.recorded import Recipe
from tests.prove.results import Kept, named, publish

# Of the fifty architectures of docs/doubt.md, the twenty that are trained fastest.
FASTEST = (
    "16-16-16, Dense 512, RMSprop (the solution)",
    "16-32-32, Dense 128, Nadam",
    "16-16-16-16, Dense 256 and 64, Adam",
    "32-64-64 with strides and batch normalisation, global pooling, Dense 128, Adam",
    "16-32-32 with strides, Dense 128, RMSprop",
    "16-16-16, Dense 512, two units with softmax, RMSprop",
    *(f"drawn {n}" for n in (2, 4, 5, 6, 12, 15, 16, 18, 19, 22, 27, 32, 34, 39)),
)
DRAWN, NOISE = 40, "noise"
SMALL = (75, 75)


@dataclass(frozen=True)
class Task:
    """A training: which one, of which images, whether small ones, and with which seed."""

    name: str
    images: str
    seed: int
    small: bool = False

    @property
    def key(self) -> str:
        """By which its result is kept."""
        return f"{self.images}{' small' if self.small else ''}|{self.name}|{self.seed}"

    @property
    def shown(self) -> str:
        """Of which images it is, as the table has it."""
        return f"{self.images}, {SMALL[0]} by {SMALL[1]}" if self.small else self.images

    @property
    def recipe(self) -> Recipe:
        """How it is made."""
        if self.name in FAILING:
            return FAILING[self.name].recipe
        training = with_drawn(DRAWN)[self.name]
        if self.small:
            training = replace(training, iterator={**training.iterator, "target_size": SMALL})
        return Recipe(training)


def tasks(options: argparse.Namespace) -> Iterator[Task]:
    """Yield all trainings, seed by seed, those that fail first."""
    sets = list(named(options.sets))
    for seed in range(1, options.seeds + 1):
        for name, failing in FAILING.items():
            yield Task(name, NOISE if failing.recipe.validated else sets[0], seed)
    for small, seeds in ((True, options.small_seeds), (False, options.right_seeds)):
        for seed in range(1, seeds + 1):
            yield from (Task(name, each, seed, small) for each in sets for name in FASTEST)


def measure(options: argparse.Namespace) -> Mapping[str, Any]:
    """Make what is not known yet; return all results."""
    kept, sets = Kept(options.cache), named(options.sets)
    if options.only_known:
        return kept.known
    missing = [task for task in tasks(options) if task.key not in kept.known]
    with (
        tempfile.TemporaryDirectory() as scratch,
        Kernels(Backend.best(), Isolation.AVAILABLE),
        ThreadPoolExecutor(options.jobs) as pool,
    ):
        folders = {**sets, NOISE: draw_noise(Path(scratch))}
        made = {
            pool.submit(task.recipe.record, folders[task.images].resolve(), task.seed): task
            for task in missing
        }
        for place, future in enumerate(as_completed(made), start=1):
            kept.add({made[future].key: future.result()})
            print(f"{place} of {len(missing)}: {made[future].key}", flush=True)
    return kept.known


def report(known: Mapping[str, Any], options: argparse.Namespace) -> str:
    """Write a table of the trainings that fail, and one of the right ones."""
    made = [task for task in tasks(options) if task.key in known]
    failing = [_failing(name, [known[each.key] for each in made if each.name == name])
               for name in FAILING]  # fmt: skip
    right: dict[str, list[Recorded]] = {}
    for task in made:
        if task.name not in FAILING:
            right.setdefault(task.shown, []).append(known[task.key])
    heads = ("trained", "right diagnosis", "seen", "said of the first seed")
    others = ("images", "trainings", "target missed", "a symptom", "a diagnosis",
              "cut short", "a diagnosis then")  # fmt: skip
    rows = [_right(images, chosen) for images, chosen in right.items()]
    return f"{shares.lines(heads, failing)}\n{shares.lines(others, rows)}"


def _failing(name: str, trainings: list[Recorded]) -> tuple[str, ...]:
    told = [recorded_trainings.diagnosis(each) for each in trainings]
    right = sum(each is not None and FAILING[name].is_right(each) for each in told)
    seen = Counter(each.kind.value if each else "nothing" for each in told)
    words = ", ".join(f"{kind} {count}" for kind, count in seen.most_common())
    first = next((str(each) for each in told if each), "")
    return (name, f"{right} of {len(told)}", words, first)


def _right(images: str, trainings: list[Recorded]) -> tuple[str, ...]:
    begun = [each for whole in trainings for each in recorded_trainings.beginnings(whole)]
    counts = (
        len(trainings),
        sum(map(recorded_trainings.missed, trainings)),
        sum(map(recorded_trainings.has_symptom, trainings)),
        _diagnosed(trainings),
        len(begun),
        _diagnosed(begun),
    )
    return (images, *map(str, counts))


def _diagnosed(trainings: list[Recorded]) -> int:
    return sum(recorded_trainings.diagnosis(each) is not None for each in trainings)


def record(known: Mapping[str, Any], options: argparse.Namespace) -> None:
    """Write the trainings down as the tests have them."""
    made = [task for task in tasks(options) if task.key in known]
    failing = {
        name: {
            "look_at": kind.look_at,
            "seen": [each.value for each in kind.seen],
            "trainings": [_rounded(known[each.key]) for each in made if each.name == name],
        }
        for name, kind in FAILING.items()
    }
    groups: dict[str, dict[str, Any]] = {}
    for task in made:
        if task.name not in FAILING:
            told = _rounded(known[task.key])
            key = json.dumps(told["settings"])
            group = groups.setdefault(key, {"settings": told["settings"], "trainings": []})
            curves = told["curves"]
            group["trainings"].append(
                [curves["loss"], curves["accuracy"], curves.get("stopped", False)]
            )
    _write(recorded_trainings.FAILING, failing)
    _write(recorded_trainings.RIGHT, list(groups.values()))


def _write(path: Path, told: Any) -> None:
    path.write_text(json.dumps(told, separators=(",", ":")) + "\n", "utf-8")


def _rounded(told: Any) -> Any:
    """Return numbers with four digits that count."""
    match told:
        case float():
            return float(f"{told:.4g}")
        case dict():
            return {name: _rounded(each) for name, each in told.items()}
        case list() | tuple():
            return list(map(_rounded, told))
    return told


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--seeds", type=int, default=10, help="of each training that fails")
    parser.add_argument("--right-seeds", type=int, default=1, help="of each right training")
    parser.add_argument("--small-seeds", type=int, default=24, help="of those of small images")
    parser.add_argument("--only-known", action="store_true", help="train nothing")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cache", type=Path, default=Path("build/diagnoses.json"), metavar="FILE")
    parser.add_argument("--record", action="store_true", help="write the tests' recordings anew")
    parser.add_argument("--write", type=Path, metavar="FILE", help="page whose tables are replaced")
    options = parser.parse_args()
    known = measure(options)
    if options.record:
        record(known, options)
    publish(report(known, options), options.write)


if __name__ == "__main__":
    main()
