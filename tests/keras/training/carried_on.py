"""``carried_on.py NAME...``: makes second fits from checkpoints and after first ones made again.

Prints for each training in what the two differ, as JSON: nothing where they are equal.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import architectures
import arrayed
import numpy as np

from grader.training import checkpoint_files, stored, trainer
from grader.training.accept import accept_decoded
from grader.training.checkpoint_files import PriorFits
from grader.training.description import Description, ObjectSpec, to_json
from grader.training.results import Epoch, PriorFit, Reply, Trained, TrainingPlan

DATASET = Path(__file__).parents[3] / "data" / "happy_or_sad"
Make = Callable[[Description, int, PriorFits], Trained]


def forked(make: Callable[[], Trained], folder: Path) -> Trained:
    """Make a training in a process of its own."""
    path = folder / "trained"
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0
    else:
        code = 1
        try:
            trainer.prepare(1)
            path.write_bytes(stored.dump(make(), ()))
            code = 0
        finally:
            os._exit(code)
    with path.open("rb") as file:
        return stored.load(file)[0]


class Model:
    """A model and where it is trained.

    Args:
        fits: What is asked of it, one after the other.
        dataset: The images; None for arrays.
        plan: How it is trained.
        folder: Where checkpoints lie.
    """

    def __init__(
        self, fits: list[Description], dataset: Path | None, plan: TrainingPlan, folder: Path
    ) -> None:
        self.fits, self.dataset, self.plan, self.folder = fits, dataset, plan, folder

    def turns(self, count: int) -> tuple[PriorFit, ...]:
        made = range(count)
        return tuple(PriorFit(self.fits[n], self.replies(n), apart=n == 0) for n in made)

    def replies(self, number: int) -> tuple[Reply, ...]:
        """Stop the first training early, with another learning rate; let others go on."""
        if number:
            return (Reply(),) * self.fits[number].fit.epochs
        return (Reply(learning_rate=self.rate), Reply(stop=True))

    @property
    def rate(self) -> float | None:
        rate = self.fits[0].compile.optimizer.arguments.get("learning_rate")
        return None if isinstance(rate, ObjectSpec) else 0.002

    def made(self, number: int, *, again: bool) -> Trained:
        folder = self.folder / ("again" if again else "checkpoints")
        folder.mkdir(exist_ok=True)
        earlier = PriorFits(self.turns(number), None if again else folder)
        left = iter(self.replies(number))

        def report(_: Epoch) -> Reply:
            return next(left, Reply())

        return forked(
            lambda: trainer.train(self.fits[number], self.dataset, self.plan, report, earlier),
            folder,
        )


def differing(one: Trained, other: Trained) -> list[str]:
    """Name what two trainings differ in."""
    told = [json.loads(json.dumps(each.seen, sort_keys=True)) for each in (one, other)]
    members = ("epochs", "images", "measured", "late", "telling", "moved", "validated", "tested")
    found = [name for name in members if getattr(one, name) != getattr(other, name)]
    flat = [[array for layer in each.weights for array in layer] for each in (one, other)]
    equal = all(np.array_equal(a, b, equal_nan=True) for a, b in zip(*flat, strict=True))
    return found + ["seen"] * (told[0] != told[1]) + ["weights"] * (not equal)


def compared(model: Model) -> list[str]:
    """Make all fits, and the last one again after those before it; name what is different."""
    *_, last = (model.made(number, again=False) for number in range(len(model.fits)))
    lies = checkpoint_files.path(model.folder / "checkpoints", len(model.fits) - 1).exists()
    again = model.made(len(model.fits) - 1, again=True)
    return differing(last, again) + ["no checkpoint"] * (not lies)


def of_images(name: str, folder: Path) -> Model:
    training = architectures.TRAININGS[name]
    first = training.described(DATASET, 3)
    exact = replace(training, iterator={**training.iterator, "batch_size": 16})
    fits = [first, exact.described(DATASET, 1), training.described(DATASET, 2)]
    plan = TrainingPlan(
        3,
        targets=(0.5, 1.0),
        splits={"data": str(DATASET)},
        validation="data",
        validation_targets=(1.0,),
        loss_targets=(0.0,),
        test="data",
        losses=True,
    )
    return Model(fits, DATASET, plan, folder)


def of_arrays(name: str, folder: Path) -> Model:
    arrays = arrayed.written(folder)
    told = [to_json(arrayed.TRAININGS[name].described(epochs)) for epochs in (3, 1, 2)]
    fits = [accept_decoded(json.loads(json.dumps(each)), arrays) for each in told]
    plan = TrainingPlan(3, arrays=arrays, data="digits/train")
    return Model(fits, None, plan, folder)


def main(names: list[str]) -> dict[str, Any]:
    found = {}
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            make = of_images if name in architectures.TRAININGS else of_arrays
            found[name] = compared(make(name, Path(folder)))
            sys.stderr.write(f"{name}: {found[name]}\n")
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:])))
