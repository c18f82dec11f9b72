"""Files that any number of processes keep in one folder, each of which may be forgotten.

Nothing is locked. Files are written at once or not at all and never changed, so they are read
without asking.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import IO

from grader import leftovers


class CachedFiles:
    """Files of one kind in a folder.

    Args:
        folder: Made when it is needed; private to whoever grades.
        kind: What they are: the ending of their names, without a dot.
    """

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        self._ending = f".{kind}"
        self._temporary = f".grader-{kind}-"

    def path(self, name: str) -> Path:
        """Return where the file of a name is, whether or not it is there."""
        return self.folder / f"{name}{self._ending}"

    def named(self, beginning: str = "") -> list[Path]:
        """Return those whose names begin so, in the order of their names."""
        return sorted(self.folder.glob(f"{beginning}*{self._ending}"))

    def newest_first(self) -> list[tuple[Path, os.stat_result]]:
        """Return all with what the disk tells of them, those used last first."""
        return sorted(self._entries(), key=lambda each: each[1].st_mtime_ns, reverse=True)

    def make_folder(self) -> None:
        """Make the folder, and remove what writers that were killed have left in it.

        Raises:
            OSError: It cannot be made.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        leftovers.sweep(self.folder, self._temporary)

    def writing(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Write the file of a name: a reader sees all of it or none.

        Raises:
            OSError: It cannot be written.
        """
        return leftovers.replacing(self.path(name), self._temporary, 0o600)

    def clear(self) -> None:
        """Forget all of them."""
        for path in self.named():
            path.unlink(missing_ok=True)
        leftovers.sweep(self.folder, self._temporary)

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self.named():
            with suppress(FileNotFoundError):
                yield path, path.stat()
