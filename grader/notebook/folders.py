"""Says of a folder that was handed in what is in it instead of a notebook."""

import os
from pathlib import Path

from grader.errors import RejectedError
from grader.litter import is_overlooked
from grader.notebook.filetypes import HAND_IN

_MOST_NAMED, _LONGEST_NAME = 5, 80


def no_notebook(folder: Path | int) -> RejectedError:
    """Refuse a folder without a notebook.

    Args:
        folder: Its path, or its descriptor; it may be unreadable, or gone.
    """
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError as error:
        return RejectedError(
            "unreadable", f"The folder cannot be read: {error.strerror}.", f"{HAND_IN}."
        )
    names = sorted(_shown(entry) for entry in found if not is_overlooked(entry.name))
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    listed = ", ".join(names[:_MOST_NAMED]) or ("nothing but hidden files" if found else "nothing")
    return RejectedError(
        "no-notebook", f"Expected a notebook in the folder, found {listed}{more}.", f"{HAND_IN}."
    )


def _shown(entry: "os.DirEntry[str]") -> str:
    name = "".join(letter if letter.isprintable() else "?" for letter in entry.name)
    end = "/" if entry.is_dir(follow_symlinks=False) else ""
    return f"{name[:_LONGEST_NAME]}{end}"
