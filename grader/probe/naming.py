"""The names that Keras gives to objects: it numbers those of a kind."""

import contextlib
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def names_kept(*kinds: str) -> Iterator[None]:
    """Let no names be used up.

    Args:
        kinds: Of these kinds, by Keras' names for them; of all if none is given.
    """
    before = dict(_used())
    try:
        yield
    finally:
        used = _used()
        for kind in kinds or tuple(used):
            if kind in before:
                used[kind] = before[kind]
            else:
                used.pop(kind, None)


def _used() -> dict[str, Any]:
    """Return how many names of each kind were used up; Keras' own dictionary, if it has one yet."""
    from keras.src.backend.common import global_state

    return global_state.get_global_attribute("object_name_uids") or {}
