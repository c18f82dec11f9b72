"""Counts the fits that trainers make: each leaves a checkpoint, those made again as well."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from grader.fits.checkpoints import CarriedOver

Fits = list[tuple[int, list[int]]]


@contextmanager
def noted() -> Iterator[Fits]:
    """Note each training: which fit of its model it is, and which fits were made for it.

    What is trained with exchanged labels, to see whether a network learns, is none of them.
    """
    made: Fits = []
    bring, take = CarriedOver.bring, CarriedOver.take
    brought: dict[Path, list[int]] = {}

    def bringing(self: CarriedOver, folder: Path) -> None:
        bring(self, folder)
        brought[folder] = lying(folder)

    def taking(self: CarriedOver) -> None:
        folder = self._folder
        if not self.plan.exchanged:
            made.append((len(self.earlier) + 1, sorted({*lying(folder)} - {*brought[folder]})))
        take(self)

    with patch.object(CarriedOver, "bring", bringing), patch.object(CarriedOver, "take", taking):
        yield made


def lying(folder: Path) -> list[int]:
    """Return how many fits have led to each checkpoint of a folder."""
    return [int(path.name.rpartition("-")[2]) for path in folder.glob("checkpoint-*")]
