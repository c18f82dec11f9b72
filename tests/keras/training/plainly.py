"""``plainly.py NAME EPOCHS SEED``: trains with plain Keras code, as a script of one's own would.

EPOCHS may be of several fits, as in ``2+3``; the curve is that of the last. NAME may be of several
models, as in ``large,solution``, trained one after the other; the curve is that of the last, too.
"""

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from architectures import TRAININGS, Training
from constructed import made
from tensorflow.keras.preprocessing.image import ImageDataGenerator

DATASET = Path(__file__).parents[3] / "data" / "happy_or_sad"


def model(training: Training) -> Any:
    """Build the model: a chain as ``Sequential``."""
    outputs = [keras.Input((*training.images["target_size"], 3))]
    if all(len(spec) == 2 for spec in training.layers):
        return keras.Sequential([outputs[0], *map(made, training.layers)])
    for place, spec in enumerate(training.layers, 1):
        given = [outputs[each] for each in training.inputs(place)]
        outputs.append(made(spec)(given if len(given) > 1 else given[0]))
    return keras.Model(outputs[0], outputs[-1])


def loader(training: Training, images: dict[str, Any]) -> Any:
    """Make a loader."""
    generator = ImageDataGenerator(**training.generator)
    with contextlib.redirect_stdout(io.StringIO()):
        return generator.flow_from_directory(DATASET, **images)


def history(training: Training, fits: list[int], seed: int) -> dict[str, list[float]]:
    """Train and return the History."""
    keras.utils.set_random_seed(seed)
    images = loader(training, training.images)
    validation = loader(training, training.validation_images) if training.validated else None
    network = model(training)
    network.compile(made(training.optimizer), made(training.loss), metrics=["accuracy"])
    fit = dict(training.fit)
    fit["class_weight"] = dict(fit["class_weight"]) if "class_weight" in fit else None
    callbacks = [made(spec) for spec in training.callbacks]
    fit |= {"validation_data": validation, "callbacks": callbacks, "verbose": 0}
    curves = [network.fit(images, epochs=epochs, **fit).history for epochs in fits]
    last: dict[str, list[float]] = curves[-1]
    return last


if __name__ == "__main__":
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    epochs = list(map(int, sys.argv[2].split("+")))
    trainings = [TRAININGS[name] for name in sys.argv[1].split(",")]
    *_, last = [history(each, epochs, int(sys.argv[3])) for each in trainings]
    sys.stdout.write(json.dumps(last))
