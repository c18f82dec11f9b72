"""Descriptions of small trainings that the grader takes, drawn at random out of its own tables."""

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

import descriptions

from grader.training.accept import accept
from grader.training.description import Description
from grader.training.prepared import SplitShapes
from grader.training.refusals import Refused
from grader.training.size import Budget
from grader.training.tables.callbacks import CALLBACKS
from grader.training.tables.kinds import Kind, take
from grader.training.tables.layers import LAYERS
from grader.training.tables.loaders import CHANNELS, GENERATOR, ITERATOR
from grader.training.tables.losses import LOSSES
from grader.training.tables.metrics import METRICS
from grader.training.tables.optimizers import OPTIMIZERS, SCHEDULES
from grader.training.tables.signatures import Signature, Table
from grader.training.tables.weights import CONSTRAINTS, INITIALIZERS, REGULARIZERS

# So small that a training takes a second or two.
SMALL = Budget(200_000, 100_000, 64 * 2**20, 10_000_000)
INNER = (INITIALIZERS, REGULARIZERS, CONSTRAINTS, SCHEDULES)
MILD: tuple[Any, ...] = (
    None, True, False, 1, 2, 3, 0.1, 0.3, 0.5, 0.9, [1, 1], [2, 2], [3, 2], [0.1, 0.3],
    [[1, 0], [0, 1]], [-1], [2, -1], [3, 1, 2], "loss", "accuracy",
)  # fmt: skip
# What the tables take as well, and Keras may not.
WILD: tuple[Any, ...] = (
    *MILD, 0, 0.0, 1.0, -1, -0.5, 8, 2.0, 1e6, [0.8, 1.2], [-0.2, 0.2], [5, 1], [0, 4, 9],
    "val_loss",
)  # fmt: skip
# Labels, units of the output, its activation, and a loss that goes with them.
MATCHING = (
    ("binary", 1, "sigmoid", "BinaryCrossentropy"),
    ("binary", 1, "tanh", "Hinge"),
    ("binary", 1, "linear", "MeanSquaredError"),
    ("sparse", 2, "softmax", "SparseCategoricalCrossentropy"),
    ("categorical", 2, "softmax", "CategoricalCrossentropy"),
    ("categorical", 2, "sigmoid", "Poisson"),
)
CLIPS = ("clipnorm", "clipvalue", "global_clipnorm")
MANY = ("Concatenate", "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")
MOST_LAYERS, TRIES = 6, 12


def drawn(chance: random.Random, files: str) -> Iterator[Description]:
    """Yield descriptions of trainings on images for ever; most of them make sense.

    Args:
        chance: Draws.
        files: Digest of the images.
    """
    while True:
        values = WILD if chance.random() < 0.2 else MILD
        described = taken(OnFiles(chance, values, files).description())
        if described:
            yield described


class Drawing:
    """Draws one description.

    Args:
        chance: Draws.
        values: What arguments are drawn from, if they are of the right kind.
        arrays: What arrays there are, by name.
    """

    matching: tuple[tuple[str, int, str, str], ...] = MATCHING

    def __init__(
        self,
        chance: random.Random,
        values: tuple[Any, ...],
        arrays: Mapping[str, SplitShapes] | None = None,
    ) -> None:
        self._chance = chance
        self._values = values
        self._wild = values is WILD
        self._arrays = arrays or {}

    def data(self, labels: str) -> tuple[dict[str, Any], list[int]]:
        """Draw loader and validation, and the shape of a sample."""
        raise NotImplementedError

    def fit(self) -> dict[str, Any]:
        """Draw arguments of ``fit``."""
        return self._chance.choice([{"epochs": 9}, {"epochs": 3, "steps_per_epoch": 2}])

    def description(self) -> dict[str, Any]:
        labels, units, activation, loss = self._chance.choice(self.matching)
        data, shape = self.data(labels)
        callbacks = self._parts(CALLBACKS)
        found = descriptions.description(**data, callbacks=callbacks, fit=self.fit())
        found["compile"] = self._compiled(loss)
        found["architecture"] = descriptions.architecture(shape=shape)
        for _ in range(TRIES):
            if len(found["architecture"]["layers"]) < MOST_LAYERS:
                self._put(found, self._part(LAYERS))
        self._put(found, descriptions.part("Flatten"))
        self._put(found, descriptions.part("Dense", units=units, activation=activation))
        return found

    def _compiled(self, loss: str) -> dict[str, Any]:
        metrics = [
            {**each, "arguments": {**each["arguments"], "name": f"metric_{number}"}}
            for number, each in enumerate(self._parts(METRICS) if self._wild else [])
            if each["part"] != "accuracy"
        ]
        optimizer = self._part(OPTIMIZERS)
        clips = [name for name in CLIPS if name in optimizer["arguments"]]
        if not self._wild:
            for name in clips[1:]:
                del optimizer["arguments"][name]
        rate = optimizer["arguments"].get("learning_rate")
        optimizer["arguments"]["learning_rate"] = rate if isinstance(rate, dict) else 0.01
        options: list[dict[str, Any]] = [{}, {}, {"run_eagerly": True}, {"steps_per_execution": 3}]
        return {
            "optimizer": optimizer,
            "loss": self._part(LOSSES) if self._wild else descriptions.part(loss),
            "metrics": [descriptions.part("accuracy", name="accuracy"), *metrics],
            "options": self._chance.choice(options),
        }

    def _put(self, found: dict[str, Any], made: dict[str, Any]) -> None:
        """Put a layer on an architecture, if it fits."""
        before = found["architecture"]
        last = len(before["layers"]) - 1
        both = made["part"] in MANY
        inputs = [last, self._chance.randint(0, last)] if both else [last]
        layers = [*before["layers"], {**made, "inputs": inputs}]
        created = list(range(len(layers)))
        found["architecture"] = {"layers": layers, "output": last + 1, "created": created}
        if taken(found, self._arrays) is None:
            found["architecture"] = before

    def _parts(self, table: Table) -> list[dict[str, Any]]:
        return [self._part(table) for _ in range(self._chance.randint(0, 2))]

    def _part(self, table: Table) -> dict[str, Any]:
        name = self._chance.choice(sorted(table))
        return {"part": name, "arguments": self._arguments(table[name], 0.2)}

    def _arguments(self, of: Signature, share: float) -> dict[str, Any]:
        """Draw a value for each required argument and for a share of the others."""
        fitting = {
            name: self._fitting(kind)
            for name, kind in of.arguments.items()
            if name in of.required or self._chance.random() < share
        }
        return {name: self._chance.choice(each) for name, each in fitting.items() if each}

    def _fitting(self, kind: Kind) -> list[Any]:
        _, either, words = kind.expected.rpartition("one of ")
        parts = [self._part(table) for table in INNER if "object" in kind.expected]
        values = [*self._values, *parts, *(words.split(", ") if either else [])]
        if "a number" in kind.expected and not self._wild:
            # Most of what takes any number means a share.
            values = [value for value in values if value not in (2, 3, [2, 2], [3, 2], [2, -1])]
        return [value for value in values if _fits(kind, value)]


class OnFiles(Drawing):
    """Draws a training on images.

    Args:
        chance: As for ``Drawing``.
        values: Likewise.
        files: Digest of the images.
    """

    def __init__(self, chance: random.Random, values: tuple[Any, ...], files: str) -> None:
        super().__init__(chance, values)
        self._files = files

    def data(self, labels: str) -> tuple[dict[str, Any], list[int]]:
        """Draw a loader, which is validated with as well now and then."""
        loader = self._loader(labels) | {"files": self._files}
        settings = loader["iterator"]
        validation = loader if self._chance.random() < 0.3 else None
        return {"loader": loader, "validation": validation}, [
            *settings["target_size"],
            CHANNELS[settings["color_mode"]],
        ]

    def _loader(self, labels: str) -> dict[str, Any]:
        loader = descriptions.loader()
        loader["generator"] = self._arguments(GENERATOR, 0.1)
        loader["iterator"] = self._arguments(ITERATOR, 0.2) | {
            "target_size": self._chance.choice([[8, 8], [16, 12], [24, 24]]),
            "batch_size": self._chance.choice([3, 7, 10, 32]),
            "class_mode": labels,
        }
        if not self._wild:
            # A part of the images is not what the digest says.
            loader["iterator"].pop("subset", None)
        return loader


def taken(
    found: dict[str, Any], arrays: Mapping[str, SplitShapes] | None = None
) -> Description | None:
    try:
        return accept(json.dumps(found).encode(), SMALL, arrays)
    except Refused:
        return None


def _fits(kind: Kind, value: Any) -> bool:
    try:
        take(kind, value, "here")
    except Refused:
        return False
    return True
