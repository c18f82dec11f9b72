"""How hard the pictures of the Happy House are: test accuracies of right and wrong models.

``python -m tests.prove.happy_house --seeds 20 --write docs/happy_house.md`` trains each with each
seed, on the pictures that the kit draws. ``--real FILE`` names the course's ``test_happy.h5``,
which is taken apart into five folds. Results are kept in ``build/happy_house.json`` as they come,
so that an interrupted run goes on where it was.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.prove.results import Kept, publish

CACHE = Path("build/happy_house.json")
MARK, EPOCHS, BATCH, FOLDS = 0.75, 20, 16, 5
ONE_THREAD = dict.fromkeys(
    ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"), "1"
) | {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}


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


def _model(*stack: Any) -> Any:
    import keras

    out = keras.layers.Dense(1, activation="sigmoid")
    return keras.Sequential([keras.Input((64, 64, 3)), *stack, keras.layers.Flatten(), out])


BUILT: Mapping[str, Callable[[], Any]] = {
    each.__name__: each for each in (reference, three_blocks, linear)
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


def _in_a_process(name: str, seed: int, real: Path | None) -> list[float]:
    """Return the accuracies, from a process of one thread."""
    command = [sys.executable, "-m", "tests.prove.happy_house", "--one", name, str(seed)]
    command += ["--real", str(real)] if real else []
    ended = subprocess.run(
        command, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=True
    )
    found: list[float] = json.loads(ended.stdout.splitlines()[-1])
    return found


def table(found: Mapping[str, list[float]]) -> str:
    """Write the table: a line for each model."""
    lines = ["| model | median | range | reached 75 % |", "|---|---|---|---|"]
    for name, values in found.items():
        reached = sum(value >= MARK for value in values)
        lines.append(
            f"| {name} | {statistics.median(values):.3f} | {min(values):.3f} to {max(values):.3f} "
            f"| {reached} of {len(values)} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Train what is not known yet, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--one", nargs=2, metavar=("MODEL", "SEED"))
    given = parser.parse_args()
    if given.one:
        print(json.dumps(accuracies(TRIED[given.one[0]], int(given.one[1]), given.real)))
        return
    found = {
        (f"{name}, the course's test file" if real else name): _of_all(name, given, real)
        for real in ((None, given.real) if given.real else (None,))
        for name in TRIED
    }
    publish(table(found), given.write)


def _of_all(name: str, given: argparse.Namespace, real: Path | None) -> list[float]:
    kept = Kept(CACHE)
    keys = {seed: f"{name} {seed} {real or ''}".strip() for seed in range(given.seeds)}
    missing = [seed for seed, key in keys.items() if key not in kept.known]
    with ThreadPoolExecutor(given.jobs) as pool:
        for seed, values in zip(
            missing, pool.map(lambda seed: _in_a_process(name, seed, real), missing), strict=True
        ):
            kept.add({keys[seed]: values})
    return [value for key in keys.values() for value in kept.known[key]]


if __name__ == "__main__":
    main()
