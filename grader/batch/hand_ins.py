"""What in the folders of a class is a hand-in, and what only lies beside one.

docs/submissions.md says it in words.
"""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path

from grader.batch.folders import NOTEBOOK, Folder

# What a student packs, prints, exports or half downloads instead of handing in a notebook.
_HANDED_IN = frozenset(
    {
        ".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zip", ".crdownload", ".download",
        ".part", ".doc", ".docx", ".gdoc", ".htm", ".html", ".lnk", ".mhtml", ".odt", ".pages",
        ".pdf", ".rtf", ".url", ".webloc",
    }
)  # fmt: skip
# Several of them are a program that somebody's notebook uses.
_SCRIPTS = frozenset({".jl", ".py", ".r"})
# Lists and notes of whoever gathers a class of folders.
_PAPERS = frozenset({".csv", ".json", ".md", ".tsv", ".xlsx", ".xml", ".yaml", ".yml"})
# What a repository has beside its notebooks, whoever's it is.
_PROJECT = re.compile(
    r"add_metadata\.py|dockerfile|environment\.ya?ml|licen[cs]e(\..*)?|makefile|pyproject\.toml|"
    r"readme(\..*)?|requirements.*\.txt|setup\.(py|cfg)"
)
# Moodle and Gradescope give each student such a folder.
_STUDENT = re.compile(r".+_assignsubmission_.+|submission_\d+")


class _Owner(Enum):
    """Whose a folder is."""

    CLASS = "what is in it is handed in by different students"
    STUDENT = "all in it is of one student"
    UNKNOWN = "nobody can tell"


@dataclass(frozen=True, slots=True)
class HandIn:
    """A hand-in, or what lies beside one.

    Args:
        path: The file or folder.
        beside: Whether it only lies beside one, and is not graded.
        root: The folder that was named and that it was found in.
    """

    path: Path
    beside: bool = False
    root: Path | None = None


def hand_ins(folder: Folder, *, is_class: bool) -> Iterator[HandIn]:
    """Yield what was handed in, and what lies beside it.

    Args:
        folder: The folder of a class, or part of it.
        is_class: Whether it is known to be that of a class.
    """
    deeper = [below for below in folder.folders if below.has_notebook]
    owner = _Owner.CLASS if is_class else _owner(folder, len(deeper))
    yield from map(HandIn, folder.notebooks)
    for file in folder.files:
        yield HandIn(file, beside=not _file_counts(file, folder, owner))
    for below in folder.folders:
        if below.has_notebook:
            yield from hand_ins(below, is_class=False)
        elif _folder_counts(below, folder, owner):
            yield HandIn(whole(below))
        else:
            yield HandIn(below.path, beside=True)


def whole(folder: Folder) -> Path:
    """Return the path of a folder without notebooks, or of the only file that is in it."""
    files = list(islice(folder.all_files(), 2))
    return files[0] if len(files) == 1 and _is_regular(files[0]) else folder.path


def _owner(folder: Folder, deeper: int) -> _Owner:
    if _STUDENT.fullmatch(folder.path.name) or len(folder.notebooks) == 1:
        return _Owner.STUDENT
    return _Owner.CLASS if not folder.notebooks and deeper > 1 else _Owner.UNKNOWN


def _file_counts(file: Path, folder: Folder, owner: _Owner) -> bool:
    if owner is _Owner.STUDENT or _PROJECT.fullmatch(file.name.casefold()):
        return False
    if file.is_symlink():
        # To a folder of notebooks, perhaps, which nobody would miss otherwise.
        return owner is _Owner.CLASS
    if owner is _Owner.UNKNOWN or not _is_regular(file):
        return _looks_handed_in(file, _HANDED_IN | _SCRIPTS)
    if NOTEBOOK in file.name.casefold() or file.suffix.casefold() not in _PAPERS:
        return True
    return bool(folder.notebooks) or not folder.folders


def _folder_counts(below: Folder, folder: Folder, owner: _Owner) -> bool:
    if owner is _Owner.CLASS and not folder.notebooks:
        return True
    files = list(islice(below.all_files(), 2))
    one = len(files) == 1 or (owner is _Owner.CLASS and below.bare)
    packed = any(_looks_handed_in(file, _HANDED_IN) for file in below.all_files())
    return owner is not _Owner.STUDENT and (one or packed)


def _looks_handed_in(file: Path, suffixes: frozenset[str]) -> bool:
    name = file.name.casefold()
    return _is_regular(file) and (NOTEBOOK in name or Path(name).suffix in suffixes)


def _is_regular(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False
