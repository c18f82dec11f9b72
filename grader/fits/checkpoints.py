"""Checkpoints of the trainings of one submission: what goes on from one makes none of them again.

Each is a file that has no name any more, so that nothing is left of it, whatever ends the grader.
Of those that were gone on from, the memo keeps a copy: a notebook that differs in its last training
alone has that one made.
"""

import os
import threading
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.training import checkpoint_files, conditions
from grader.training.description import Description
from grader.training.memo import Memo
from grader.training.results import Epoch, PriorFit, Reply, Report, TrainingPlan
from grader.training.snapshots import SnapshotReport

# What one submission may hold: a few models, trained in turns.
MOST_FILES, MOST_BYTES = 8, 2 * checkpoint_files.MOST_BYTES
_PIECE_BYTES = 2**20


class Checkpoints:
    """Those of one submission, by what led to them; the ones that were not used for long go."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        # What is trained ahead is trained in threads of its own.
        self._access = threading.Lock()

    def hold(self, key: str, path: Path) -> None:
        """Hold a file, which may be removed afterwards.

        Args:
            key: What led to it.
            path: Of the file.
        """
        with self._access:
            self._held.pop(key, None)
            self._held[key] = _Held(path)
            while len(self._held) > MOST_FILES or self._bytes > MOST_BYTES:
                del self._held[next(iter(self._held))]

    def copy(self, key: str, path: Path) -> bool:
        """Write a copy to a path, if there is one of that key; return whether there is."""
        with self._access:
            held = self._held.pop(key, None)
            if held is None:
                return False
            self._held[key] = held
        held.copy(path)
        return True

    def forget(self) -> None:
        """Hold none any more."""
        with self._access:
            self._held.clear()

    @property
    def _bytes(self) -> int:
        return sum(each.size for each in self._held.values())


class _Held:
    """A file that may have lost its name.

    Args:
        path: Where it is now.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._descriptor)
        self.size = os.fstat(self._descriptor).st_size

    def copy(self, path: Path) -> None:
        with path.open("wb") as file:
            while piece := os.pread(self._descriptor, _PIECE_BYTES, file.tell()):
                file.write(piece)


@dataclass(slots=True)
class CarriedOver:
    """The checkpoints of one training: those that it begins with, and those that it leaves.

    Args:
        checkpoints: Of the submission.
        memo: Keeps those that were gone on from; None to keep none.
        description: Of the training.
        earlier: Trainings that it goes on from.
        plan: How they are made.
        dataset: Digest of what they are made on.
    """

    checkpoints: Checkpoints
    memo: Memo | None
    description: Description
    earlier: Sequence[PriorFit]
    plan: TrainingPlan
    dataset: str
    _folder: Path = field(default=Path(), init=False)
    _replies: list[Reply] = field(default_factory=list, init=False)

    def noting(self, report: Report) -> Report:
        """Return the same report, whose replies are noted: they lead to what is left."""

        def noted(epoch: Epoch) -> Reply:
            self._replies.append(reply := report(epoch))
            return reply

        return replace(report, reply=noted) if isinstance(report, SnapshotReport) else noted

    def bring(self, folder: Path) -> None:
        """Put those that there are into the folder that a trainer will work in."""
        self._folder = folder
        for count, key in self._begins_with.items():
            path = checkpoint_files.path(folder, count)
            if not self.checkpoints.copy(key, path) and self.memo is not None:
                self.memo.checkpoints.copy(key, path)

    def take(self) -> None:
        """Hold what the trainer has left in its folder, which still is there."""
        for count, key in self._begins_with.items():
            path = checkpoint_files.path(self._folder, count)
            if path.exists():
                self.checkpoints.hold(key, path)
                if self.memo is not None:
                    self.memo.checkpoints.keep(key, path)
        turns = (*self.earlier, PriorFit(self.description, tuple(self._replies)))
        path = checkpoint_files.path(self._folder, len(turns))
        if path.exists():
            self.checkpoints.hold(self._key(turns), path)

    @property
    def _begins_with(self) -> Mapping[int, str]:
        """Keys of those that it needs, by the number of trainings that led to them."""
        counts = checkpoint_files.needed(self.earlier)
        return {count: self._key(self.earlier[:count]) for count in counts}

    def _key(self, turns: Sequence[PriorFit]) -> str:
        return conditions.of_checkpoint(turns, self.dataset, self.plan)
