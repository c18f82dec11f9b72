"""Folders that are to be made, as text: an argument that an author gives."""

from typing import Any

from grader.inspection.bounded import is_of
from grader.values.records import Link, MadeFolder

TAG = "folder"


def taken_apart(value: Any) -> tuple[Any, ...] | None:
    """Return a tag and the parts of a folder that is to be made; None for anything else.

    Args:
        value: Anything.
    """
    if not is_of(value, MadeFolder):
        return None
    held = {path: each.to if is_of(each, Link) else each for path, each in value.files.items()}
    return TAG, held, value.path


def read_again(files: Any, path: Any) -> MadeFolder:
    """Return a folder that was taken apart.

    Args:
        files: As it was taken apart; a text is where a link leads.
        path: Likewise.

    Raises:
        TypeError, ValueError: It is none.
    """
    if not isinstance(files, dict) or not isinstance(path, str):
        raise TypeError("no folder")
    held = {name: Link(each) if isinstance(each, str) else each for name, each in files.items()}
    return MadeFolder(held, path)
