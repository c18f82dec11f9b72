"""Trainings on arrays: as a student writes them, and as they are described."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from architectures import ACCURACY, ADAM, FLAT, POOL, Spec, conv, dense, part
from numpy.typing import NDArray

from grader.datasets import pairs
from grader.preparation.recognise import recognise
from grader.preparation.records import LabelledArrays, Preparation
from grader.training.description import (
    Architecture,
    Compile,
    Description,
    FitArguments,
    LayerSpec,
    ObjectSpec,
)

Array = NDArray[Any]
SIDE, CLASSES = 12, 10


def drawn(samples: int, seed: int) -> LabelledArrays:
    """Dark images, each with a bright column that tells its class."""
    chance = np.random.default_rng(seed)
    labels = chance.permutation(np.arange(samples) % CLASSES).astype("uint8")
    images = chance.integers(0, 120, (samples, SIDE, SIDE)).astype("uint8")
    images[np.arange(samples), :, labels + 1] += 130
    return LabelledArrays(images, labels)


SPLITS = {"digits/train": drawn(250, 1), "digits/test": drawn(70, 2)}
X, Y = SPLITS["digits/train"].x, SPLITS["digits/train"].y
X_TEST, Y_TEST = SPLITS["digits/test"].x, SPLITS["digits/test"].y
F, F_TEST = X.astype("float32") / 255, X_TEST.astype("float32") / 255
ORDER = np.random.RandomState(42).permutation(len(X))
TRAINED, VALIDATED = ORDER[50:], ORDER[:50]
HOT = np.eye(CLASSES)
WEIGHTS = {label: 1 + label / 4 for label in range(CLASSES)}
SPARSE: Spec = ("SparseCategoricalCrossentropy", {})
CATEGORICAL: Spec = ("CategoricalCrossentropy", {})
DENSE = (FLAT, dense(32, activation="relu"), dense(CLASSES, activation="softmax"))
VECTORS = DENSE[1:]
CONVOLUTIONAL = (conv(8), POOL, *DENSE)


@dataclass(frozen=True)
class ArrayTraining:
    """A training on arrays.

    Args:
        x: Samples.
        y: Labels.
        layers: Of the model, one after the other.
        loss: What is compiled.
        fit: Arguments of ``fit`` that are no arrays.
        validation: Samples and labels to validate with; None for none.
        weighted: Whether each sample has a weight by its label.
    """

    x: Array
    y: Array
    layers: tuple[Spec, ...] = DENSE
    loss: Spec = SPARSE
    fit: Mapping[str, Any] = field(default_factory=dict)
    validation: tuple[Array, Array] | None = None
    weighted: bool = False

    @property
    def sample_weight(self) -> Array | None:
        """The weight of each sample."""
        labels = self.y.argmax(axis=1) if self.y.ndim > 1 and self.y.shape[1] > 1 else self.y
        weights = [WEIGHTS[int(label)] for label in labels.reshape(-1)]
        return np.array(weights) if self.weighted else None

    def described(self, epochs: int) -> Description:
        """Describe it, as a kernel does that has the dataset's arrays at hand."""
        shape = {"shape": tuple(self.x.shape[1:])}
        first = LayerSpec(ObjectSpec("InputLayer", shape))
        layers = [LayerSpec(part(spec), (place,)) for place, spec in enumerate(self.layers)]
        given = dict(self.fit)
        if "class_weight" in given:
            given["class_weight"] = tuple(given["class_weight"].items())
        if self.weighted:
            given["sample_weight"] = tuple(WEIGHTS.items())
        return Description(
            prepared(self.x, self.y),
            prepared(*self.validation) if self.validation else None,
            Architecture((first, *layers), len(layers), tuple(range(len(layers) + 1))),
            Compile(part(ADAM), part(self.loss), (part(ACCURACY),)),
            FitArguments(epochs=epochs, **given),
        )


def prepared(x: Array, y: Array) -> Preparation:
    """Say how arrays were made of the dataset's own."""
    return recognise(x, y, SPLITS)


def written(folder: Path) -> dict[str, str]:
    """Write the dataset's arrays as the grader does; return their folders by name."""
    for name, each in SPLITS.items():
        pairs.write((each.x, each.y), folder / name)
    return {name: str(folder / name) for name in SPLITS}


TRAININGS = {
    "dense": ArrayTraining(F, Y),
    "convolutional": ArrayTraining(
        (X / 255)[..., np.newaxis], HOT[Y], CONVOLUTIONAL, CATEGORICAL,
        {"batch_size": 40}, (F_TEST[..., np.newaxis], HOT[Y_TEST]),
    ),
    "as_bytes": ArrayTraining(X, Y.astype("int64")),
    "flat": ArrayTraining(F.reshape(-1, SIDE * SIDE), Y.reshape(-1, 1), VECTORS),
    "validation_data": ArrayTraining(
        F, Y, fit={"validation_batch_size": 16, "validation_freq": 2},
        validation=(F_TEST, Y_TEST),
    ),
    "validation_steps": ArrayTraining(
        F, Y, fit={"validation_steps": 2, "validation_batch_size": 16},
        validation=(F_TEST, Y_TEST),
    ),
    "validation_split": ArrayTraining(F, Y, fit={"validation_split": 0.2, "batch_size": 30}),
    "train_test_split": ArrayTraining(
        F[TRAINED], HOT[Y[TRAINED]], loss=CATEGORICAL,
        validation=(F[VALIDATED], HOT[Y[VALIDATED]]),
    ),
    "standardised": ArrayTraining(
        (X - X.mean()) / X.std(), Y, validation=((X_TEST - X.mean()) / X.std(), Y_TEST)
    ),
    "cut": ArrayTraining(F[:101], Y[:101], fit={"batch_size": 25}),
    "unshuffled": ArrayTraining(F, Y, fit={"shuffle": False}),
    "by_steps": ArrayTraining(F, Y, fit={"steps_per_epoch": 4}),
    "some_steps": ArrayTraining(F, Y, fit={"steps_per_epoch": 3, "batch_size": 32}),
    "sample_weight": ArrayTraining(F, Y, fit={"validation_split": 0.1}, weighted=True),
    "class_weight": ArrayTraining(F, Y, fit={"class_weight": WEIGHTS}),
}  # fmt: skip
