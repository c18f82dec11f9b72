"""What a training needs of its data, whether a loader of files or arrays."""

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np

from grader.training.results import Array
from grader.training.shown import Shown


class TrainingData(Protocol):
    """What is trained on, or validated with, as ``fit`` takes it.

    Args:
        type: What it is called: the name of its class, as a notebook has it.
    """

    type: str

    @property
    def n(self) -> int | None:
        """How many samples are trained on; None where a pass over them does not end."""

    @property
    def shown(self) -> Shown:
        """What counts the samples that an epoch shows."""

    @property
    def one_hot(self) -> bool:
        """Whether each label is a row of zeros and a one."""

    def to_train(self) -> dict[str, Any]:
        """Return the arguments of ``fit`` that it is handed over with."""

    def to_validate(self) -> Any:  # noqa: ANN401 - a loader, or a tuple of arrays
        """Return what ``validation_data`` is."""

    def __getitem__(self, batch: int) -> Any:  # noqa: ANN401 - samples and labels
        """Return a batch, which draws no random numbers of a training's."""


class Samples(Protocol):
    """All samples of a split, prepared as a model is shown them."""

    @property
    def n(self) -> int:
        """How many there are."""

    def shifted(self, classes: int) -> Array:
        """Return for each label that of the class some places further."""

    def chosen(self, rows: Array) -> tuple[Array, Array]:
        """Return samples (rows, ...) and the numbers of their classes (rows,)."""


def batches(samples: Samples, size: int, seed: int) -> Iterator[tuple[Array, Array]]:
    """Yield all samples once, shuffled.

    Args:
        samples: What to show.
        size: Samples of a batch.
        seed: Of the order.

    Yields:
        Samples (batch, ...) and the numbers of their classes.
    """
    order = np.random.default_rng(seed).permutation(samples.n)
    for start in range(0, samples.n, size):
        yield samples.chosen(order[start : start + size])
