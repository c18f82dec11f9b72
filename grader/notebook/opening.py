"""Opens what was handed in, and nothing that it leads to.

Below the folder that was named, everything may be a student's, and comes by Git, archives and
shared disks as he made it. A link there, be it to a file or to a folder above it, may lead to
anybody's files, so none is followed. What is checked is the open file itself, which is then read.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from grader.errors import RejectedError
from grader.notebook import refusals
from grader.notebook.folders import no_notebook

MAX_BYTES = 50 * 1024 * 1024
_MAX_DIGESTED = 1024**3
_PIECE = 1024 * 1024
_LONGEST_NAME = 80
_FIX = "Hand in the file itself."
# What Windows lacks it does not need.
_FILE = sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
_FOLDER = sum(getattr(os, flag, 0) for flag in ("O_DIRECTORY", "O_CLOEXEC"))


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that was handed in.

    Args:
        content: Its bytes; None where there are more than ``MAX_BYTES``.
        size: How many there are.
        sha256: Their digest; None where there are absurdly many.
    """

    content: bytes | None
    size: int
    sha256: str | None


def take(path: Path, root: Path | None = None) -> HandedIn:
    """Read a file that was handed in, once.

    Args:
        path: The file.
        root: The folder that was named, below which no link is followed; None where the file was.

    Raises:
        RejectedError: It is missing, a link, a folder, or no file at all.
    """
    try:
        with _opened(path, root) as file:
            return _read(file)
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or error
        raise RejectedError(
            "unreadable",
            f"The file cannot be read: {found}.",
            "Hand in the notebook file itself, and see that it may be read.",
        ) from error


def _read(file: IO[bytes]) -> HandedIn:
    size = os.fstat(file.fileno()).st_size
    if size > _MAX_DIGESTED:
        return HandedIn(None, size, None)
    content = file.read(MAX_BYTES + 1)
    digest = hashlib.sha256(content)
    if len(content) <= MAX_BYTES:
        return HandedIn(content, len(content), digest.hexdigest())
    for piece in iter(lambda: file.read(_PIECE), b""):
        digest.update(piece)
    return HandedIn(None, size, digest.hexdigest())


@contextmanager
def _opened(path: Path, root: Path | None) -> Iterator[IO[bytes]]:
    with ExitStack() as held:
        if root is None or os.open not in os.supports_dir_fd:
            descriptor = _open_by_name(path, root)
        else:
            descriptor = _open_below(root, path.relative_to(root).parts, held)
        with os.fdopen(descriptor, "rb") as file:
            # Of what was opened: what its name stands for may be another thing by now.
            _expect_file(os.fstat(descriptor))
            yield file


def _open_by_name(path: Path, root: Path | None) -> int:
    if root is not None:
        # Windows opens nothing within an open folder.
        names = (each for each in (path, *path.parents) if each.is_relative_to(root))
        links = [each.name for each in names if each != root and each.is_symlink()]
        if links:
            raise _link(links[-1])
        if path.is_dir():
            raise no_notebook(path)
    _expect_file(path.stat())
    return os.open(path, _FILE)


def _open_below(root: Path, names: Sequence[str], held: ExitStack) -> int:
    """Open a file, and every folder on the way to it within the one before."""
    if ".." in names:
        raise ValueError("it is outside of the folder that was named")
    folder = _hold(os.open(root, _FOLDER), held)
    for name in names[:-1]:
        folder = _hold(_open(name, folder, _FOLDER), held)
    if not names:
        raise no_notebook(folder)
    found = _stat(names[-1], folder)
    if stat.S_ISDIR(found.st_mode):
        raise no_notebook(_hold(_open(names[-1], folder, _FOLDER), held))
    # Before it is opened, as that alone may do something to a device.
    _expect_file(found)
    descriptor = _open(names[-1], folder, _FILE)
    _refuse_foreign(names[-1], os.fstat(descriptor), os.fstat(folder))
    return descriptor


def _hold(descriptor: int, held: ExitStack) -> int:
    held.callback(os.close, descriptor)
    return descriptor


def _open(name: str, folder: int, flags: int) -> int:
    _stat(name, folder)
    try:
        return os.open(name, flags | os.O_NOFOLLOW, dir_fd=folder)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _link(name) from error
        raise


def _stat(name: str, folder: int) -> os.stat_result:
    found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    if stat.S_ISLNK(found.st_mode):
        raise _link(name)
    return found


def _expect_file(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError("expected a file, found " + refusals.kind(found.st_mode))


def _refuse_foreign(name: str, found: os.stat_result, folder: os.stat_result) -> None:
    # Backups and copies that save space make hard links, too; those leave a file its owner.
    if found.st_nlink > 1 and _owner(found) != _owner(folder):
        raise RejectedError(
            "link",
            f"{_shown(name)} is a hard link to a file that belongs to another user than the folder "
            "that it is in.",
            _FIX,
        )


def _owner(found: os.stat_result) -> int:
    return found.st_uid


def _link(name: str) -> RejectedError:
    return RejectedError("link", f"{_shown(name)} is a link.", _FIX)


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:_LONGEST_NAME]
