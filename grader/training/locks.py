"""Locks between processes, by name, that are released when their holder dies."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock, once whoever holds it has released it.

    Args:
        path: A file, made for this and gone afterwards.
    """
    descriptor = _taken(path)
    try:
        yield
    finally:
        # While it is held: whoever waits for this file finds that it has gone, and looks again.
        with suppress(FileNotFoundError):
            path.unlink()
        os.close(descriptor)


def _taken(path: Path) -> int:
    import fcntl  # Windows has none, and trains in notebooks

    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _is(path, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is(path: Path, descriptor: int) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False
