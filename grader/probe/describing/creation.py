"""Numbers layers as they are made, and notes which weights were set by hand."""

import itertools
from typing import Any

from grader import hooks
from grader.probe.identity import WeakIdKeyDictionary

_assigned: WeakIdKeyDictionary[bool] = WeakIdKeyDictionary()


class CreationOrder:
    """What is known of layers since Keras has been watched.

    Keras draws the seeds of a layer's initialisers when the layer is constructed, so two models
    are equal only when their layers were made in the same order.
    """

    def __init__(self) -> None:
        self._numbers: WeakIdKeyDictionary[int] = WeakIdKeyDictionary()
        self._next = itertools.count()

    def numbered(self, layer: Any) -> int | None:
        """Return the number of a layer; None when it was made before Keras was watched."""
        return self._numbers.get(layer)

    def making(self, _: hooks.Arguments) -> hooks.Steps:
        """Number a layer that is being made."""
        layer = yield
        self._numbers[layer] = next(self._next)
        return layer


def watch_creation() -> CreationOrder:
    """Watch Keras from now on; call it before any of the student's code runs."""
    import keras

    watch = CreationOrder()
    hooks.attach(keras.layers.Layer.__new__, watch.making)
    hooks.attach(keras.Variable.assign, _assigning)
    return watch


def set_by_hand(model: Any) -> bool:
    """Whether a weight of a model was assigned since it was made: by the student, or in training.

    Args:
        model: A Keras model; one that is not built has no weights yet.
    """
    return any(_assigned.get(variable) for variable in model.weights)


def forget(model: Any) -> None:
    """Take a model's weights, as they are now, for ones that nobody set: the trainer sent them."""
    for variable in model.weights:
        _assigned.pop(variable)


def _assigning(arguments: hooks.Arguments) -> hooks.Steps:
    _assigned[arguments["self"]] = True
    return (yield)
