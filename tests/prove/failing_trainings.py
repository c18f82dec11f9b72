"""Trainings that do not learn, each by one thing, and what is to be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from architectures import (
    CLASSES,
    FLAT,
    LOSS,
    NORMAL,
    ONE,
    POOL,
    RMSPROP,
    Spec,
    Training,
    conv,
    dense,
)
from PIL import Image

from grader.diagnosis import Diagnosis, Symptom
from tests.prove.recorded import TRAINING, VALIDATION, Recipe

RATE, SCALE = "the learning rate", "how the pixel values are scaled"
LAST = "the activation of the last layer"
NOISE_SIDE, NOISE_IMAGES = 32, {TRAINING: 20, VALIDATION: 40}


@dataclass(frozen=True)
class Failing:
    """A kind of training that does not learn.

    Args:
        recipe: How it is made.
        look_at: What its diagnosis says to look at.
        seen: What may be seen of it.
    """

    recipe: Recipe
    look_at: str
    seen: tuple[Symptom, ...]

    def is_right(self, told: Diagnosis) -> bool:
        """Whether a diagnosis is right."""
        return told.kind in self.seen and told.look_at == self.look_at


def _network(last: Spec = ONE, **begun: Any) -> list[Spec]:
    """Write the solution's layers down."""
    layers = [each for count in (16, 16, 16) for each in (conv(count, **begun), POOL)]
    return [*layers, FLAT, dense(512, **begun), (last[0], last[1] | begun)]


def _made(last: Spec = ONE, optimizer: Spec = RMSPROP, loss: Spec = LOSS, **more: Any) -> Recipe:
    return Recipe(Training(_network(last), optimizer, loss, **more))


def _one(activation: str) -> Spec:
    return ("Dense", {"units": 1, "activation": activation})


def _rate(optimizer: str, rate: float) -> Recipe:
    return _made(optimizer=(optimizer, {"learning_rate": rate}))


_SGD: Spec = ("SGD", {"learning_rate": 0.01})
_AT_ONE: Spec = ("SGD", {"learning_rate": 1.0})
_ZEROS = Recipe(Training(_network(kernel_initializer=("Zeros", {})), RMSPROP))
_MEMORY = Recipe(
    Training(
        [conv(16), POOL, conv(32), POOL, FLAT, dense(128), ONE],
        ("Adam", {"learning_rate": 0.001}),
        iterator={"target_size": (NOISE_SIDE, NOISE_SIDE), "batch_size": 4},
    ),
    validated=True,
)
_GUESSING, _UNSTABLE, _BROKEN = Symptom.GUESSING, Symptom.UNSTABLE, Symptom.NOT_A_NUMBER
_EARLY, _UNSUITED = (Symptom.ENDED_EARLY,), (Symptom.OUTPUT_AND_LOSS,)
_CALLBACK, _EPOCHS = "the callback that stops it", "how many epochs fit is asked for"

FAILING: Mapping[str, Failing] = {
    "all kernels begin with zeros": Failing(_ZEROS, "the initializers", (_GUESSING,)),
    "a learning rate of 0": Failing(
        _rate("Adam", 0.0), "the arguments of the optimizer", (Symptom.NO_LEARNING_RATE,)
    ),
    "Adam at 0.0000001": Failing(_rate("Adam", 1e-7), RATE, (Symptom.SLOW,)),
    "SGD at 0.001": Failing(_rate("SGD", 1e-3), RATE, (Symptom.SLOW,)),
    "SGD at 1,000,000": Failing(_rate("SGD", 1e6), RATE, (_BROKEN, _GUESSING)),
    "SGD at 1, behind batch normalisation": Failing(
        Recipe(Training([*(conv(16), NORMAL, POOL) * 3, FLAT, ONE], _AT_ONE)), RATE, (_BROKEN,)
    ),
    "Adam at 0.1": Failing(_rate("Adam", 0.1), RATE, (_GUESSING, _UNSTABLE)),
    "SGD at 0.2": Failing(_rate("SGD", 0.2), RATE, (_UNSTABLE, _GUESSING)),
    "values from 0 to 255, SGD": Failing(
        _made(optimizer=_SGD, generator={}), SCALE, (_GUESSING, _UNSTABLE, _BROKEN)
    ),
    "values from 0 to 1/255": Failing(
        _made(generator={"rescale": 1 / 255 / 255}), SCALE, (_GUESSING,)
    ),
    "a callback that stops above 90 %": Failing(
        Recipe(_made().training, stops_above=0.9), _CALLBACK, _EARLY
    ),
    "three epochs": Failing(Recipe(_made().training, epochs=3), _EPOCHS, _EARLY),
    "softmax on one unit": Failing(_made(_one("softmax")), LAST, _UNSUITED),
    "one unit, CategoricalCrossentropy": Failing(
        _made(loss=("CategoricalCrossentropy", {})), "the loss", _UNSUITED
    ),
    "relu as the output": Failing(_made(_one("relu")), LAST, _UNSUITED),
    "images of noise, learnt by heart": Failing(
        _MEMORY, "augmentation, dropout and the size of the network", (Symptom.OVERFITTING,)
    ),
}


def draw_noise(folder: Path) -> Path:
    """Draw images that can only be learnt by heart, a folder for each split, and return it."""
    numbers = np.random.default_rng(1)
    for split, count in NOISE_IMAGES.items():
        for label in CLASSES:
            target = folder / Path(split).name / label
            target.mkdir(parents=True, exist_ok=True)
            for number in range(count):
                pixels = numbers.integers(0, 256, (NOISE_SIDE, NOISE_SIDE, 3), dtype=np.uint8)
                Image.fromarray(pixels).save(target / f"{number:02}.png")
    return folder
