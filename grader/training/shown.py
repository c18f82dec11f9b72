"""Which samples the batches of an epoch showed, as far as these were trained on."""

import math
from typing import Protocol


class Shown(Protocol):
    """Counts the different samples of each epoch, batch by batch."""

    def begin(self) -> None:
        """Begin a training."""

    def begin_epoch(self) -> None:
        """Begin an epoch."""

    def count(self, batch: int) -> None:
        """Note that the batch of this number, and those before it, were trained on."""

    @property
    def samples(self) -> int:
        """How many different samples the epoch has shown so far."""


class ShownFiles:
    """Counts what a loader gave, whose batches are made ahead.

    Args:
        given: The samples of each batch that was given and not trained on yet; emptied.
    """

    def __init__(self, given: list[frozenset[int]]) -> None:
        self._given = given
        self._seen: set[int] = set()
        self._taken = 0

    def begin(self) -> None:
        """Forget the batches at which Keras has looked to learn their shapes."""
        self._given.clear()

    def begin_epoch(self) -> None:
        """Begin an epoch."""
        self._seen.clear()
        self._taken = 0

    def count(self, batch: int) -> None:
        """Note that the batch of this number, and those before it, were trained on."""
        while self._taken <= batch:
            self._seen |= self._given.pop(0)
            self._taken += 1

    @property
    def samples(self) -> int:
        """How many different samples the epoch has shown so far."""
        return len(self._seen)


class ShownRows:
    """Counts what Keras takes of arrays: each row once, before it takes one again.

    With ``steps_per_epoch``, an epoch goes on where the one before ended, and ends where the rows
    do: ``keras.src.trainers.epoch_iterator``.

    Args:
        rows: How many there are.
        batch_size: How many a batch has; the last one has what is left.
        goes_on: Whether an epoch goes on where the one before ended.
    """

    def __init__(self, rows: int, batch_size: int, *, goes_on: bool) -> None:
        self._rows = rows
        self._size = batch_size
        self._batches = math.ceil(rows / batch_size)
        self._goes_on = goes_on
        self._first = self._next = 0

    def begin(self) -> None:
        """Begin a training."""
        self._next = 0

    def begin_epoch(self) -> None:
        """Begin an epoch."""
        if not self._goes_on or self._next >= self._batches:
            self._next = 0
        self._first = self._next

    def count(self, batch: int) -> None:
        """Note that the batch of this number, and those before it, were trained on."""
        self._next = min(self._first + batch + 1, self._batches)

    @property
    def samples(self) -> int:
        """How many different samples the epoch has shown so far."""
        return min(self._next * self._size, self._rows) - self._first * self._size
