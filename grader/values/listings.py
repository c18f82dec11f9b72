"""What lies in a folder, by path: a digest of each file, or what else it is, in words."""

import os
import stat
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from grader.values.decode import UnreadableError, decode
from grader.values.records import Link, MadeFolder
from grader.values.wording import MAX_SHOWN

MOST_ENTRIES, MOST_BYTES = 2_000, 2**28
# What stands for a file's content: as many digits as tell any two apart.
_DIGITS = 32
EMPTY, OTHER, LARGE = "an empty folder", "neither a file nor a folder", "more than is looked at"
Listing = dict[str, str]


class TooManyFilesError(ValueError):
    """More was left in a folder than is looked at."""


def untouched(made: MadeFolder) -> Listing:
    """Return what lies in a folder that was just made.

    Args:
        made: What is in it.
    """
    found = {path: _said(held) for path, held in made.files.items()}
    filled = {str(above) for path in found for above in Path(path).parents}
    return {path: said for path, said in found.items() if path not in filled} or {".": EMPTY}


def _said(held: bytes | Link | None) -> str:
    if held is None:
        return EMPTY
    return _link(held.to) if isinstance(held, Link) else _digest(held)


def _link(to: str) -> str:
    return f"a link to {to}"


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:_DIGITS]


def listing(folder: Path) -> Listing:
    """Return what lies below a folder; no link is followed.

    Args:
        folder: One that may be gone.

    Raises:
        TooManyFilesError: That is more than is looked at.
    """
    found: Listing = {}
    left = MOST_BYTES
    for path in _entries(folder):
        known = path.lstat()
        left -= known.st_size
        found[str(path.relative_to(folder))] = _found(path, known, left)
        if len(found) > MOST_ENTRIES:
            raise TooManyFilesError(f"more than {MOST_ENTRIES} files")
    return found


def _entries(folder: Path) -> Iterator[Path]:
    """Yield all that is no folder, and folders with nothing in them."""
    for place, folders, files in os.walk(folder):
        if not folders and not files:
            yield Path(place)
        paths = (Path(place, name) for name in (*folders, *files))
        yield from (path for path in paths if path.is_symlink() or not path.is_dir())


def _found(path: Path, known: os.stat_result, left: int) -> str:
    if stat.S_ISLNK(known.st_mode):
        return _link(str(path.readlink()))
    if stat.S_ISDIR(known.st_mode):
        return EMPTY
    if not stat.S_ISREG(known.st_mode):
        return OTHER
    return LARGE if left < 0 else _digest(path.read_bytes())


def listings(text: str) -> list[Listing]:
    """Read what lay in folders, as a kernel or the grader wrote it down.

    Args:
        text: A list of a dictionary for each folder.

    Raises:
        UnreadableError: It is something else.
    """
    found = decode(text)
    if isinstance(found, list) and all(map(_is_listing, found)):
        return found
    raise UnreadableError("no list of what lies in folders")


def _is_listing(found: object) -> bool:
    if not isinstance(found, dict):
        return False
    return all(isinstance(each, str) for pair in found.items() for each in pair)


def differing(right: Mapping[str, str], left: Mapping[str, str]) -> str | None:
    """Say in a phrase what lies otherwise in a folder than it should; None if nothing does.

    Args:
        right: What should lie there.
        left: What lies there.
    """
    for path in sorted({*right, *left}):
        if path not in left:
            return f"{_short(path)} is gone"
        if path not in right:
            return f"{_short(path)} is new"
        if right[path] != left[path]:
            return f"{_short(path)} is another one"
    return None


def _short(path: str) -> str:
    return path if len(path) <= MAX_SHOWN else f"{path[: MAX_SHOWN - 1]}…"
