"""Notices weights that a notebook sets itself, beside those that Keras sets in its own course."""

import functools
import sys
from types import FrameType
from typing import Any

from grader.probe.channel import attribute

_MARK = "_grader_set_by"
_KERAS = frozenset({"keras", "tensorflow", "grader"})
_SHELL = "IPython"


def watch() -> None:
    """Watch Keras from now on; call it before any of the student's code runs."""
    import keras

    for kind, names in (
        (keras.Variable, ("assign", "assign_add", "assign_sub")),
        (keras.layers.Layer, ("set_weights", "load_own_variables")),
        (keras.Model, ("load_weights",)),
    ):
        for name in names:
            setattr(kind, name, _watched(getattr(kind, name)))


def taken(model: Any) -> str | None:
    """Return what weights of a model were set with since this was last asked; None if with nothing.

    Args:
        model: A Keras model.
    """
    found = None
    for variable in attribute(model, "weights") or ():
        by = getattr(variable, _MARK, None)
        if by is not None:
            found = by
            delattr(variable, _MARK)
    return found


def _watched(original: Any) -> Any:
    @functools.wraps(original)
    def watched(owner: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(owner, *args, **kwargs)
        if _by_hand(sys._getframe(1)):  # noqa: SLF001 - as the traceback module does it
            for variable in getattr(owner, "weights", (owner,)):
                setattr(variable, _MARK, original.__name__)
        return result

    return watched


def _by_hand(caller: FrameType | None) -> bool:
    """Whether a cell of the notebook called, and not while Keras called the notebook's code."""
    frame = caller
    while frame is not None and (room := _room(frame)) != _SHELL:
        if room in _KERAS:
            return False
        frame = frame.f_back
    return True


def _room(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]
