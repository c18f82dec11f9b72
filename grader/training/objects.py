"""Makes Keras' objects from parts: constructors out of tables, and no deserialiser anywhere."""

import inspect
from collections.abc import Mapping
from functools import cache
from types import ModuleType
from typing import Any

import keras
import numpy as np

from grader.training.description import Number, ObjectSpec, Value
from grader.training.tables.callbacks import CALLBACKS
from grader.training.tables.layers import LAYERS
from grader.training.tables.losses import LOSSES
from grader.training.tables.metrics import METRICS, SHORT_WORD
from grader.training.tables.optimizers import OPTIMIZERS, SCHEDULES
from grader.training.tables.signatures import Table
from grader.training.tables.weights import CONSTRAINTS, INITIALIZERS, REGULARIZERS


def layer(part: ObjectSpec) -> keras.Layer:
    """Construct a layer; Keras draws the seeds of what is random in it from ``random``."""
    return _construct(_layers()[part.name], part)


def optimizer(part: ObjectSpec) -> keras.Optimizer:
    """Construct an optimizer, with its schedule if it has one."""
    return _construct(_classes(keras.optimizers, OPTIMIZERS)[part.name], part)


def loss(part: ObjectSpec) -> keras.Loss:
    """Construct a loss."""
    return _construct(_classes(keras.losses, LOSSES)[part.name], part)


def metric(part: ObjectSpec) -> "keras.Metric | str":
    """Construct a metric; the short word stays the word that ``compile`` understands."""
    if part.name == SHORT_WORD:
        return part.arguments["name"]
    return _construct(_classes(keras.metrics, METRICS)[part.name], part)


def callback(part: ObjectSpec) -> keras.callbacks.Callback:
    """Construct a callback."""
    return _construct(_classes(keras.callbacks, CALLBACKS)[part.name], part)


def plain(arguments: Mapping[str, Value]) -> dict[str, Any]:
    """Return keyword arguments as Python and NumPy have them; objects among them are made."""
    return {name: _value(value) for name, value in arguments.items()}


def _construct(made: type, part: ObjectSpec) -> object:
    # Parts of a part may draw seeds, and must do so in one order whatever order they came in.
    order = _order(made)
    names = sorted(part.arguments, key=lambda name: (order.get(name, len(order)), name))
    return made(**plain({name: part.arguments[name] for name in names}))


@cache
def _order(made: type) -> dict[str, int]:
    return {name: place for place, name in enumerate(inspect.signature(made).parameters)}


def _value(value: Value) -> object:
    match value:
        case Number(dtype, held):
            return np.dtype(dtype).type(held)
        case ObjectSpec(name):
            return _construct(_inner()[name], value)
        case tuple():
            return tuple(map(_value, value))
    return value


def _classes(module: ModuleType, table: Table) -> dict[str, type]:
    return {name: getattr(module, name) for name in table if name != SHORT_WORD}


@cache
def _layers() -> dict[str, type]:
    return _classes(keras.layers, LAYERS)


@cache
def _inner() -> dict[str, type]:
    """What is only ever an argument of something else; no two of these have the same name."""
    return {
        **_classes(keras.initializers, INITIALIZERS),
        **_classes(keras.regularizers, REGULARIZERS),
        **_classes(keras.constraints, CONSTRAINTS),
        **_classes(keras.optimizers.schedules, SCHEDULES),
    }


def weights(described: tuple[tuple[int, Value], ...] | None) -> dict[int, Any] | None:
    """Return the weights of classes as ``fit`` takes them."""
    return None if described is None else {label: _value(weight) for label, weight in described}
