"""A folder like the notebook's own, to work in without writing over any of its files."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MOST_ENTRIES, MOST_BYTES = 1_000, 2**28


@contextmanager
def like_here(*, files: bool) -> Iterator[None]:
    """Work in a new folder beside the current one, with the same folders in it.

    Args:
        files: Whether copies of the files are in it, too, as far as they are not too large.
    """
    here = Path.cwd()
    with tempfile.TemporaryDirectory(dir=here.parent, ignore_cleanup_errors=True) as folder:
        with suppress(OSError):  # whatever lies there that cannot be copied
            _copy(here, Path(folder), MOST_BYTES if files else 0)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)


def _copy(source: Path, target: Path, room: int) -> None:
    entries = 0
    for place, folders, files in os.walk(source):
        below = target / Path(place).relative_to(source)
        entries += len(folders) + len(files)
        if entries > MOST_ENTRIES:
            return
        for name in folders:
            found = Path(place) / name
            if found.is_symlink():  # such as the one to the images
                (below / name).symlink_to(found.resolve(), target_is_directory=True)
            else:
                (below / name).mkdir()
        for path in (Path(place) / name for name in files):
            size = path.stat().st_size if path.is_file() else room + 1
            if size <= room:
                room -= size
                shutil.copy(path, below)
