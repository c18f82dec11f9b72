"""Numbers layers as they are made, and notes which weights were set by hand."""

import functools
import itertools
from typing import Any
from weakref import WeakKeyDictionary

_MARK = "_grader_assigned"


class Watch:
    """What is known of layers since Keras has been watched.

    Keras draws the seeds of a layer's initialisers when the layer is constructed, so two models
    are equal only when their layers were made in the same order.
    """

    def __init__(self) -> None:
        self._numbers: WeakKeyDictionary[Any, int] = WeakKeyDictionary()
        self._next = itertools.count()

    def numbered(self, layer: Any) -> int | None:
        """Return the number of a layer; None when it was made before Keras was watched."""
        return self._numbers.get(layer)

    def made(self, layer: Any) -> None:
        """Number a layer that is being made."""
        self._numbers.setdefault(layer, next(self._next))


def watch_creation() -> Watch:
    """Watch Keras from now on; call it before any of the student's code runs."""
    import keras

    watch = Watch()
    make, assign = keras.layers.Layer.__new__, keras.Variable.assign

    @functools.wraps(make)
    def making(kind: Any, *args: Any, **kwargs: Any) -> Any:
        layer = make(kind, *args, **kwargs)
        watch.made(layer)
        return layer

    @functools.wraps(assign)
    def assigning(variable: Any, *args: Any, **kwargs: Any) -> Any:
        setattr(variable, _MARK, True)
        return assign(variable, *args, **kwargs)

    keras.layers.Layer.__new__ = staticmethod(making)
    keras.Variable.assign = assigning
    return watch


def set_by_hand(model: Any) -> bool:
    """Whether a weight of a model was assigned since it was made: by the student, or in training.

    Args:
        model: A Keras model; one that is not built has no weights yet.
    """
    return any(getattr(variable, _MARK, False) for variable in model.weights)


def forget(model: Any) -> None:
    """Take a model's weights, as they are now, for ones that nobody set: the trainer sent them."""
    for variable in model.weights:
        setattr(variable, _MARK, False)
