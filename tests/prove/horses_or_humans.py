"""What luck does in "Horses or Humans": accuracies of both networks over many seeds.

``python -m tests.prove.horses_or_humans --seeds 20 --write docs/horses_or_humans.md`` trains the
solution's networks once with each seed on the pictures that are graded on every day, in steps of
the grader's own trainer; with ``--real FOLDER``, on the lecture's pictures as well, of which it
takes as many as there are. Results are kept in ``build/horses_or_humans.json`` as they come, so
that an interrupted run goes on where it was; ``--known`` trains nothing and writes the tables of
what is kept.
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

CACHE = Path("build/horses_or_humans.json")
MODULE = "tests.prove.horses_or_humans"
EPOCHS, FIRST, BATCH, MARK = 15, 6, 60, 0.75
# Side of a picture as it is drawn.
WHOLE = 300
# As many of each class as are graded on every day.
IMAGES = {"train": 256, "validation": 128}
# Both curves of a training, by their names in Keras.
Curves: TypeAlias = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Tried:
    """How a network is trained.

    Args:
        side: Of its pictures, in pixels.
        filters: Of its convolutions.
        optimizer: Name of its class.
        rate: Its learning rate.
        shuffled: Whether labels are put into another order first.
        softmax: Whether it has two units instead of one.
    """

    side: int = 150
    filters: tuple[int, ...] = (16, 32, 64, 64, 64)
    optimizer: str = "RMSprop"
    rate: float = 1e-3
    shuffled: bool = False
    softmax: bool = False


COMPACT = Tried(75, (16, 32, 64))
LARGE_NAME, COMPACT_NAME = "large", "compact"
RIGHT = {LARGE_NAME: Tried(), COMPACT_NAME: COMPACT}
TRIED = RIGHT | {
    "large, softmax": Tried(softmax=True),
    "compact, rate 0.0000001": Tried(75, (16, 32, 64), rate=1e-7),
    "compact, SGD, rate 0.0001": Tried(75, (16, 32, 64), "SGD", 1e-4),
    "compact, shuffled labels": Tried(75, (16, 32, 64), shuffled=True),
}


def pictures(split: str, side: int, real: Path | None = None) -> tuple[Any, Any]:
    """Return what is graded on of a split: pixels from 0 to 1, and labels; drawn once.

    Args:
        split: Its name.
        side: Of the pictures, in pixels.
        real: A folder of others.
    """
    import numpy as np

    from grader.assignments.horses_or_humans.images import DIGESTS

    known = DIGESTS[split][:12] if real is None else "real"
    kept = CACHE.parent / f"horses_or_humans-{split}-{known}.npz"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        pixels, labels = _taken(split, real)
        with kept.with_suffix(".part").open("wb") as file:
            np.savez(file, pixels=pixels, labels=labels)
        kept.with_suffix(".part").replace(kept)
    # The nearest pixels are those that Keras loads.
    step = WHOLE // side
    with np.load(kept) as held:
        seen = held["pixels"][:, step // 2 :: step, step // 2 :: step]
        return seen / np.float32(255), held["labels"]


def _taken(split: str, real: Path | None) -> tuple[Any, Any]:
    import numpy as np
    from PIL import Image

    from grader.assignments.horses_or_humans.images import CLASSES, draw
    from grader.datasets.reduction import chosen

    if real is None:
        found = {name: pixels[..., :3] for name, pixels in draw(split)}
    else:
        files = sorted((real / split).rglob("*.png"))
        found = {
            f"{at.parent.name}/{at.name}": np.asarray(Image.open(at).convert("RGB")) for at in files
        }
    names = chosen(found, IMAGES[split])
    labels = [CLASSES.index(name.partition("/")[0]) for name in names]
    return np.stack([found[name] for name in names]), np.array(labels)


def network(tried: Tried) -> Any:
    """Build a network, compiled, with the quick steps of the grader's trainer."""
    import keras
    from keras import layers as of

    from grader.training.dense import quicken
    from grader.training.fused import fuse
    from grader.training.pooled import pool_first

    convolved = [
        layer
        for filters in tried.filters
        for layer in (of.Conv2D(filters, 3, activation="relu"), of.MaxPooling2D(2))
    ]
    last = of.Dense(2, activation="softmax") if tried.softmax else of.Dense(1, activation="sigmoid")
    dense = (of.Flatten(), of.Dense(512, activation="relu"), last)
    stack = keras.Sequential([keras.Input((tried.side, tried.side, 3)), *convolved, *dense])
    model = keras.Model(stack.inputs, stack.outputs)
    optimizer = getattr(keras.optimizers, tried.optimizer)(learning_rate=tried.rate)
    loss = "sparse_categorical_crossentropy" if tried.softmax else "binary_crossentropy"
    model.compile(optimizer, loss, metrics=["accuracy"])
    fuse(model)
    quicken(model)
    pool_first(model)
    return model


def trained(tried: Tried, seed: int, real: Path | None = None) -> dict[str, list[float]]:
    """Train with a seed; return both curves.

    Args:
        tried: How.
        seed: Of Keras.
        real: A folder of other pictures.
    """
    import keras
    import numpy as np

    keras.utils.set_random_seed(seed)
    (x, y), validation = (pictures(each, tried.side, real) for each in IMAGES)
    if tried.shuffled:
        y = np.random.default_rng(seed).permutation(y)
    curves = (
        network(tried)
        .fit(x, y, batch_size=BATCH, epochs=EPOCHS, validation_data=validation, verbose=0)
        .history
    )
    return {name: [round(float(each), 4) for each in curve] for name, curve in curves.items()}


def tables(
    found: Mapping[str, Mapping[int, Curves]], real: Mapping[str, Mapping[int, Curves]]
) -> str:
    """Write what each way to train came to, beside the real pictures, and each seed.

    Args:
        found: By name and seed, the curves of each training.
        real: The same of other pictures.
    """
    ways = {**found, **{f"{name}, the lecture's pictures": each for name, each in real.items()}}
    heads = ("trained", "seeds", "training", "validation, median", "range", "reached 75 %",
             "one seed misses", "three seeds miss")  # fmt: skip
    rows = [_line(name, list(each.values())) for name, each in ways.items() if each]
    of_seeds = ("network", "seed", f"training after {FIRST} epochs", "training", "validation",
                "best validation")  # fmt: skip
    each = [_of_seed(name, seed, of) for name in RIGHT for seed, of in found[name].items()]
    return "\n".join((lines(heads, rows), lines(of_seeds, each)))


def _line(name: str, curves: Sequence[Curves]) -> Sequence[str]:
    values = [_last(of, "val_accuracy") for of in curves]
    missed, seeds = sum(value < MARK for value in values), len(values)
    several = str(with_several(missed, seeds)) if seeds >= TRIES else "not known"
    training = statistics.median(_last(of, "accuracy") for of in curves)
    return (name, str(seeds), f"{training:.3f}", f"{statistics.median(values):.3f}",
            f"{min(values):.3f} to {max(values):.3f}", f"{seeds - missed} of {seeds}",
            str(with_one(missed, seeds)), several)  # fmt: skip


def _last(of: Curves, name: str) -> float:
    return of[name][-1]


def _of_seed(name: str, seed: int, of: Curves) -> Sequence[str]:
    shown = (of["accuracy"][FIRST - 1], _last(of, "accuracy"), _last(of, "val_accuracy"),
             max(of["val_accuracy"]))  # fmt: skip
    return (name, str(seed), *(f"{value:.3f}" for value in shown))


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--wrong-seeds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--real", type=Path, help="a folder with train/ and validation/")
    parser.add_argument("--known", action="store_true")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--one", nargs="+", metavar=("NAME", "SEED"))
    return parser.parse_args()


def _missing_trained(kept: Kept, name: str, keys: Mapping[int, str], jobs: int, *real: str) -> None:
    if not all(key in kept.known for key in keys.values()):
        train_missing((MODULE, *real, "--one", name), kept, keys, jobs)


def main() -> None:
    """Train what is not known yet, and write the tables."""
    given = _given()
    if given.one:
        name, *seeds = given.one
        for seed in seeds:
            print(json.dumps(trained(TRIED[name], int(seed), given.real)), flush=True)
        return
    kept = Kept(CACHE)
    counts = {name: given.seeds if name in RIGHT else given.wrong_seeds for name in TRIED}
    ours = {
        name: {seed: f"{name} {seed}" for seed in range(count)} for name, count in counts.items()
    }
    theirs = {name: {seed: f"real {name} {seed}" for seed in range(given.seeds)} for name in RIGHT}
    for name in () if given.known else TRIED:
        _missing_trained(kept, name, ours[name], given.jobs)
    for name in RIGHT if given.real and not given.known else ():
        _missing_trained(kept, name, theirs[name], given.jobs, "--real", str(given.real))
    publish(tables(_known(kept, ours), _known(kept, theirs)), given.write)


def _known(kept: Kept, keys: Mapping[str, Mapping[int, str]]) -> dict[str, dict[int, Curves]]:
    return {
        name: {seed: kept.known[key] for seed, key in each.items() if key in kept.known}
        for name, each in keys.items()
    }


if __name__ == "__main__":
    main()
