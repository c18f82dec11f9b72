"""Folders like the notebook's own, to work in without writing over any of its files."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MOST_ENTRIES, MOST_BYTES = 1_000, 2**28


class Scratch:
    """A folder beside the current one, with the same folders in it, for one use after another.

    Args:
        files: Whether copies of the files are in it, too, as far as they are not too large.
    """

    def __init__(self, *, files: bool) -> None:
        self._here = Path.cwd()
        self._most_bytes = MOST_BYTES if files else 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._unused: dict[str, tuple[int, int]] = {}

    @contextmanager
    def use(self) -> Iterator[None]:
        """Work in the folder; whatever is done to it, the next use finds it as this one did."""
        os.chdir(self._clean())
        try:
            yield
        finally:
            os.chdir(self._here)

    def remove(self) -> None:
        """Have it be gone."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _clean(self) -> str:
        # Most uses write nothing, and to make a folder takes longer than to look at it.
        if self._folder is not None and _state(self._folder.name) != self._unused:
            self.remove()
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(
                dir=self._here.parent, ignore_cleanup_errors=True
            )
            with suppress(OSError):  # whatever lies there that cannot be copied
                _copy(self._here, Path(self._folder.name), self._most_bytes)
            self._unused = _state(self._folder.name)
        return self._folder.name


def _state(folder: str) -> dict[str, tuple[int, int]]:
    """Return size and last change, in nanoseconds, of all that is in a folder, by path."""
    found = {}
    for place, folders, files in os.walk(folder):
        for path in (place, *(f"{place}/{name}" for name in (*folders, *files))):
            known = os.lstat(path)
            found[path] = known.st_size, known.st_ctime_ns
    return found


def _copy(source: Path, target: Path, room: int) -> None:
    entries = 0
    for place, folders, files in os.walk(source):
        below = target / Path(place).relative_to(source)
        entries += len(folders) + len(files)
        if entries > MOST_ENTRIES:
            return
        for name in folders:
            found = Path(place) / name
            if found.is_symlink():  # such as the one to the images
                (below / name).symlink_to(found.resolve(), target_is_directory=True)
            else:
                (below / name).mkdir()
        for path in (Path(place) / name for name in files):
            size = path.stat().st_size if path.is_file() else room + 1
            if size <= room:
                room -= size
                shutil.copy(path, below)
