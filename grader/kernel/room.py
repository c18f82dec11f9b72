"""What a run takes of the disk: its work folder, and files that it holds open in no folder."""

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

# Sizes on disk are told in blocks of this size, whatever the file system's own are.
BLOCK = 512


class Room:
    """The room that a run takes beyond what it was given.

    Args:
        folder: The run's work folder, as the run finds it.
        most_files: Beyond this many more files there is no need to count on.
    """

    def __init__(self, folder: Path, most_files: int) -> None:
        self._folder = folder
        self._bytes, self._files = _sum(_below(folder))
        self._enough = self._files + most_files + 1

    def taken(self, pids: Iterable[int]) -> tuple[int, int]:
        """Return bytes on disk and files, beyond those at the start.

        Args:
            pids: The run's processes.
        """
        found = {(each.st_dev, each.st_ino): each for each in _unlinked(pids)}
        size, files = _sum(_below(self._folder), self._enough)
        held, _ = _sum(iter(found.values()))
        return size + held - self._bytes, files + len(found) - self._files

    def left(self) -> int:
        """Return the bytes that the disk still has for everybody."""
        with suppress(OSError):
            return shutil.disk_usage(self._folder).free
        return 0


def _sum(found: Iterator[os.stat_result], enough: int = 1 << 62) -> tuple[int, int]:
    size = files = 0
    for each in found:
        size += getattr(each, "st_blocks", 0) * BLOCK
        files += 1
        if files >= enough:
            break
    return size, files


def _below(folder: Path) -> Iterator[os.stat_result]:
    """Yield what is known of each file and folder; whatever vanishes meanwhile takes no room."""
    waiting = [os.fspath(folder)]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                with suppress(OSError):
                    yield entry.stat(follow_symlinks=False)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)


def _unlinked(pids: Iterable[int]) -> Iterator[os.stat_result]:
    """Yield files that are open and have no name any more."""
    for pid in pids:
        with suppress(OSError), os.scandir(f"/proc/{pid}/fd") as descriptors:
            for descriptor in descriptors:
                with suppress(OSError):
                    found = descriptor.stat()
                    if stat.S_ISREG(found.st_mode) and not found.st_nlink:
                        yield found
