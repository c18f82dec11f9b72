"""Locks between processes, for a kernel that may have only one: locks between its threads.

The C library keeps the former in a folder that all processes share, which isolation shuts off.
Keras makes one whenever it loads images.
"""

import multiprocessing.heap
import multiprocessing.synchronize
import threading
from types import SimpleNamespace
from typing import Any, Self

RECURSIVE = 0
HIGHEST = 2**31 - 1


class ThreadLock:
    """Stands in for ``_multiprocessing.SemLock``.

    Args:
        kind: Whether its owner may acquire it again.
        value: How often it can be acquired before somebody has to wait.
        maxvalue: Highest value that it can be released to.
        _name: What it would be called among processes.
        _unlink: Whether that name would be removed at once.
    """

    SEM_VALUE_MAX = HIGHEST

    def __init__(self, kind: int, value: int, maxvalue: int, _name: str, _unlink: bool) -> None:  # noqa: FBT001 - as Python's own
        self.kind, self.maxvalue, self.handle = kind, maxvalue, id(self)
        # With a name, Python would start a process that cleans up after it.
        self.name = None
        self._value = value
        self._owner: int | None = None
        self._taken = 0
        self._changed = threading.Condition()

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:  # noqa: FBT001, FBT002 - as Python's own
        """Take it, waiting for at most ``timeout`` seconds; say whether that was possible."""
        with self._changed:
            free = self._changed.wait_for(self._free, timeout if block else 0)
            if free:
                self._value -= not self._again()
                self._owner, self._taken = threading.get_ident(), self._taken + 1
            return free

    def release(self) -> None:
        """Give it back.

        Raises:
            AssertionError: It is somebody else's.
            ValueError: It was given back more often than taken.
        """
        with self._changed:
            if self.kind == RECURSIVE and not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._value >= self.maxvalue:
                raise ValueError("semaphore or lock released too many times")
            self._taken -= 1
            self._value += not self._again()
            self._changed.notify()

    def _free(self) -> bool:
        return self._value > 0 or self._again()

    def _again(self) -> bool:
        return self.kind == RECURSIVE and self._is_mine()

    def _count(self) -> int:
        return self._taken

    def _is_mine(self) -> bool:
        return self._taken > 0 and self._owner == threading.get_ident()

    def _get_value(self) -> int:
        return self._value

    def _is_zero(self) -> bool:
        return self._value == 0

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def install() -> None:
    """Have all of ``multiprocessing`` use them."""
    places: Any = multiprocessing.synchronize
    known = vars(places._multiprocessing) | {"SemLock": ThreadLock}  # noqa: SLF001 - the one seam
    places._multiprocessing = SimpleNamespace(**known)  # noqa: SLF001 - likewise
    arena: Any = multiprocessing.heap.Arena
    arena._dir_candidates = []  # noqa: SLF001 - shared memory is in that folder, too
