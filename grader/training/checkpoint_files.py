"""Where checkpoints lie in the folder that a trainer works in: without TensorFlow.

A checkpoint is what a training has left: a model, its optimizer, and all that its next training
depends on besides what is asked of that one. Whoever goes on from it makes no earlier training
again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grader.training.results import PriorFit

# Of one: the folder has a limit, and there may be three. Without a checkpoint, trainings are made
# again.
MOST_BYTES = 256 * 2**20


@dataclass(frozen=True, slots=True)
class PriorFits:
    """What a training goes on from.

    Args:
        turns: Trainings of the same model; they are made again where there is no checkpoint.
        checkpoints: Folder in which these lie, and are left; None for none.
    """

    turns: Sequence[PriorFit] = ()
    checkpoints: Path | None = None


NOTHING = PriorFits()


class Carried(Protocol):
    """The checkpoints of one training."""

    def bring(self, folder: Path) -> None:
        """Put those that there are into the folder that its process will work in."""

    def take(self) -> None:
        """Take from there what it has left."""


def path(folder: Path, trainings: int) -> Path:
    """Return where the checkpoint lies that so many trainings of a model have left."""
    return folder / f"checkpoint-{trainings}"


def apart(earlier: Sequence[PriorFit]) -> int:
    """Return how many trainings there are up to the last one of another graded function."""
    return max((place for place, turn in enumerate(earlier, 1) if turn.apart), default=0)


def needed(earlier: Sequence[PriorFit]) -> tuple[int, ...]:
    """Return after how many trainings a model is needed by one that goes on from it.

    It is measured where its own function began with it, and goes on where all have left it.

    Args:
        earlier: Trainings that it goes on from.
    """
    return tuple(sorted({apart(earlier), len(earlier)} - {0}))
