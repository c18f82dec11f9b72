"""Notices weights that a notebook sets itself, beside those that Keras sets in its own course."""

import functools
from types import FrameType
from typing import Any

from grader import hooks
from grader.inspection.plain import attribute
from grader.probe.identity import WeakIdKeyDictionary

_KERAS = frozenset({"keras", "tensorflow", "grader"})
_SHELL = "IPython"
_set_by: WeakIdKeyDictionary[str] = WeakIdKeyDictionary()


def watched() -> tuple[Any, ...]:
    """Return what weights are set with."""
    from keras import Layer, Model, Variable

    of_variables = Variable.assign, Variable.assign_add, Variable.assign_sub
    return *of_variables, Layer.set_weights, Layer.load_own_variables, Model.load_weights


def watch() -> None:
    """Watch Keras from now on; call it before any of the student's code runs."""
    for function in watched():
        hooks.attach(function, functools.partial(_setting, function.__name__))


def taken(model: Any) -> str | None:
    """Return what weights of a model were set with since this was last asked; None if with nothing.

    Args:
        model: A Keras model.
    """
    found = [_set_by.pop(variable) for variable in attribute(model, "weights") or ()]
    return next(filter(None, reversed(found)), None)


def _setting(name: str, arguments: hooks.Arguments) -> hooks.Steps:
    result = yield
    if _by_hand(hooks.caller()):
        owner = arguments["self"]
        for variable in attribute(owner, "weights") or (owner,):
            _set_by[variable] = name
    return result


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
