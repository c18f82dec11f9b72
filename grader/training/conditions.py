"""All that a training's numbers depend on, as one key."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from grader.machine import processor, python
from grader.training.description import Description, key
from grader.training.results import PriorFit, TrainingPlan

_ROOMS = ("training", "preparation", "inspection", "hooks")
# A training that runs out of seconds or memory is not kept, and the digests are of all splits by
# their names.
_APART = frozenset({"seconds", "memory_bytes", "splits", "arrays"})
# Of a training that is over, its description and replies tell how far it went, and on what.
_MEASURED = frozenset(
    {
        "epochs", "targets", "validation", "validation_targets", "loss_targets", "test",
        "test_targets", "losses", "data", "on_any", "steps",
    }
)  # fmt: skip
_LIBRARIES = ("tensorflow", "keras", "numpy", "scipy", "pillow")


def conditions(
    description: Description, dataset: str, plan: TrainingPlan, earlier: Sequence[PriorFit] = ()
) -> str:
    """Return the SHA-256 of what a training is a function of, in hexadecimal.

    Args:
        description: What is trained.
        dataset: Digest of the images that it is trained on, and validates with.
        plan: How it is trained.
        earlier: Trainings that it goes on from.
    """
    told = {
        "description": key(description),
        "earlier": [(*_turn(turn), turn.apart) for turn in earlier],
        "plan": _plan(plan, _APART),
    }
    return _digest(told | _around(dataset, plan))


def of_checkpoint(turns: Sequence[PriorFit], dataset: str, plan: TrainingPlan) -> str:
    """Return the SHA-256 of what a model is a function of that trainings have left, likewise.

    Args:
        turns: The trainings.
        dataset: As for ``conditions``.
        plan: How they were made; what is measured of them changes no model.
    """
    told = {"turns": list(map(_turn, turns)), "plan": _plan(plan, _APART | _MEASURED)}
    return _digest(told | _around(dataset, plan))


def _turn(turn: PriorFit) -> tuple[str, list[object]]:
    return key(turn.description), list(map(asdict, turn.replies))


def _plan(plan: TrainingPlan, without: frozenset[str]) -> dict[str, object]:
    return {name: value for name, value in asdict(plan).items() if name not in without}


def _around(dataset: str, plan: TrainingPlan) -> dict[str, object]:
    return {
        "dataset": dataset,
        "splits": {place: Path(folder).name for place, folder in plan.splits.items()},
        "arrays": {name: _content(folder) for name, folder in plan.arrays.items()},
        "python": python(),
        "processor": processor(),
        "trainer": _trainer(),
        **{name: version(name) for name in _LIBRARIES},
    }


def _digest(told: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@cache
def _content(folder: str) -> str:
    """Return the digest of arrays, which of a file they are is said by their declaration."""
    whole = hashlib.sha256()
    for path in sorted(Path(folder).iterdir()):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


@cache
def _trainer() -> str:
    """Return the digest of the modules that train, and of those that tell what was trained."""
    whole = hashlib.sha256()
    package = Path(__file__).parents[1]
    paths = (path for room in _ROOMS for path in (package / room).rglob("*.py"))
    for path in sorted(paths):
        whole.update(f"{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes())
    return whole.hexdigest()
