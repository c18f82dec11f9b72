"""What is in the folders of a class: notebooks, other files, and what is nobody's work."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from errno import ENAMETOOLONG
from pathlib import Path

from grader.batch.output import EXECUTED, REPORT, REPORT_PAGE, SUBMISSIONS
from grader.errors import UsageError
from grader.litter import is_overlooked
from grader.notebook.sniff import holds_notebook

NOTEBOOK = ".ipynb"
# Nobody hands in so much; what is further down belongs to what it lies in.
_DEEPEST = 100
_BACKUP = re.compile(r"\.backup-\d+\.ipynb$")
_RESULTS = frozenset({REPORT, REPORT_PAGE, EXECUTED})
_TABLES = re.compile(r"grades(?:\.edited-\d+)?\.csv|index\.html|.+\.xml")


class Results(Enum):
    """Which part of the results of an earlier grading a folder holds."""

    NONE = 0
    REPORT = 1
    ALL_REPORTS = 2
    OUTPUT = 3


@dataclass(slots=True)
class Folder:
    """A folder, without what is nobody's work.

    Args:
        path: Where it is.
        notebooks: Files in it that hold notebooks, or are called so.
        files: All others, links included, which are not followed.
        folders: Those in it.
        results: What was left out of it.
        bare: Whether there is nothing in it, be it hidden.
    """

    path: Path
    notebooks: list[Path] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    folders: list["Folder"] = field(default_factory=list)
    results: Results = Results.NONE
    bare: bool = False

    @property
    def has_notebook(self) -> bool:
        """Whether there is a notebook in it or further down."""
        return bool(self.notebooks) or any(folder.has_notebook for folder in self.folders)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.notebooks or self.files or self.folders)

    def all_files(self) -> Iterator[Path]:
        """Yield all files that hold no notebook, in it and further down."""
        yield from self.files
        for folder in self.folders:
            yield from folder.all_files()


def look_into(path: Path, out: Path | None, depth: int = 0) -> Folder:
    """Look into a folder, and into all below it.

    Hidden files and folders, backups, what systems leave, the output folder and results of
    earlier gradings are overlooked. No link is followed: whatever is in the folder may be a
    student's.

    Args:
        path: The folder.
        out: Where results go.
        depth: How many folders it is below the one that was named.

    Raises:
        UsageError: It cannot be read.
    """
    entries = _entries(path)
    found = Folder(path, bare=not entries)
    names = {entry.name for entry in entries}
    if REPORT_PAGE in names and names & {REPORT, EXECUTED}:
        found.results = Results.REPORT
    for entry in entries:
        reported = found.results is Results.REPORT and entry.name in _RESULTS
        if not reported and not _is_overlooked(entry.name, names):
            _sort(entry, found, out, depth)
    if found.results is Results.OUTPUT:
        found.files = [file for file in found.files if not _TABLES.fullmatch(file.name)]
    return found


def _entries(path: Path) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(path) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        if error.errno == ENAMETOOLONG:
            return []
        # What cannot be looked into would be a student without a grade, and nobody would know.
        raise UsageError(
            f"{error.filename} cannot be searched: {error.strerror}. Make it readable or move it "
            "away."
        ) from error


def _is_overlooked(name: str, names: set[str]) -> bool:
    backup = _BACKUP.search(name) or (name.endswith("~") and name[:-1] in names)
    return is_overlooked(name) or bool(backup)


def _sort(entry: "os.DirEntry[str]", found: Folder, out: Path | None, depth: int) -> None:
    path = found.path / entry.name
    if out is not None and path.is_dir() and os.path.realpath(path) == os.path.realpath(out):
        return
    if entry.is_dir(follow_symlinks=False):
        below = look_into(path, out, depth + 1) if depth < _DEEPEST else Folder(path)
        if not _is_result(below, found):
            found.folders.append(below)
    elif path.suffix.casefold() == NOTEBOOK or holds_notebook(path):
        found.notebooks.append(path)
    else:
        found.files.append(path)


def _is_result(below: Folder, found: Folder) -> bool:
    """Whether a folder holds nothing but results; if so, that is noted of the folder it is in."""
    match below.results if below.is_empty else Results.NONE:
        case Results.REPORT if found.path.name == SUBMISSIONS:
            found.results = Results.ALL_REPORTS
        case Results.ALL_REPORTS:
            found.results = Results.OUTPUT
        case Results.OUTPUT:
            pass
        case _:
            return False
    return True
