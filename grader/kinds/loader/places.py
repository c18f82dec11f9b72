"""Where a kernel sees a split, and what is shown there while a loader is looked at."""

import os
from contextlib import suppress
from pathlib import Path

# What is shown lies under this name until it is, and the copy of the split under the other one.
SHOWN, _KEPT = "here", "kept"


class ShownPlace:
    """A copy of a split that a kernel sees, and what is shown there instead meanwhile.

    Args:
        folder: Where what is to be shown waits, as ``SHOWN``; no kernel can reach it.
        place: The copy: a folder or a file.
    """

    def __init__(self, folder: Path, place: Path) -> None:
        self._name = place.name
        # By descriptors, as a kernel may put a link in the place of any folder that it can write.
        self._outside, self._inside = _opened(folder), _opened(place.parent)

    def close(self) -> None:
        """Show it no more."""
        os.close(self._outside)
        os.close(self._inside)

    def show(self) -> None:
        """Put it in the place of the copy.

        Raises:
            OSError: The copy is no longer there.
        """
        self._take(_KEPT)
        self._put(SHOWN)

    def hide(self) -> None:
        """Put the copy back."""
        with suppress(OSError):
            self._take(SHOWN)
        with suppress(OSError):
            self._put(_KEPT)

    def _take(self, name: str) -> None:
        os.rename(self._name, name, src_dir_fd=self._inside, dst_dir_fd=self._outside)

    def _put(self, name: str) -> None:
        os.rename(name, self._name, src_dir_fd=self._outside, dst_dir_fd=self._inside)


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
