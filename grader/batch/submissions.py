"""Finds the submissions of a class and gives each a name that is safe and unique."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from grader.errors import UsageError
from grader.pipeline import Entry

MAX_ID = 100
_BACKUP = re.compile(r"\.backup-\d+\.ipynb$")


def find(paths: Sequence[Path], out: Path | None = None) -> list[Entry]:
    """Find the notebooks in files and folders, in a stable order.

    Folders are searched to any depth. Jupyter's checkpoints, hidden folders, backups made by
    ``add_metadata.py`` and the output folder are left out.

    Args:
        paths: What was named on the command line.
        out: Where results go.

    Raises:
        UsageError: A path does not exist, or there is no notebook at all.
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


def _notebooks(paths: Sequence[Path], out: Path | None) -> Iterator[tuple[Path, Path]]:
    for path in paths:
        if path.is_dir():
            found = sorted(candidate for candidate in path.rglob("*.ipynb") if candidate.is_file())
            for candidate in found:
                below = candidate.relative_to(path)
                if _wanted(below) and not (out and candidate.is_relative_to(out)):
                    yield below, candidate
        elif path.is_file():
            yield Path(path.name), path
        else:
            raise UsageError(f"{path}: expected a notebook or a folder, found nothing there.")


def _wanted(below: Path) -> bool:
    hidden = any(part.startswith(".") for part in below.parts)
    return not hidden and not _BACKUP.search(below.name)


def _unique(found: Iterable[tuple[Path, Path]]) -> Iterator[tuple[Path, Path]]:
    seen: set[Path] = set()
    for shown, path in found:
        if (real := path.resolve()) not in seen:
            seen.add(real)
            yield shown, path


def safe(path: Path) -> str:
    """Turn a relative path into one name: letters, digits, dots, dashes and underscores."""
    joined = "__".join(part for part in path.parts if part not in ("/", "..", "."))
    name = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in joined)
    return name.strip(".")[:MAX_ID] or "submission"


def _free(name: str, taken: set[str]) -> str:
    number, candidate = 1, name
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate
