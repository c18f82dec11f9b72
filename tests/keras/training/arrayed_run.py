"""``arrayed_run.py EPOCHS NAME...``: trains on arrays, with plain Keras and from a description."""

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
from grader.training.description import to_json
from grader.training.results import TrainingPlan

SEED = 3
Curves = dict[str, list[float]]


def plainly(name: str, epochs: int) -> Curves:
    """Train as a script of one's own would."""
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    training = TRAININGS[name]
    keras.utils.set_random_seed(SEED)
    layers = [keras.Input(training.x.shape[1:]), *map(made, training.layers)]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.Adam(0.001), made(training.loss), metrics=["accuracy"])
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


def described(name: str, epochs: int) -> Curves:
    """Train what a description says that went the way of one of a kernel's."""
    with tempfile.TemporaryDirectory() as folder:
        arrays = written(Path(folder))
        sent = json.loads(json.dumps(to_json(TRAININGS[name].described(epochs))))
        accepted = accept_decoded(sent, arrays)
        trainer.prepare(1)
        plan = TrainingPlan(SEED, exact=True, arrays=arrays, data="digits/train")
        trained = trainer.train(accepted, None, plan)
    names = dict.fromkeys(name for epoch in trained.epochs for name in epoch.logs)
    return {
        name: [epoch.logs[name] for epoch in trained.epochs if name in epoch.logs] for name in names
    }


def forked(train: Callable[[str, int], Curves], *given: Any) -> Curves:
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
    epochs, names = int(sys.argv[1]), sys.argv[2:]
    found = {name: [forked(each, name, epochs) for each in (plainly, described)] for name in names}
    sys.stdout.write(json.dumps(found))
