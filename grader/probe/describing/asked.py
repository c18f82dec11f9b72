"""What ``fit`` was asked for besides data: epochs, steps, weights of classes, callbacks."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from grader.probe.describing.objects import part
from grader.probe.describing.values import Undescribable, encoded

_PLAIN = {
    "epochs": 1,
    "initial_epoch": 0,
    "steps_per_epoch": None,
    "shuffle": True,
    "validation_steps": None,
    "validation_freq": 1,
}
# They act on training by their settings alone; all others are called where the student's code is.
_ELSEWHERE = ("EarlyStopping", "ReduceLROnPlateau", "SwapEMAWeights", "TerminateOnNaN")


def describe(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Describe the arguments of ``fit`` that are scalars, whatever the data.

    Args:
        arguments: What it was given, by name.

    Raises:
        Undescribable: One is none.
    """
    plain = {
        name: encoded(arguments.get(name, default), f"fit: {name}")
        for name, default in _PLAIN.items()
    }
    return plain | {"class_weight": _class_weight(arguments.get("class_weight"))}


def _class_weight(weights: Any) -> list[list[Any]] | None:
    if weights is None:
        return None
    if not isinstance(weights, Mapping) or not all(map(_is_whole, weights)):
        raise Undescribable("fit: class_weight is no dictionary from labels to weights")
    pairs = sorted((int(label), weight) for label, weight in weights.items())
    return [[label, encoded(weight, f"class_weight of {label}")] for label, weight in pairs]


def _is_whole(label: Any) -> bool:
    import numpy as np

    return isinstance(label, int | np.integer)


def split(callbacks: Any, metrics: Iterable[str]) -> tuple[list[dict[str, Any]], list[Any]]:
    """Describe the callbacks that can be, and return the others as they are.

    Args:
        callbacks: What ``fit`` was given: nothing, one, a list of them or a ``CallbackList``.
        metrics: Names of the metrics.

    Raises:
        Undescribable: A setting of one is no plain data.
    """
    import keras

    kinds = [getattr(keras.callbacks, name) for name in _ELSEWHERE]
    logged = {name for metric in ("loss", *metrics) for name in (metric, f"val_{metric}")}
    listed = list(_listed(callbacks))
    elsewhere = [any(type(callback) is kind for kind in kinds) for callback in listed]
    described, own = [], []
    for callback, known in zip(listed, elsewhere, strict=True):
        # What is logged by a callback of the student's, only those see that are called beside it.
        if known and (getattr(callback, "monitor", "loss") in logged or all(elsewhere)):
            described.append(part(callback, keras.callbacks, "a callback"))
        else:
            own.append(callback)
    return described, own


def _listed(callbacks: Any) -> Iterator[Any]:
    import keras

    if isinstance(callbacks, keras.callbacks.CallbackList):
        callbacks = callbacks.callbacks
    if isinstance(callbacks, list | tuple):
        for callback in callbacks:
            yield from _listed(callback)
    elif callbacks is not None:
        yield callbacks
