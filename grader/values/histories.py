"""Histories of Keras, where a notebook has it."""

import sys
from typing import Any

from grader.inspection.bounded import is_of
from grader.values.records import History

TAG = "history"


def taken_apart(value: Any) -> tuple[Any, ...] | None:
    """Return a tag and the parts of a History; None for anything else.

    Args:
        value: Anything; the grader's own are written down as Keras' are.
    """
    if is_of(value, History):
        return TAG, value.history, value.epoch
    kind = _of_keras()
    if kind is None or not is_of(value, kind):
        return None
    known = object.__getattribute__(value, "__dict__")
    return TAG, known.get("history"), known.get("epoch")


def put_together(value: Any) -> Any:
    """Make Keras' own of a History where there is Keras; return anything else as it is.

    Args:
        value: As it was read.
    """
    kind = _of_keras() if isinstance(value, History) else None
    if kind is None:
        return value
    try:
        made = kind()
        made.history, made.epoch = value.history, value.epoch
    except Exception:  # noqa: BLE001 - a notebook may have put anything in its place
        return value
    return made


def _of_keras() -> type[Any] | None:
    """Return the class that a notebook knows by that name; None where it has not imported Keras."""
    callbacks = getattr(sys.modules.get("keras"), "callbacks", None)
    kind = getattr(callbacks, "History", None)
    return kind if isinstance(kind, type) else None
