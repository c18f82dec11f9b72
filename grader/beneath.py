"""Opens what lies below a folder that others write to, and follows no link on the way.

Each folder is opened within the one before, so that nothing that is moved or linked meanwhile
leads anywhere else.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

# Windows opens nothing within an open folder.
POSSIBLE = os.open in os.supports_dir_fd and os.stat in os.supports_dir_fd
# What a system lacks it does not need.
FILE = sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
FOLDER = sum(getattr(os, flag, 0) for flag in ("O_DIRECTORY", "O_CLOEXEC"))

_KINDS = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))


class LinkedError(OSError):
    """A link, where none is followed; ``filename`` is its name."""

    def __init__(self, name: str) -> None:
        super().__init__(errno.ELOOP, "It is a link", name)


@contextmanager
def folder(root: Path, names: Sequence[str] = ()) -> Iterator[int]:
    """Open a folder.

    Args:
        root: Where to begin; it may be a link.
        names: Folders from there on, each in the one before.

    Raises:
        LinkedError: One of them is a link.
        OSError: One of them is not there, is no folder, or may not be opened.
    """
    with ExitStack() as held:
        descriptor = os.open(root, os.O_RDONLY | FOLDER)
        held.callback(os.close, descriptor)
        for name in names:
            descriptor = opened(name, descriptor, FOLDER)
            held.callback(os.close, descriptor)
        yield descriptor


def opened(name: str, within: int, flags: int) -> int:
    """Open a file or a folder for reading and return its descriptor.

    Args:
        name: Its name.
        within: Descriptor of the folder that it is in.
        flags: ``FILE`` or ``FOLDER``.

    Raises:
        LinkedError: It is a link.
        OSError: It is not there, is another thing, or may not be opened.
    """
    found = looked_at(name, within)
    if flags == FILE:
        # Before it is opened, as that alone may do something to a device.
        expect_file(found)
    try:
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | flags, dir_fd=within)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise LinkedError(name) from error
        raise


def looked_at(name: str, within: int) -> os.stat_result:
    """Return what a name in an open folder stands for.

    Raises:
        LinkedError: It is a link.
        OSError: It is not there.
    """
    found = os.stat(name, dir_fd=within, follow_symlinks=False)
    if stat.S_ISLNK(found.st_mode):
        raise LinkedError(name)
    return found


def expect_file(found: os.stat_result) -> None:
    """Raise OSError for what is no regular file: a pipe, for one, may never end."""
    if not stat.S_ISREG(found.st_mode):
        kind = next((what for is_it, what in _KINDS if is_it(found.st_mode)), "a device")
        raise OSError(f"expected a file, found {kind}")


def read(root: Path, names: Sequence[str], most: int) -> bytes:
    """Read a file, or the beginning of it.

    Args:
        root: Where to begin.
        names: Folders from there on, and the file.
        most: How many bytes are read at most.

    Raises:
        LinkedError: One of them is a link.
        OSError: It is not there, is no file, or may not be read.
    """
    with file(root, names) as (opened_file, _):
        return opened_file.read(most)


@contextmanager
def file(root: Path, names: Sequence[str]) -> Iterator[tuple[IO[bytes], int]]:
    """Open a file for reading; yield it, and how many bytes it has.

    Args:
        root: Where to begin.
        names: Folders from there on, and the file.

    Raises:
        LinkedError: One of them is a link.
        OSError: It is not there, is no file, or may not be read.
    """
    with ExitStack() as held:
        if POSSIBLE:
            within = held.enter_context(folder(root, names[:-1]))
            descriptor = opened(names[-1], within, FILE)
        else:
            descriptor = os.open(by_name(root, names), os.O_RDONLY | FILE)
        with os.fdopen(descriptor, "rb") as opened_file:
            # Of what was opened: what its name stands for may be another thing by now.
            found = os.fstat(descriptor)
            expect_file(found)
            yield opened_file, found.st_size


def files(root: Path, names: Sequence[str]) -> list[str]:
    """Return what is in a folder and is no folder.

    Raises:
        LinkedError: One of the names is a link.
        OSError: It is not there, or may not be looked into.
    """
    return [name for name, is_folder in _listed(root, names) if not is_folder]


def folders(root: Path, names: Sequence[str]) -> list[str]:
    """Return the folders in a folder; a link is none.

    Raises:
        LinkedError: One of the names is a link.
        OSError: It is not there, or may not be looked into.
    """
    return [name for name, is_folder in _listed(root, names) if is_folder]


def by_name(root: Path, names: Sequence[str]) -> Path:
    """Return a path, where nothing can be opened within an open folder.

    Raises:
        LinkedError: One of the names is a link.
    """
    path = root
    for name in names:
        path /= name
        if path.is_symlink():
            raise LinkedError(name)
    return path


def _listed(root: Path, names: Sequence[str]) -> list[tuple[str, bool]]:
    with ExitStack() as held:
        place = held.enter_context(folder(root, names)) if POSSIBLE else by_name(root, names)
        entries = held.enter_context(os.scandir(place))
        return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
