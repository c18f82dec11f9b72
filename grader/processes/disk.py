"""Disk usage of a run: its work folder, and open files that are in no folder."""

import math
import os
import re
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grader import beneath

# Sizes on disk are told in blocks of this size, whatever the file system's own are.
BLOCK = 512
# Folders in folders; whoever looks into them holds each open. Nobody's work is deeper.
MOST_DEPTH = 64
# Maps of memory are a thousand lines for each process, and take the system longer than all else.
MAPS_S = 1.0
# As large as isolation lets a file become.
LARGEST = 512 * 1024 * 1024
# Of a kernel, they are some 300 kB; with long paths, Linux allows a thousand times that.
MOST_MAPS = 16 * 1024 * 1024
# A line of /proc/PID/maps on a file that has no name any more: its addresses, inode and old name.
_DELETED = b" (deleted)\n"
_GONE = re.compile(rb"([0-9a-f]+-[0-9a-f]+) \S+ \S+ \S+ (\d+) +(/.*) \(deleted\)")


class UncountableError(Exception):
    """There are folders that nobody can look into, so that what is in them cannot be counted."""


class DiskUsage:
    """What a run takes of the disk beyond what it was given.

    Args:
        folder: The run's work folder, as the run finds it.
        most_files: Beyond this many more files there is no need to count on.
    """

    def __init__(self, folder: Path, most_files: int) -> None:
        self._folder = folder
        self._bytes, self._files = _sum(_below(folder))
        self._enough = self._files + most_files + 1
        self._looked, self._last_mapped = -math.inf, dict[int, int]()

    def taken(self, pids: Iterable[int]) -> tuple[int, int]:
        """Return bytes on disk and files, beyond those at the start.

        Args:
            pids: The run's processes.

        Raises:
            UncountableError: Folders are too deep, or may not be read.
        """
        pids = list(pids)
        found = {(each.st_dev, each.st_ino): each for each in _unlinked(pids)}
        open_too = {number for _, number in found}
        mapped = self._mapped_lately(pids)
        only_mapped = [size for number, size in mapped.items() if number not in open_too]
        size, files = _sum(_below(self._folder), self._enough)
        held, _ = _sum(iter(found.values()))
        size, files = size + held + sum(only_mapped), files + len(found) + len(only_mapped)
        return size - self._bytes, files - self._files

    def _mapped_lately(self, pids: Iterable[int]) -> dict[int, int]:
        """Return by inode what ``_mapped`` yields, at most a second old."""
        now = time.monotonic()
        if now - self._looked >= MAPS_S:
            found = (each for pid in pids for each in _mapped(pid, self._folder))
            self._looked, self._last_mapped = now, dict(found)
        return self._last_mapped

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


def _below(
    folder: Path | str, within: int | str | None = None, depth: int = 0
) -> Iterator[os.stat_result]:
    """Yield what is known of each file and folder; whatever vanishes meanwhile takes no room."""
    if depth > MOST_DEPTH:
        raise UncountableError
    with (
        suppress(FileNotFoundError, NotADirectoryError, beneath.LinkedError),
        _opened(folder, within) as place,
        os.scandir(place) as entries,
    ):
        for entry in entries:
            found = _known(entry)
            if found is not None:
                yield found
                if stat.S_ISDIR(found.st_mode):
                    name = entry.name if beneath.POSSIBLE else entry.path
                    yield from _below(name, place, depth + 1)


@contextmanager
def _opened(folder: Path | str, within: int | str | None) -> Iterator[int | str]:
    """Open a folder by its name in an open one: by its path, it may be too deep to be found."""
    if not beneath.POSSIBLE:
        yield os.fspath(folder)
        return
    try:
        if isinstance(within, int):
            place = beneath.opened(str(folder), within, beneath.FOLDER)
        else:
            place = os.open(folder, os.O_RDONLY | beneath.FOLDER)
    except PermissionError as error:
        raise UncountableError from error
    try:
        yield place
    finally:
        os.close(place)


def _known(entry: "os.DirEntry[str]") -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except PermissionError as error:
        raise UncountableError from error
    except OSError:
        return None


def _mapped(pid: int, folder: Path) -> Iterator[tuple[int, int]]:
    """Yield inode and size of files of a run that are mapped and have no name any more.

    Whoever has no right to know their size takes them for the largest that there may be.
    """
    with suppress(OSError):
        maps = _read_maps(pid)
        # There are a thousand lines, and hardly ever one of these. A name may hold any other end
        # of a line: Linux writes only line feeds otherwise.
        for line in maps.split(b"\n") if _DELETED in maps else ():
            gone = _GONE.fullmatch(line)
            if gone and gone[3].startswith(os.fsencode(folder) + b"/"):
                place, number, size = gone[1], gone[2], LARGEST
                with suppress(OSError):
                    size = Path(f"/proc/{pid}/map_files/{place.decode()}").stat().st_blocks * BLOCK
                yield int(number), size


def _read_maps(pid: int) -> bytes:
    with Path(f"/proc/{pid}/maps").open("rb", buffering=0) as file:
        maps = bytearray()
        while chunk := file.read(MOST_MAPS):
            maps += chunk
            if len(maps) > MOST_MAPS:
                raise UncountableError
    return bytes(maps)


def _unlinked(pids: Iterable[int]) -> Iterator[os.stat_result]:
    """Yield files that are open and have no name any more."""
    for pid in pids:
        with suppress(OSError), os.scandir(f"/proc/{pid}/fd") as descriptors:
            for descriptor in descriptors:
                with suppress(OSError):
                    found = descriptor.stat()
                    if stat.S_ISREG(found.st_mode) and not found.st_nlink:
                        yield found
