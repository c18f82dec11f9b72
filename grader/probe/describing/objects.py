"""Objects of Keras: the class by its name, and what to construct it with.

A class or function that a student wrote is told from Keras' own by its identity: both may have the
same name, and Keras writes both down alike.
"""

import inspect
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

from grader.probe.describing.values import Undescribable, encoded

# Names are no part of what is trained, types are all float32, and callbacks print elsewhere.
_LEFT_OUT = frozenset({"self", "name", "dtype", "verbose"})
_LAYERS_TAKE = ("trainable", "activity_regularizer")
# TensorFlow's functions of these names compute what those of Keras do.
_OF_TENSORFLOW = ("relu", "sigmoid", "softmax", "tanh")
# It hands its own to the base class.
_REGULARIZES_ITSELF = "ActivityRegularization"
_ABSENT = object()


def part(value: Any, home: ModuleType, where: str) -> dict[str, Any]:
    """Describe an object of one of Keras' own classes.

    Args:
        value: The object.
        home: The module that exports its class.
        where: What it is, for messages.

    Raises:
        Undescribable: Its class is not Keras' own, or it holds what is no plain data.
    """
    kind = type(value)
    if getattr(home, kind.__name__, None) is not kind:
        raise Undescribable(f"{where} is of {_whose(kind)}: {kind.__name__}")
    _refuse_other_types(value, where)
    arguments = dict(_arguments(value, f"{where} ({kind.__name__})"))
    return {"part": kind.__name__, "arguments": arguments}


def _whose(kind: type) -> str:
    # tf.keras has some layers of earlier versions, by names that Keras gives to others.
    if kind.__module__.startswith("keras.src.legacy."):
        return "a class that tf.keras keeps from an earlier Keras, which the grader does not train"
    return "a class that is not Keras' own"


def _refuse_other_types(value: Any, where: str) -> None:
    policy = getattr(value, "dtype_policy", None)
    dtype = getattr(value, "dtype", None) if policy is None else policy.name
    if dtype not in {None, "float32"}:
        raise Undescribable(f"{where} computes with {dtype}")


def _arguments(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    config = value.get_config() if hasattr(value, "get_config") else {}
    for name, default in _parameters(type(value)).items():
        found = _found(value, config, name)
        # What is nothing, and would be without being said, need not be known to both sides.
        if found is not _ABSENT and (found is not None or default is not None):
            yield name, _described(value, name, found, f"{where}: {name}")


def _parameters(kind: type) -> dict[str, Any]:
    """Return the names and defaults of what a class is constructed with."""
    parameters = inspect.signature(kind.__init__).parameters.values()  # type: ignore[misc]
    named = {each.name: each.default for each in parameters if each.kind is not each.VAR_KEYWORD}
    if hasattr(kind, "call") and len(named) < len(parameters):
        named = dict.fromkeys(_LAYERS_TAKE) | named
    if kind.__name__ == _REGULARIZES_ITSELF:
        del named["activity_regularizer"]
    return {name: default for name, default in named.items() if name not in _LEFT_OUT}


def _found(value: Any, config: dict[str, Any], name: str) -> Any:
    """Find an argument where Keras keeps it; not every class writes down all that it was given."""
    if name in config:
        return config[name]
    kept = getattr(value, "_fn_kwargs", None) or {}
    if name in kept:
        return kept[name]
    if not config or name == "activity_regularizer":
        return getattr(value, name, _ABSENT)
    return _ABSENT


def _described(value: Any, name: str, found: Any, where: str) -> Any:
    for attribute in (name, f"_{name}"):
        live = getattr(value, attribute, None)
        if callable(live):
            return _nested(live, where)
    return encoded(found, where)


def _nested(value: Any, where: str) -> Any:
    import keras

    if isinstance(value, FunctionType) or not hasattr(value, "get_config"):
        return activation(value, where)
    homes = (keras.initializers, keras.regularizers, keras.constraints)
    for home in (*homes, keras.optimizers.schedules):
        if getattr(home, type(value).__name__, None) is type(value):
            return part(value, home, where)
    raise Undescribable(f"{where} is of a class that is not Keras' own: {type(value).__name__}")


def activation(function: Any, where: str) -> str:
    """Return the name of an activation of Keras.

    Args:
        function: The function.
        where: What it is, for messages.

    Raises:
        Undescribable: It is another function, whatever its name.
    """
    import keras
    import tensorflow as tf

    name = str(getattr(function, "__name__", type(function).__name__))
    if getattr(keras.activations, name, None) is function:
        return name
    for known in _OF_TENSORFLOW:
        if function is getattr(tf.nn, known):
            return known
    raise Undescribable(f"{where} is a function that is not Keras' own: {name}")
