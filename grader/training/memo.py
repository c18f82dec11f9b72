"""Trainings on disk: none is made twice.

A training is a function of its conditions and of what was replied to its epochs. Callbacks of a
student's own reply, so one key may have several trainings, which have their first epochs in
common. They are told again, epoch by epoch, for as long as the replies are the same.

Nothing is locked: whoever replies is a kernel in a student's hands, and may take as long as it
likes. Who wants a training that another is just having made has it made as well.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from grader.cached_files import CachedFiles
from grader.training import stored
from grader.training.kept_checkpoints import KeptCheckpoints
from grader.training.results import Epoch, Reply, Report, Trained

Make: TypeAlias = Callable[[Report], Trained]
_Known: TypeAlias = tuple[Path, tuple[Epoch, ...], tuple[Reply, ...]]
MOST_BYTES = 4 * 2**30
# Of one key: whoever asks for it looks at each. And of all: whoever asks lists them.
MOST_OF_A_KEY, MOST_FILES = 32, 4_000


class Memo:
    """Trainings in a folder that any number of processes share.

    Args:
        folder: Made when it is needed; private to whoever grades.
        most_bytes: How much the trainings may take; those that were used long ago go first.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._files = CachedFiles(folder, "training")
        self.checkpoints = KeptCheckpoints(folder)
        self._most_bytes = most_bytes

    def training(self, key: str, report: Report, make: Make) -> Trained:
        """Return a training.

        Args:
            key: Its conditions, in hexadecimal.
            report: Is given every epoch once, whether it is made now or was made before.
            make: Makes it.
        """
        teller = Teller(report)
        known = teller.find(list(self._known(key)))
        trained = None if known is None else self._loaded(known[0])
        if trained is None:
            trained = make(teller)
            # A training that ran out of time depends on how busy the machine was.
            if not trained.late:
                self._keep(key, trained, teller.replies)
        return trained

    def clear(self) -> None:
        """Forget all trainings."""
        self._files.clear()
        self.checkpoints.clear()

    def _known(self, key: str) -> Iterator[_Known]:
        """Yield epochs and replies of trainings; callbacks may lead to any number of them."""
        for path in self._files.named(f"{key}-"):
            try:
                yield path, *stored.replied(path)
            except FileNotFoundError:
                continue
            except stored.DamagedError:
                path.unlink(missing_ok=True)

    def _loaded(self, path: Path) -> Trained | None:
        with suppress(OSError):  # somebody else may have forgotten it
            try:
                with path.open("rb") as file:
                    trained, _ = stored.load(file)
                os.utime(path)
            except stored.DamagedError:
                path.unlink(missing_ok=True)
            else:
                return trained
        return None

    def _keep(self, key: str, trained: Trained, replies: Sequence[Reply]) -> None:
        name = hashlib.sha256(repr(tuple(replies)).encode()).hexdigest()[:16]
        with suppress(OSError):  # a full disk is no reason to lose a training
            self._files.make_folder()
            if stored.size(trained) > self._room():
                return
            with self._files.writing(f"{key}-{name}") as file:
                stored.write(file, trained, replies)
            self._shrink(key)

    def _room(self) -> int:
        """Return the bytes that all trainings may take: half of what the disk has, or less."""
        held = sum(found.st_size for _, found in self._files.newest_first())
        return min(self._most_bytes, (held + shutil.disk_usage(self._files.folder).free) // 2)

    def _shrink(self, key: str) -> None:
        newest = self._files.newest_first()
        of_key = [path for path, _ in newest if path.name.startswith(key)]
        size, files, room = 0, 0, self._room()
        for path, found in newest:
            fits = size + found.st_size <= room and files < MOST_FILES
            if fits and path not in of_key[MOST_OF_A_KEY:]:
                size, files = size + found.st_size, files + 1
            else:
                path.unlink(missing_ok=True)


class Teller:
    """Reports epochs, each of them once.

    Args:
        report: Where to.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self.replies: list[Reply] = []

    def find(self, known: list[_Known]) -> _Known | None:
        """Return the training among these that the replies lead to."""
        while known:
            place = len(self.replies)
            for each in known:
                if place == len(each[2]):
                    return each
            reply = self.ask(known[0][1][place])
            known = [each for each in known if each[2][place] == reply]
        return None

    def __call__(self, epoch: Epoch) -> Reply:
        """Reply to an epoch of a training that is made now."""
        place = self._made
        self._made += 1
        return self.replies[place] if place < len(self.replies) else self.ask(epoch)

    _made = 0

    def ask(self, epoch: Epoch) -> Reply:
        """Report an epoch that was not reported before, and return the reply."""
        reply = self._report(epoch)
        self.replies.append(reply)
        return reply
