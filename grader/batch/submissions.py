"""Finds the submissions of a class and gives each a name that is safe and unique."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from grader.batch.output import EXECUTED, REPORT_PAGE
from grader.errors import UsageError
from grader.pipeline import Entry

# Names a folder, together with the number of a namesake: file systems take 255 bytes.
MAX_ID_BYTES = 200
_BACKUP = re.compile(r"\.backup-\d+\.ipynb$")


def find(paths: Sequence[Path], out: Path | None = None) -> list[Entry]:
    """Find the notebooks in files and folders, in a stable order.

    Folders are searched to any depth. Jupyter's checkpoints, hidden folders, backups made by
    ``add_metadata.py``, the output folder and results of earlier gradings are left out.

    Args:
        paths: What was named on the command line.
        out: Where results go.

    Raises:
        UsageError: A path does not exist, a folder cannot be read, or there is no notebook at all.
    """
    entries: list[Entry] = []
    taken: set[str] = set()
    for shown, path in _unique(_notebooks(paths, out)):
        entry_id = _free(safe(shown.with_suffix("")), taken)
        taken.add(entry_id.casefold())
        entries.append(Entry(path, entry_id, shown.as_posix()))
    if not entries:
        names = ", ".join(map(str, paths))
        raise UsageError(f"No notebook (*.ipynb) was found in {names}. Name a file or its folder.")
    return entries


def safe(path: Path) -> str:
    """Turn a relative path into one name: letters, digits, dots, dashes and underscores."""
    joined = "__".join(part for part in path.parts if part not in ("/", "..", "."))
    name = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in joined)
    return name.encode()[:MAX_ID_BYTES].decode(errors="ignore").strip(".") or "submission"


def _notebooks(paths: Sequence[Path], out: Path | None) -> Iterator[tuple[Path, Path]]:
    several = len({path for path in paths if path.is_dir()}) > 1
    for path in paths:
        if path.is_dir():
            # Two folders may hold files of the same name; with the folder's they differ.
            above = Path(path.resolve().name if several else "")
            for found in _below(path, out):
                yield above / found.relative_to(path), found
        elif path.is_file():
            yield Path(path.name), path
        else:
            raise UsageError(f"{path}: expected a notebook or a folder, found nothing there.")


def _below(folder: Path, out: Path | None) -> list[Path]:
    found = [*_walk(folder, out)]
    # Who puts a class together may link to folders; a link further down is a student's own.
    for entry in filter(Path.is_symlink, folder.iterdir()):
        loops = folder.resolve().is_relative_to(os.path.realpath(entry))
        if entry.is_dir() and _is_entered(entry, out) and not loops:
            found += _walk(entry, out)
    return sorted(path for path in found if _is_submission(path))


def _walk(folder: Path, out: Path | None) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if _is_entered(Path(place, name), out)]
        yield from (Path(place, name) for name in files)


def _is_entered(folder: Path, out: Path | None) -> bool:
    return not folder.name.startswith(".") and (out is None or folder.resolve() != out.resolve())


def _refuse(error: OSError) -> None:
    # What cannot be looked into would be a student without a grade, and nobody would know.
    raise UsageError(
        f"{error.filename} cannot be searched: {error.strerror}. Make it readable or move it away."
    ) from error


def _is_submission(path: Path) -> bool:
    if path.suffix.casefold() != ".ipynb" or path.name.startswith("."):
        return False
    result = path.name == EXECUTED and (path.parent / REPORT_PAGE).is_file()
    # A broken link is somebody's submission, too; a pipe or a device would be read for ever.
    readable = path.is_file() or not path.exists()
    return readable and not result and not _BACKUP.search(path.name)


def _unique(found: Iterable[tuple[Path, Path]]) -> Iterator[tuple[Path, Path]]:
    # By the names, not by what links lead to: a student's link must not take another's place.
    seen: set[Path] = set()
    for shown, path in found:
        if (named := path.absolute()) not in seen:
            seen.add(named)
            yield shown, path


def _free(name: str, taken: set[str]) -> str:
    number, candidate = 1, name
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate
