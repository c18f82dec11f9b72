"""``arrayed_run.py EPOCHS NAME...``: trains on arrays, with plain Keras and from a description.

EPOCHS may be of several fits, as in ``1+2``; the curve is that of the last.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from arrayed import TRAININGS, written
from constructed import made

from grader.training import trainer
from grader.training.accept import accept_decoded
from grader.training.checkpoint_files import PriorFits
from grader.training.description import to_json
from grader.training.results import PriorFit, Reply, TrainingPlan

SEED = 3
Curves = dict[str, list[float]]


def plainly(name: str, fits: list[int]) -> Curves:
    """Train as a script of one's own would."""
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    training = TRAININGS[name]
    keras.utils.set_random_seed(SEED)
    layers = [keras.Input(training.x.shape[1:]), *map(made, training.layers)]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.Adam(0.001), made(training.loss), metrics=["accuracy"])
    for epochs in fits:
        fitted = model.fit(
            training.x,
            training.y,
            epochs=epochs,
            sample_weight=training.sample_weight,
            validation_data=training.validation,
            verbose=0,
            **training.fit,
        )
    curves: Curves = fitted.history
    return curves


def described(name: str, fits: list[int]) -> Curves:
    """Train what a description says that went the way of one of a kernel's."""
    with tempfile.TemporaryDirectory() as folder:
        arrays = written(Path(folder))
        told = [json.dumps(to_json(TRAININGS[name].described(epochs))) for epochs in fits]
        *earlier, last = (accept_decoded(json.loads(each), arrays) for each in told)
        turns = [PriorFit(each, (Reply(),) * each.fit.epochs) for each in earlier]
        trainer.prepare(1)
        plan = TrainingPlan(SEED, exact=True, arrays=arrays, data="digits/train")
        trained = trainer.train(last, None, plan, earlier=PriorFits(turns))
    names = dict.fromkeys(name for epoch in trained.epochs for name in epoch.logs)
    return {
        name: [epoch.logs[name] for epoch in trained.epochs if name in epoch.logs] for name in names
    }


def forked(train: Callable[[str, list[int]], Curves], *given: Any) -> Curves:
    """Train in a process of its own: threads can be set once."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        with os.fdopen(writing, "w") as file:
            json.dump(train(*given), file)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        curves: Curves = json.load(file)
    os.wait()
    return curves


if __name__ == "__main__":
    fits, names = list(map(int, sys.argv[1].split("+"))), sys.argv[2:]
    found = {name: [forked(each, name, fits) for each in (plainly, described)] for name in names}
    sys.stdout.write(json.dumps(found))
