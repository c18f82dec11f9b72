"""Folders for one run each, which a later grader removes if this one is killed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader import leftovers

PREFIX = "grader-"


def new_folder() -> Path:
    """Make a folder; if this grader is killed before it removes it, a later one does."""
    return Path(tempfile.mkdtemp(prefix=leftovers.prefix(PREFIX))).resolve()


@contextmanager
def own_folder() -> Iterator[Path]:
    """Make a folder that is removed at the end, whatever is in it by then."""
    folder = new_folder()
    try:
        yield folder
    finally:
        leftovers.remove(folder)


def sweep() -> None:
    """Remove folders that killed graders have left."""
    leftovers.sweep(Path(tempfile.gettempdir()), PREFIX)
