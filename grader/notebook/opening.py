"""Opens what was handed in, and nothing that it leads to.

Below the folder that was named, everything may be a student's, and comes by Git, archives and
shared disks as he made it. A link there, be it to a file or to a folder above it, may lead to
anybody's files, so none is followed. What is checked is the open file itself, which is then read.
"""

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from grader import beneath
from grader.errors import RejectedError
from grader.notebook.folders import no_notebook

MAX_BYTES = 50 * 1024 * 1024
_MAX_DIGESTED = 1024**3
_PIECE = 1024 * 1024
_LONGEST_NAME = 80
_FIX = "Hand in the file itself."


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
    except beneath.LinkedError as error:
        raise RejectedError("link", f"{_shown(error.filename)} is a link.", _FIX) from error
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
        if root is None:
            beneath.expect_file(path.stat())
            descriptor = os.open(path, os.O_RDONLY | beneath.FILE)
        elif not beneath.POSSIBLE:
            descriptor = _open_by_name(root, path.relative_to(root).parts)
        else:
            descriptor = _open_below(root, path.relative_to(root).parts, held)
        with os.fdopen(descriptor, "rb") as file:
            # Of what was opened: what its name stands for may be another thing by now.
            beneath.expect_file(os.fstat(descriptor))
            yield file


def _open_by_name(root: Path, names: Sequence[str]) -> int:
    path = beneath.by_name(root, names)
    if path.is_dir():
        raise no_notebook(path)
    beneath.expect_file(path.stat())
    return os.open(path, os.O_RDONLY | beneath.FILE)


def _open_below(root: Path, names: Sequence[str], held: ExitStack) -> int:
    if ".." in names:
        raise ValueError("it is outside of the folder that was named")
    folder = held.enter_context(beneath.folder(root, names[:-1]))
    if not names:
        raise no_notebook(folder)
    if stat.S_ISDIR(beneath.looked_at(names[-1], folder).st_mode):
        raise no_notebook(held.enter_context(beneath.folder(root, names)))
    descriptor = beneath.opened(names[-1], folder, beneath.FILE)
    _refuse_foreign(names[-1], os.fstat(descriptor), os.fstat(folder))
    return descriptor


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


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:_LONGEST_NAME]
