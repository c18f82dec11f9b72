"""Who trains the models that notebooks describe, and how."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.training.memo import Memo

CACHE = "GRADER_CACHE"


class TrainedBy(StrEnum):
    """Where a training that is graded runs.

    ``grader``: in a process without a line of the student's, on the grader's own images, from what
    the code describes; what cannot be described trains in the notebook. ``notebook``: there always.
    """

    GRADER = "grader"
    NOTEBOOK = "notebook"


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """That the grader trains, and how.

    Args:
        memo: Keeps trainings; None to make each one anew.
        exact: Whether to train digit for digit as Keras does.
    """

    memo: "Memo | None" = None
    exact: bool = False

    @classmethod
    def chosen(
        cls, training: TrainedBy, *, memo: bool, exact: bool = False
    ) -> "TrainingOptions | None":
        """Return what a user has chosen; None leaves training to notebooks.

        Args:
            training: Who trains.
            memo: Whether trainings are kept.
            exact: Whether they are as Keras makes them, digit for digit.
        """
        if training is TrainedBy.NOTEBOOK:
            return None
        return cls(kept() if memo else None, exact)


def cache_folder() -> Path:
    """Return where this user's grader keeps things: the folder that ``GRADER_CACHE`` names."""
    import platformdirs

    return Path(os.environ.get(CACHE) or platformdirs.user_cache_path("grader"))


def kept() -> "Memo":
    """Return this user's trainings."""
    # NumPy is not loaded to answer what the options are.
    from grader.training.memo import Memo

    return Memo(cache_folder() / "trainings")
