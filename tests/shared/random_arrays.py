"""Descriptions of small trainings on arrays that the grader takes, drawn at random."""

import random
from collections.abc import Iterator, Mapping
from typing import Any

from arrayed import CLASSES, SIDE, WEIGHTS
from descriptions import part
from random_descriptions import MILD, WILD, Drawing, taken

from grader.training.arrays import all_shapes
from grader.training.description import Description

TRAIN, TEST = "digits/train", "digits/test"
SPARSE, HOT = "SparseCategoricalCrossentropy", "CategoricalCrossentropy"
FLOAT = part("Cast", dtype="float32")


def drawn_on_arrays(chance: random.Random, folders: Mapping[str, str]) -> Iterator[Description]:
    """Yield descriptions of trainings on arrays for ever; most of them make sense.

    Args:
        chance: Draws.
        folders: Of the dataset's arrays, by name.
    """
    arrays = all_shapes(folders)
    while True:
        values = WILD if chance.random() < 0.2 else MILD
        described = taken(OnArrays(chance, values, arrays).description(), arrays)
        if described:
            yield described


class OnArrays(Drawing):
    """Draws a training on arrays."""

    matching = (
        ("row", CLASSES, "softmax", SPARSE),
        ("column", CLASSES, "softmax", SPARSE),
        ("hot", CLASSES, "softmax", HOT),
        ("hot", CLASSES, "sigmoid", "BinaryCrossentropy"),
    )

    def data(self, labels: str) -> tuple[dict[str, Any], list[int]]:
        """Draw how arrays were made, those to validate with in the same way."""
        choice = self._chance.choice
        steps, shape = self._steps()
        y = {
            "row": [],
            "column": [part("Reshape", shape=[1])],
            "hot": [part("OneHot", classes=CLASSES), FLOAT],
        }[labels]
        made = {"x": steps, "y": y}
        trained_on = {"split": TRAIN, "rows": self._rows(250), **made}
        tested = {"split": choice([TRAIN, TEST]), "rows": self._rows(70), **made}
        validation = tested if self._chance.random() < 0.4 else None
        return {"loader": trained_on, "validation": validation}, shape

    def fit(self) -> dict[str, Any]:
        """Draw arguments of ``fit``, those that go with arrays among them."""
        choice = self._chance.choice
        fit: dict[str, Any] = {"epochs": choice([1, 9]), "shuffle": self._chance.random() < 0.8}
        fit |= choice([{}, {"batch_size": choice([1, 7, 32, 300])}, {"steps_per_epoch": 3}])
        fit |= choice([{}, {"validation_split": choice([0.1, 0.5, 0.9])}])
        fit |= choice([{}, {"validation_batch_size": 5, "validation_steps": 2}])
        fit |= choice([{}, {}, {"sample_weight": [*map(list, WEIGHTS.items())]}])
        return fit

    def _steps(self) -> tuple[list[dict[str, Any]], list[int]]:
        """Draw what is done to the samples, and which shape they have then."""
        choice = self._chance.choice
        axes, of = choice(["all", "samples", "channels"]), choice([None, TRAIN, TEST])
        scaled = choice([
            [],
            [FLOAT, part("Divide", by=255.0)],
            [FLOAT, part("Multiply", by=-2.0), part("Add", by=1.0)],
            [part("Cast", dtype=choice(["float16", "float64", "int32", "bool"]))],
            [FLOAT, part("Standardize", axes=axes, of=of, epsilon=1e-7)],
            [FLOAT, part("Center", axes=axes, of=of)],
            [FLOAT, part("MinMax", axes="all", of=of)],
            [part("Transpose", axes=[2, 1])],
        ])  # fmt: skip
        shape = choice([[SIDE, SIDE], [SIDE, SIDE, 1], [SIDE * SIDE], [6, 8, 3]])
        return [*scaled, part("Reshape", shape=shape)], shape

    def _rows(self, most: int) -> dict[str, Any]:
        choice = self._chance.choice
        if self._chance.random() < 0.3:
            return {"numbers": self._chance.sample(range(most), choice([1, 20, most]))}
        return {"start": choice([0, 10]), "stop": choice([most, 60]), "step": choice([1, 3])}
