"""Folders that are made for one call, and what the call left in them."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from grader.values import libraries
from grader.values.listings import Listing, listing
from grader.values.made_folders import TAG
from grader.values.records import Link, MadeFolder


class MadeFolders:
    """Makes the folders of one call, in the place that is there for temporary ones."""

    def __init__(self) -> None:
        self._places: list[TemporaryDirectory[str]] = []

    def put_together(self, value: Any) -> Any:
        """Make a folder and return the path of it; make what else a library has of a value.

        Args:
            value: As it was read.

        Raises:
            OSError: It cannot be made.
        """
        if not isinstance(value, MadeFolder):
            return libraries.put_together(value)
        place = TemporaryDirectory(ignore_cleanup_errors=True)
        self._places.append(place)
        folder = Path(place.name).resolve() / TAG
        folder.mkdir()
        for path, held in value.files.items():
            _make(folder / path, held)
        return str(folder / value.path)

    def left(self) -> list[Listing]:
        """Return what lies in each folder by now.

        Raises:
            TooManyFilesError: That is more than is looked at.
        """
        return [listing(Path(place.name, TAG)) for place in self._places]

    def plainly(self, text: str) -> str:
        """Return a text without the places of the folders, which are others in each run.

        Args:
            text: Of JSON, or any other.
        """
        for place in self._places:
            # Of an exception, what comes before may have been shortened.
            name = re.escape(Path(place.name).name)
            text = re.sub(rf"{re.escape(place.name)}/|[^\s'\"=(,\[]*{name}/", "", text)
        return text

    def __enter__(self) -> Self:
        """Begin the call."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the folders, whatever is in them by now."""
        for place in self._places:
            place.cleanup()


def _make(path: Path, held: bytes | Link | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if held is None:
        path.mkdir(exist_ok=True)
    elif isinstance(held, Link):
        path.symlink_to(held.to)
    else:
        path.write_bytes(held)
