"""Evidence on disk: what was observed of a notebook is observed once.

Evidence is a function of the notebook, of what its assignment runs and observes, of the data, and
of the kit and the libraries that run it. A rubric is none of these, so that a changed check is
applied to what was observed before. Files are written at once or not at all.
"""

import hashlib
import json
import os
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from grader.cached_files import CachedFiles
from grader.fits.options import cache_folder
from grader.kept import Kept, pack, unpack
from grader.machine import processor, python

# An audit has some hundreds; what was used long ago goes first.
MOST_FILES, MOST_BYTES = 4_000, 2**30
_LIBRARIES = ("tensorflow", "keras", "numpy", "scipy", "pillow", "matplotlib", "ipykernel")
# They look at what was observed, and change nothing of it. What an assignment asks for is among
# the conditions.
_APART = ("audit", "batch", "cli", "diagnosis", "examination", "judging", "release", "report",
         "scoring")  # fmt: skip
_ASSIGNMENT = "assignment.py"
_PACKAGE = Path(__file__).parents[1]


class EvidenceCache:
    """Evidence in a folder that any number of processes share.

    Args:
        folder: Made when it is needed; private to whoever grades.
    """

    def __init__(self, folder: Path) -> None:
        self._files = CachedFiles(folder, "evidence")

    def find(self, key: str) -> Kept | None:
        """Return what was observed; None where nothing was, or it is damaged.

        Args:
            key: Of ``key_of``.
        """
        path = self._files.path(key)
        with suppress(OSError):
            found = unpack(path.read_bytes())
            if found is None:
                path.unlink(missing_ok=True)
                return None
            os.utime(path)
            return found
        return None

    def keep(self, key: str, kept: Kept) -> None:
        """Keep what was observed; a full disk is no reason to lose an audit."""
        content = pack(kept)
        with suppress(OSError):
            if content is not None:
                self._files.make_folder()
                with self._files.writing(key) as file:
                    file.write(content)
                self._shrink()

    def clear(self) -> None:
        """Forget all that was observed."""
        self._files.clear()

    def _shrink(self) -> None:
        size = 0
        for place, (path, found) in enumerate(self._files.newest_first()):
            size += found.st_size
            if place >= MOST_FILES or size > MOST_BYTES:
                path.unlink(missing_ok=True)


def of_user() -> EvidenceCache:
    """Return this user's, or the one in the folder that ``GRADER_CACHE`` names."""
    return EvidenceCache(cache_folder() / "evidence")


def key_of(notebook: str, *conditions: object) -> str:
    """Return the SHA-256 of what evidence is a function of, in hexadecimal.

    Args:
        notebook: What is run, as JSON.
        conditions: On what and how, as JSON has it.
    """
    told = [notebook, conditions, _observing(), python(), processor(), _libraries()]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@cache
def _libraries() -> dict[str, str]:
    return {name: version(name) for name in _LIBRARIES}


@cache
def _observing() -> str:
    """Return the digest of the kit's modules that run and observe."""
    whole = hashlib.sha256()
    for path in observing_modules():
        whole.update(f"{path.relative_to(_PACKAGE).as_posix()}\0".encode() + path.read_bytes())
    return whole.hexdigest()


def observing_modules() -> list[Path]:
    """Return the kit's modules on which evidence depends, in order."""
    own = {path.parent for path in _PACKAGE.rglob(_ASSIGNMENT)} - {_PACKAGE / "assignments"}
    return [
        path
        for path in sorted(_PACKAGE.rglob("*.py"))
        if path.relative_to(_PACKAGE).parts[0].removesuffix(".py") not in _APART
        and not own & {*path.parents}
    ]
