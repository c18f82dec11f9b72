"""How hard the pictures of the Happy House are: test accuracies of right and wrong models.

``python -m tests.prove.happy_house --seeds 20 --write docs/happy_house.md`` trains each with each
seed, on the pictures that the kit draws. ``--real FILE`` names the course's ``test_happy.h5``,
which is taken apart into five folds. Results are kept in ``build/happy_house.json`` as they come,
so that an interrupted run goes on where it was; ``--known`` trains nothing and writes the table of
what is kept, in which each line says how many seeds it has.
"""

import argparse
import itertools
import json
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.prove.results import Kept, publish
from tests.prove.seeds import train_missing
from tests.prove.shares import with_one, with_several
from tests.prove.solved import at_the_end

CACHE = Path("build/happy_house.json")
MARK, EPOCHS, BATCH, FOLDS = 0.75, 20, 16, 5
# All others are trained by plain Keras.
GRADED = "reference, as the grader trains it"


@dataclass(frozen=True)
class Tried:
    """A model and how it is trained.

    Args:
        model: Name of a function of this module that makes it.
        optimizer: As Keras names it, or a rate of Adam.
        loss: As Keras names it.
        epochs: How many.
        batch: Pictures at a time.
        shuffled: Whether labels are put into another order first.
    """

    model: str = "reference"
    optimizer: str | float = "adam"
    loss: str = "binary_crossentropy"
    epochs: int = EPOCHS
    batch: int = BATCH
    shuffled: bool = False


TRIED = {
    "reference (the solution)": Tried(),
    "three blocks": Tried("three_blocks"),
    "linear": Tried("linear"),
    "SGD, 5 epochs of batches of 100": Tried(optimizer="sgd", epochs=5, batch=100),
    "1 epoch": Tried(epochs=1),
    "Adam, rate 1": Tried(optimizer=1.0),
    "Adam, rate 0.000001": Tried(optimizer=1e-6),
    "mean squared error, SGD": Tried(optimizer="sgd", loss="mse"),
    "shuffled labels": Tried(shuffled=True),
    "softmax of one unit": Tried("always_one"),
}


def reference() -> Any:
    """Build the solution's model."""
    from keras import layers as of

    return _model(of.ZeroPadding2D(3), of.Conv2D(32, 7), of.BatchNormalization(),
                  of.Activation("relu"), of.MaxPooling2D(2))  # fmt: skip


def three_blocks() -> Any:
    """Build three blocks of convolution, normalisation, activation and pooling."""
    from keras import layers as of

    blocks = [
        (of.Conv2D(filters, 3, padding="same"), of.BatchNormalization(), of.Activation("relu"),
         of.MaxPooling2D(2))
        for filters in (8, 16, 32)
    ]  # fmt: skip
    return _model(*(layer for block in blocks for layer in block))


def linear() -> Any:
    """Build a model of one dense layer."""
    return _model()


def always_one() -> Any:
    """Build the solution's model with a softmax of its one unit, which is 1 whatever it sees."""
    return _model(*reference().layers[:-2], activation="softmax")


def _model(*stack: Any, activation: str = "sigmoid") -> Any:
    import keras

    out = keras.layers.Dense(1, activation=activation)
    return keras.Sequential([keras.Input((64, 64, 3)), *stack, keras.layers.Flatten(), out])


BUILT: Mapping[str, Callable[[], Any]] = {
    each.__name__: each for each in (reference, three_blocks, linear, always_one)
}


def accuracies(tried: Tried, seed: int, real: Path | None) -> list[float]:
    """Return the test accuracy of each training: one, or one for each fold of real pictures."""
    return [_accuracy(tried, seed, *parts) for parts in _parts(real)]


def _parts(real: Path | None) -> Iterator[tuple[Any, Any, Any, Any]]:
    import numpy as np

    if real is None:
        from grader.assignments.happy_house.drawing.door import draw_all
        from grader.assignments.happy_house.pictures import TRAIN

        pictures, labels = draw_all()
        x, y = pictures / 255.0, labels
        yield x[:TRAIN], y[:TRAIN], x[TRAIN:], y[TRAIN:]
        return
    import h5py

    with h5py.File(real, "r") as file:
        x, y = file["test_set_x"][()] / 255.0, file["test_set_y"][()].ravel()
    for fold in np.array_split(np.random.default_rng(0).permutation(len(x)), FOLDS):
        rest = np.setdiff1d(np.arange(len(x)), fold)
        yield x[rest], y[rest], x[fold], y[fold]


def _accuracy(tried: Tried, seed: int, *parts: Any) -> float:
    """Return the better of the accuracies in inference and by the statistics of batches."""
    import keras
    import numpy as np

    x, y, x_test, y_test = parts
    keras.utils.set_random_seed(seed)
    labels = np.random.default_rng(seed).permutation(y) if tried.shuffled else y
    model, given = BUILT[tried.model](), tried.optimizer
    optimizer = keras.optimizers.Adam(given) if isinstance(given, float) else given
    model.compile(optimizer, tried.loss)
    model.fit(x, labels, epochs=tried.epochs, batch_size=tried.batch, verbose=0)
    shares = [
        [np.asarray(model(batch, training=training)).ravel() > 1 / 2
         for batch in np.array_split(x_test, max(1, len(x_test) // 30))]
        for training in (False, True)
    ]  # fmt: skip
    keras.backend.clear_session()
    return max(float(np.mean(np.concatenate(share) == (y_test == 1))) for share in shares)


def _key(name: str, seed: int, real: Path | None) -> str:
    return f"{name} {seed}{', the course' if real else ''}"


def table(found: Mapping[str, Sequence[Sequence[float]]]) -> str:
    """Write the table: a line for each model that was trained.

    Args:
        found: By name and seed, the accuracy of each training.
    """
    lines = [
        "| model | median | range | reached 75 % | one seed misses | three seeds miss |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_line(name, seeds) for name, seeds in found.items() if seeds]
    return "\n".join(lines) + "\n"


def _line(name: str, seeds: Sequence[Sequence[float]]) -> str:
    values = [value for each in seeds for value in each]
    missed = sum(value < MARK for value in values)
    several = with_several(missed, len(values)) if len(values) > 2 else "not known"
    return (
        f"| {name} | {statistics.median(values):.3f} | {min(values):.3f} to {max(values):.3f} "
        f"| {len(values) - missed} of {len(values)} | {with_one(missed, len(values))} | {several} |"
    )


def main() -> None:
    """Train what is not known yet, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--known", action="store_true")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--one", nargs="+", metavar=("MODEL", "SEED"))
    given = parser.parse_args()
    if given.one:
        name, *seeds = given.one
        for seed in seeds:
            print(json.dumps(accuracies(TRIED[name], int(seed), given.real)), flush=True)
        return
    kept = Kept(CACHE)
    sources = (None, given.real) if given.real else (None,)
    if not given.known:
        _grade(given, kept)
    for real, name in itertools.product(sources, () if given.known else TRIED):
        _train(name, given, real, kept)
    graded = (kept.known.get(_key(GRADED, seed, None)) for seed in range(1, given.seeds + 1))
    found = {GRADED: [each for each in graded if each]} | {
        f"{name}, the course's test file" if real else name: [
            kept.known[key]
            for seed in range(given.seeds)
            if (key := _key(name, seed, real)) in kept.known
        ]
        for real, name in itertools.product(sources, TRIED)
    }
    publish(table(found), given.write)


def _grade(given: argparse.Namespace, kept: Kept) -> None:
    keys = {seed: _key(GRADED, seed, None) for seed in range(1, given.seeds + 1)}
    missing = [seed for seed, key in keys.items() if key not in kept.known]
    for seed, value in at_the_end("happy-house", missing, given.jobs) if missing else ():
        kept.add({keys[seed]: [value]})


def _train(name: str, given: argparse.Namespace, real: Path | None, kept: Kept) -> None:
    of_real = ("--real", str(real)) if real else ()
    keys = {seed: _key(name, seed, real) for seed in range(given.seeds)}
    train_missing(("tests.prove.happy_house", *of_real, "--one", name), kept, keys, given.jobs)


if __name__ == "__main__":
    main()
