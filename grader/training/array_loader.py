"""Arrays that ``fit`` was given, made again of the dataset's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.preparation.files import opened
from grader.preparation.rebuild import rebuild, select
from grader.preparation.records import LabelledArrays, Preparation
from grader.preparation.steps import Change, applied, changes, references
from grader.training import amounts, objects
from grader.training.arrays import classes, shapes
from grader.training.description import Description, Value
from grader.training.exchange import mirrored_samples, next_labels
from grader.training.results import Array, TrainingPlan
from grader.training.shown import ShownRows


def own(preparation: Preparation, plan: TrainingPlan) -> dict[str, LabelledArrays]:
    """Return the dataset's arrays by name, their labels exchanged if the plan says so.

    Args:
        preparation: Says what they are used for.
        plan: Of the training.
    """
    found = {name: opened(folder) for name, folder in plan.arrays.items()}
    if not plan.exchanged:
        return found
    many = shapes(plan.arrays[preparation.split]).classes
    return {
        name: LabelledArrays(
            mirrored_samples(each.x) if plan.mirrored else each.x, next_labels(each.y, many)
        )
        for name, each in found.items()
    }


class ArrayLoader:
    """Arrays as ``fit`` is given them.

    Args:
        preparation: How they were made.
        arrays: The dataset's own, by name.
        description: Of the training.
    """

    type = "ndarray"

    def __init__(
        self,
        preparation: Preparation,
        arrays: Mapping[str, LabelledArrays],
        description: Description,
    ) -> None:
        made = rebuild(preparation, arrays)
        self._x, self._y = made.x, made.y
        self._fit = fit = description.fit
        self.n: int = amounts.samples(description, 0)
        self.batch_size = amounts.batch_size(description)
        self.num_classes = int(classes(arrays[preparation.split]).max()) + 1
        self.shown = ShownRows(self.n, self.batch_size, goes_on=fit.steps_per_epoch is not None)
        labels = classes(arrays[preparation.split])
        self._weights = _weights(fit.sample_weight, select(labels, preparation.rows))

    @property
    def one_hot(self) -> bool:
        """Whether each label is a row of zeros and a one."""
        return bool(self._y.ndim > 1 and self._y.shape[-1] > 1)

    def to_train(self) -> dict[str, Any]:
        """Return the arguments of ``fit`` that it is handed over with."""
        return {
            "x": self._x,
            "y": self._y,
            "batch_size": self._fit.batch_size,
            "validation_split": self._fit.validation_split,
            "sample_weight": self._weights,
        }

    def to_validate(self) -> tuple[Array, Array]:
        """Return what ``validation_data`` is."""
        return self._x, self._y

    def __getitem__(self, batch: int) -> tuple[Array, Array]:
        """Return a batch of the arrays in their order."""
        rows = slice(batch * self.batch_size, min((batch + 1) * self.batch_size, self.n))
        return self._x[rows], self._y[rows]


def _weights(of: tuple[tuple[int, Value], ...] | None, labels: Array) -> Array | None:
    table = objects.weights(of)
    return None if table is None else np.array([*table.values()], dtype=np.float64)[labels]


@dataclass(frozen=True, slots=True, eq=False)
class ArraySamples:
    """All samples of a split, changed as those were that are trained on.

    Args:
        x: The dataset's own (samples, ...).
        labels: The number of the class of each (samples,).
        changes: What is done to the samples.
    """

    x: Array
    labels: Array
    changes: list[Change]

    @classmethod
    def of(
        cls, preparation: Preparation, arrays: Mapping[str, LabelledArrays], split: str
    ) -> "ArraySamples":
        """Prepare a split.

        Args:
            preparation: Of what is trained on: statistics of its rows are of these.
            arrays: The dataset's own, by name.
            split: Name of the split.
        """
        rows = select(arrays[preparation.split].x, preparation.rows)
        known = references(rows, {name: each.x for name, each in arrays.items()})
        return cls(arrays[split].x, classes(arrays[split]), changes(preparation.x, known))

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.x)

    def shifted(self, places: int) -> Array:
        """Return for each label that of the class some places further."""
        return np.roll(np.arange(int(self.labels.max()) + 1), -places)

    def chosen(self, rows: Array) -> tuple[Array, Array]:
        """Return samples (rows, ...) and the numbers of their classes (rows,)."""
        return applied(self.changes, self.x[rows]).astype(np.float32), self.labels[rows]
