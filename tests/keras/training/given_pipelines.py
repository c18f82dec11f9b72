"""Describes datasets, makes them again, and compares all that passes over both yield.

``given_pipelines.py FOLDER``: run by test_given_pipelines.py.
"""
# ruff: noqa: T201

import json
import random
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pipelines
import tensorflow as tf
from described_pipelines import described
from pipelines import (
    DESCRIBED,
    OTHERS,
    SEEDED,
    draw,
    parts_of_a_cache_that_was_looked_at,
)

from grader.probe.describing.datasets import watch_datasets
from grader.probe.describing.values import Undescribable
from grader.training.decoded_folders import fits
from grader.training.description import Json
from grader.training.pipeline_loaders import PipelineLoaders
from grader.training.pipelines import read_pipeline
from grader.training.results import TrainingPlan
from grader.training.splits import Splits

# Of what is trained on and validated with in turn, as ``fit`` makes them.
PASSES, MOST = 3, 12
Make = Callable[[str], Any]


def yielded(*datasets: Any) -> list[list[Any]]:
    """Return batches of some passes over each."""
    known = [dataset for dataset in datasets if dataset is not None]
    # How far one without an end is made ahead, and with it what the next pass begins with, is luck;
    # fit makes one pass over it.
    ends = all(int(dataset.cardinality()) != tf.data.INFINITE_CARDINALITY for dataset in known)
    return [
        [tuple(map(np.asarray, batch)) for batch in islice(iter(dataset), MOST)]
        for _ in range(PASSES if ends else 1)
        for dataset in known
    ]


def again(folder: Path, train: Json, val: Json) -> tuple[Any, Any]:
    """Make described datasets again."""
    loaders = PipelineLoaders(Splits(folder, {}, fits), TrainingPlan(1))
    validated = None if val is None else read_pipeline(val, "validation")
    made = loaders.trained_on(read_pipeline(train, "loader"), validated).to_train()["x"]
    return made, None if validated is None else loaders.validated_with(validated).to_validate()


def differences(one: list[list[Any]], other: list[list[Any]]) -> list[str]:
    """Say in which batches two runs differ."""
    counts = [[len(batches) for batches in each] for each in (one, other)]
    if counts[0] != counts[1]:
        return [f"batches {counts[0]} and {counts[1]}"]
    return [
        f"pass {number}, batch {batch}: {name}"
        for number, batches in enumerate(one)
        for batch, mine in enumerate(batches)
        for name, left, right in zip("xy", mine, other[number][batch], strict=True)
        if left.dtype != right.dtype or not np.array_equal(left, right)
    ]


def compared(make: Make, folder: Path) -> dict[str, Any]:
    """Return how a way is described, and where what was made again differs; or why it is not."""
    try:
        found = described(make(str(folder)))
    except Undescribable as why:
        return {"reason": str(why)}
    keras.utils.set_random_seed(3)
    plainly = yielded(*make(str(folder)))
    keras.utils.set_random_seed(3)
    return {"described": found, "differs": differences(plainly, yielded(*again(folder, *found)))}


def undisturbed(make: Make, folder: Path) -> list[str]:
    """Say where the student's own dataset differs once it has been described."""
    keras.utils.set_random_seed(3)
    plainly = yielded(*make(str(folder)))
    keras.utils.set_random_seed(3)
    made = make(str(folder))
    states = random.getstate(), str(np.random.get_state())  # noqa: NPY002 - Keras uses it
    described(made)
    if states != (random.getstate(), str(np.random.get_state())):  # noqa: NPY002
        return ["a random state"]
    return differences(plainly, yielded(*made))


def main(folder: Path) -> dict[str, Any]:
    """Compare all ways."""
    pipelines.use()
    draw(folder)
    before = {}
    for name in SEEDED:
        keras.utils.set_random_seed(3)
        before[name] = yielded(*DESCRIBED[name](str(folder)))
    watch_datasets()
    watched = {}
    for name, plainly in before.items():
        keras.utils.set_random_seed(3)
        watched[name] = differences(plainly, yielded(*DESCRIBED[name](str(folder))))
    ways = {**DESCRIBED, **OTHERS}
    return {
        "ways": {name: compared(make, folder) for name, make in ways.items()},
        "looked_at": described(parts_of_a_cache_that_was_looked_at(str(folder))),
        "watched": watched,
        "undisturbed": {name: undisturbed(DESCRIBED[name], folder) for name in SEEDED},
    }


if __name__ == "__main__":
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    print(json.dumps(main(Path(sys.argv[1]))))
