"""How hard the kit's images are beside others: epochs to 99.9 % of four architectures.

``python -m tests.prove.epochs kit=data/happy_or_sad real=FOLDER --seeds 20 --write
docs/difficulty.md`` trains each architecture with each seed on each set of images. Results are
kept in ``build/epochs.json`` as they come, so that an interrupted run goes on where it was.
"""

import argparse
import contextlib
import io
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.prove.results import BEFORE, MOST_EPOCHS, TARGET, Kept, named, reached, replace_table

CACHE = Path("build/epochs.json")
ARCHITECTURES = {
    "16-16-16, Dense 512, RMSprop (the solution)": ((16, 16, 16), 512, "RMSprop"),
    "16-32-64, Dense 512, Adam": ((16, 32, 64), 512, "Adam"),
    "32-32-32, Dense 128, RMSprop": ((32, 32, 32), 128, "RMSprop"),
    "64-128, no hidden Dense, RMSprop": ((64, 128), 0, "RMSprop"),
}
ONE_THREAD = dict.fromkeys(
    ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"), "1"
) | {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "1", "CUDA_VISIBLE_DEVICES": "-1"}


def train(folder: Path, architecture: str, seed: int) -> int:
    """Return after how many epochs the target was reached; one more than allowed if never."""
    import tensorflow as tf

    tf.keras.utils.set_random_seed(seed)
    generator = tf.keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255)
    with contextlib.redirect_stdout(io.StringIO()):
        images = generator.flow_from_directory(
            folder, target_size=(150, 150), batch_size=10, class_mode="binary"
        )
    history = _model(tf, *ARCHITECTURES[architecture]).fit(
        images, epochs=MOST_EPOCHS, callbacks=[_stop(tf)], verbose=0
    )
    accuracy = history.history["accuracy"]
    tf.keras.backend.clear_session()
    return reached(accuracy)


def _model(tf: Any, filters: tuple[int, ...], units: int, optimizer: str) -> Any:
    layers = tf.keras.layers
    stack = [tf.keras.Input((150, 150, 3))]
    for count in filters:
        stack += [layers.Conv2D(count, 3, activation="relu"), layers.MaxPooling2D(2)]
    stack += [layers.Flatten()]
    stack += [layers.Dense(units, activation="relu")] if units else []
    model = tf.keras.Sequential([*stack, layers.Dense(1, activation="sigmoid")])
    made = getattr(tf.keras.optimizers, optimizer)(0.001)
    model.compile(loss="binary_crossentropy", optimizer=made, metrics=["accuracy"])
    return model


def _stop(tf: Any) -> Any:
    class Stop(tf.keras.callbacks.Callback):  # type: ignore[misc]
        def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:  # noqa: ARG002
            self.model.stop_training = logs["accuracy"] > TARGET

    return Stop()


def worker(folder: str, architecture: str, seeds: list[int]) -> None:
    """Train with some seeds and print a line for each."""
    for seed in seeds:
        print(json.dumps([seed, train(Path(folder), architecture, seed)]), flush=True)


def measure(sets: dict[str, Path], seeds: int, jobs: int) -> dict[str, int]:
    """Train what is not known yet; return the epochs of every training."""
    kept = Kept(CACHE)
    work = [
        (name, folder, architecture, missing)
        for architecture in ARCHITECTURES
        for name, folder in sets.items()
        if (missing := [s for s in range(seeds) if f"{name}|{architecture}|{s}" not in kept.known])
    ]
    with ThreadPoolExecutor(jobs) as pool:
        for lines in pool.map(lambda job: list(_worker(*job)), work):
            kept.add(dict(lines))
    return kept.known


def _worker(
    name: str, folder: Path, architecture: str, seeds: list[int]
) -> Iterator[tuple[str, int]]:
    arguments = ["--worker", str(folder), architecture, json.dumps(seeds)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.prove.epochs", *arguments],
        env=os.environ | ONE_THREAD,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    for line in done.stdout.splitlines():
        seed, epochs = json.loads(line)
        yield f"{name}|{architecture}|{seed}", epochs


def table(known: dict[str, int], sets: dict[str, Path], seeds: int) -> str:
    """Write the table."""
    heads = [f"{name}: {what}" for name in sets for what in ("median", "range", "missed")]
    rows = ["| architecture | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for architecture in ARCHITECTURES:
        cells = []
        for name in sets:
            found = [known[f"{name}|{architecture}|{seed}"] for seed in range(seeds)]
            missed = sum(epochs >= BEFORE for epochs in found)
            most = "never" if max(found) > MOST_EPOCHS else str(max(found))
            median = f"{statistics.median(found):g}"
            cells += [median, f"{min(found)} to {most}", f"{missed} of {seeds}"]
        rows.append(f"| {architecture} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """Measure and write."""
    if sys.argv[1:2] == ["--worker"]:
        worker(sys.argv[2], sys.argv[3], json.loads(sys.argv[4]))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", type=Path, help="file whose table is replaced")
    options = parser.parse_args()
    sets = named(options.sets)
    text = table(measure(sets, options.seeds, options.jobs), sets, options.seeds)
    print(text)
    if options.write:
        replace_table(options.write, text)


if __name__ == "__main__":
    main()
