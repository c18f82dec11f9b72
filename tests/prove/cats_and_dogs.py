"""What luck and augmentation do in "Cats and Dogs": gaps and test accuracies over many seeds.

``python -m tests.prove.cats_and_dogs --seeds 20 --write docs/cats_and_dogs.md`` trains the
solution's network once with each seed, and from what came of that twice further: with
augmentation, and for as many epochs without. Pictures are those that are graded on every day,
steps those of the grader's own trainer. Results are kept in ``build/cats_and_dogs.json`` as they
come, so that an interrupted run goes on where it was; ``--known`` trains nothing and writes the
tables of what is kept.
"""

import argparse
import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from tests.prove.results import Kept, publish
from tests.prove.seeds import train_missing
from tests.prove.shares import TRIES, lines, with_one, with_several

CACHE = Path("build/cats_and_dogs.json")
MODULE = "tests.prove.cats_and_dogs"
EPOCHS, BATCH, LAST, MARK = 20, 20, 5, 0.75
OPEN, MORE = 0.1, 0.05
AUGMENTED, PLAIN = "augmented", "plain"
SEED_HEADS = (
    "seed",
    "gap after the first",
    "gap after the second",
    "test after the first",
    "test after the second",
    "without augmentation",
    "difference",
)
# What each training came to, by its name: both curves of its last epochs, and the test.
Trainings: TypeAlias = Mapping[str, Any]
WAYS = {
    "rotation_range": 40,
    "width_shift_range": 0.2,
    "height_shift_range": 0.2,
    "shear_range": 0.2,
    "zoom_range": 0.2,
    "horizontal_flip": True,
    "fill_mode": "nearest",
}


@dataclass(frozen=True)
class Tried:
    """How the network is trained, twice.

    Args:
        optimizer: Name of its class.
        rate: Its learning rate.
        epochs: Of the first training, and of the second.
        ways: Whether the second one is tried with augmentation, without, or both.
        shuffled: Whether labels are put into another order first.
    """

    optimizer: str = "RMSprop"
    rate: float = 1e-4
    epochs: tuple[int, int] = (EPOCHS, EPOCHS)
    ways: tuple[str, ...] = (AUGMENTED,)
    shuffled: bool = False


REFERENCE = "the solution"
TRIED = {
    REFERENCE: Tried(ways=(AUGMENTED, PLAIN)),
    "RMSprop, rate 0.0000001": Tried(rate=1e-7),
    "RMSprop, rate 0.1": Tried(rate=0.1),
    "SGD, rate 0.0001": Tried("SGD"),
    "an epoch each": Tried(epochs=(1, 1)),
    "shuffled labels": Tried(shuffled=True),
}


def pictures(split: str) -> tuple[Any, Any]:
    """Return what is graded on of a split: pixels from 0 to 1, and labels; drawn once."""
    import numpy as np

    from grader.assignments.cats_and_dogs.images import DIGESTS

    kept = CACHE.parent / f"cats_dogs-{split}-{DIGESTS[split][:12]}.npz"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        pixels, labels = _drawn(split)
        with kept.with_suffix(".part").open("wb") as file:
            np.savez(file, pixels=pixels, labels=labels)
        kept.with_suffix(".part").replace(kept)
    with np.load(kept) as held:
        return held["pixels"] / np.float32(255), held["labels"]


def _drawn(split: str) -> tuple[Any, Any]:
    import numpy as np

    from grader.assignments.cats_and_dogs.images import CLASSES, draw
    from grader.assignments.cats_and_dogs.parts import QUICK
    from grader.datasets.reduction import chosen

    count = QUICK.images[split] if isinstance(QUICK.images, Mapping) else QUICK.images
    drawn = dict(draw(split))
    names = chosen(drawn, count)
    labels = [CLASSES.index(name.partition("/")[0]) for name in names]
    return np.stack([drawn[name] for name in names]), np.array(labels)


def network(tried: Tried) -> Any:
    """Build the solution's network, compiled, with the quick steps of the grader's trainer."""
    import keras
    from keras import layers as of

    from grader.training.dense import quicken
    from grader.training.fused import fuse
    from grader.training.pooled import pool_first

    convolved = [
        layer
        for filters in (32, 64, 128, 128)
        for layer in (of.Conv2D(filters, 3, activation="relu"), of.MaxPooling2D(2))
    ]
    dense = (of.Flatten(), of.Dense(512, activation="relu"), of.Dense(1, activation="sigmoid"))
    stack = keras.Sequential([keras.Input((64, 64, 3)), *convolved, *dense])
    model = keras.Model(stack.inputs, stack.outputs)
    optimizer = getattr(keras.optimizers, tried.optimizer)(learning_rate=tried.rate)
    model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"])
    fuse(model)
    quicken(model)
    pool_first(model)
    return model


def trained(tried: Tried, seed: int) -> dict[str, Any]:
    """Train with a seed; return what each training came to, by its name.

    Both second trainings begin with all that the first one left, its optimizer's state included.
    """
    import keras
    import numpy as np
    from tensorflow.keras.preprocessing.image import ImageDataGenerator

    keras.utils.set_random_seed(seed)
    (x, y), *others = (pictures(each) for each in ("train", "val", "test"))
    if tried.shuffled:
        y = np.random.default_rng(seed).permutation(y)
    model, plain = network(tried), {"x": x, "y": y, "batch_size": BATCH}
    first, second = tried.epochs
    found = {"first": _after(model, plain, first, *others)}
    variables = [*model.variables, *model.optimizer.variables]
    state = [each.numpy() for each in variables]
    for way in tried.ways:
        for each, value in zip(variables, state, strict=True):
            each.assign(value)
        shown = {"x": ImageDataGenerator(**WAYS).flow(x, y, BATCH)} if way == AUGMENTED else plain
        found[way] = _after(model, shown, second, *others)
    return found


def _after(model: Any, shown: dict[str, Any], epochs: int, validation: Any, test: Any) -> Any:
    """Train, and return both curves of the last epochs and the accuracy on the test."""
    # What is validated earlier changes no weights.
    validated = [*range(max(1, epochs - LAST + 1), epochs + 1)]
    curves = model.fit(
        **shown, epochs=epochs, validation_data=validation, validation_freq=validated, verbose=0
    ).history
    return {
        "training": curves["accuracy"][-LAST:],
        "validation": curves["val_accuracy"],
        "test": model.evaluate(*test, verbose=0)[1],
    }


def gap(found: Mapping[str, Sequence[float]]) -> float:
    """Return how far training was above validation over the last epochs, as the rubric does."""
    return statistics.mean(found["training"]) - statistics.mean(found["validation"])


def tables(found: Mapping[str, Mapping[int, Trainings]]) -> str:
    """Write what is required, what each way to train came to, and each seed of the solution.

    Args:
        found: By name and seed, what each training came to.
    """
    reference = found[REFERENCE]
    ways = {REFERENCE: _tested(reference, AUGMENTED), f"{REFERENCE}, without augmentation": _tested(
        reference, PLAIN
    )} | {name: _tested(found[name], AUGMENTED) for name in TRIED if name != REFERENCE}  # fmt: skip
    tried = [_line(name, values) for name, values in ways.items() if values]
    heads = ("trained", "median", "range", "reached 75 %", "one seed misses", "three seeds miss")
    each = [_of_seed(seed, of) for seed, of in reference.items()]
    return "\n".join((
        lines(("required of the solution", "seeds"), _required([row[1:] for row in each])),
        lines(heads, tried),
        lines(SEED_HEADS, [[str(row[0]), *(f"{value:.3f}" for value in row[1:])] for row in each]),
    ))  # fmt: skip


def _tested(found: Mapping[int, Trainings], way: str) -> list[float]:
    return [of[way]["test"] for of in found.values()]


def _line(name: str, values: Sequence[float]) -> Sequence[str]:
    missed, seeds = sum(value < MARK for value in values), len(values)
    several = str(with_several(missed, seeds)) if seeds >= TRIES else "not known"
    spread = f"{min(values):.3f} to {max(values):.3f}"
    reached = f"{seeds - missed} of {seeds}"
    return (name, f"{statistics.median(values):.3f}", spread, reached,
            str(with_one(missed, seeds)), several)  # fmt: skip


def _of_seed(seed: int, of: Trainings) -> tuple[float, ...]:
    augmented, plain = of[AUGMENTED]["test"], of[PLAIN]["test"]
    gaps = (gap(of["first"]), gap(of[AUGMENTED]))
    return (seed, *gaps, of["first"]["test"], augmented, plain, augmented - plain)


def _required(rows: Sequence[Sequence[float]]) -> list[Sequence[str]]:
    required = {
        "a gap of at least 0.1 after the first training": [row[0] >= OPEN for row in rows],
        "a gap of at most 0 after the second one": [row[1] <= 0 for row in rows],
        "5 points more in the test than without augmentation": [row[5] >= MORE for row in rows],
    }
    return [(what, f"{sum(kept)} of {len(kept)}") for what, kept in required.items()]


def main() -> None:
    """Train what is not known yet, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--known", action="store_true")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--one", nargs="+", metavar=("NAME", "SEED"))
    given = parser.parse_args()
    if given.one:
        name, *seeds = given.one
        for seed in seeds:
            print(json.dumps(trained(TRIED[name], int(seed))), flush=True)
        return
    kept = Kept(CACHE)
    keys = {name: {seed: f"{name} {seed}" for seed in range(given.seeds)} for name in TRIED}
    for name in () if given.known else TRIED:
        train_missing((MODULE, "--one", name), kept, keys[name], given.jobs)
    found = {
        name: {seed: kept.known[key] for seed, key in each.items() if key in kept.known}
        for name, each in keys.items()
    }
    publish(tables(found), given.write)


if __name__ == "__main__":
    main()
