"""Checkpoints on disk: what trainings have left that others went on from."""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from grader.cached_files import CachedFiles

MOST_BYTES = 2**30
_DIGEST_BYTES, _PIECE_BYTES = 32, 2**20


class KeptCheckpoints:
    """Checkpoints in a folder that any number of processes share; those unused for long go first.

    Args:
        folder: Made when it is needed; private to whoever grades.
        most_bytes: How much they may take.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._files = CachedFiles(folder, "checkpoint")
        self._most_bytes = most_bytes

    def keep(self, key: str, path: Path) -> None:
        """Keep a copy, unless there is one.

        Args:
            key: What led to it, in hexadecimal.
            path: Of the file.
        """
        kept = self._files.path(key)
        with suppress(OSError):  # a full disk is no reason to lose a training
            if kept.exists():
                os.utime(kept)
                return
            self._files.make_folder()
            if path.stat().st_size <= self._room():
                self._write(key, path)
                self._shrink()

    def copy(self, key: str, path: Path) -> bool:
        """Copy what was kept, and return whether there is such a checkpoint, in good order.

        Args:
            key: As for ``keep``.
            path: Where to; nothing is left there otherwise.
        """
        kept = self._files.path(key)
        with suppress(OSError):  # somebody else may have forgotten it
            if _copied(kept, path):
                os.utime(kept)
                return True
            kept.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        return False

    def clear(self) -> None:
        """Forget all of them."""
        self._files.clear()

    def _write(self, key: str, path: Path) -> None:
        with path.open("rb") as held, self._files.writing(key) as file:
            file.write(hashlib.file_digest(held, "sha256").digest())
            held.seek(0)
            shutil.copyfileobj(held, file, _PIECE_BYTES)

    def _room(self) -> int:
        """Return the bytes that all may take: half of what the disk has, or less."""
        held = sum(found.st_size for _, found in self._files.newest_first())
        return min(self._most_bytes, (held + shutil.disk_usage(self._files.folder).free) // 2)

    def _shrink(self) -> None:
        size, room = 0, self._room()
        for path, found in self._files.newest_first():
            size += found.st_size
            if size > room:
                path.unlink(missing_ok=True)


def _copied(kept: Path, path: Path) -> bool:
    """Copy a file without its digest, and return whether that is the digest of the copy."""
    copied = hashlib.sha256()
    with kept.open("rb") as file, path.open("wb") as copy:
        digest = file.read(_DIGEST_BYTES)
        while piece := file.read(_PIECE_BYTES):
            copied.update(piece)
            copy.write(piece)
    return copied.digest() == digest
