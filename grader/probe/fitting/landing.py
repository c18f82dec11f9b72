"""Puts into a model what the grader trained, so that it is as ``fit`` leaves one."""

import math
from collections.abc import Mapping
from typing import Any

from grader.probe.describing.creation import forget
from grader.probe.fitting.connection import Connection
from grader.probe.loaders import undisturbed

MAX_BYTES = 2**30
MAX_ARRAYS = 10_000


def receive(connection: Connection, trained: Mapping[str, Any]) -> list[Any]:
    """Receive the arrays that a message announced.

    Args:
        connection: Where they come from.
        trained: The message.

    Raises:
        ConnectionEndedError: Fewer came, or longer ones.
        ValueError: They were not announced as arrays are.
    """
    announced = list(trained["arrays"])
    if len(announced) > MAX_ARRAYS:
        raise ValueError(f"{len(announced)} arrays are too many")
    left, arrays = MAX_BYTES, []
    for each in announced:
        held = connection.read(left)
        left -= len(held)
        arrays.append(_array(held, each))
    return arrays


def _array(held: bytearray, announced: Mapping[str, Any]) -> Any:
    import numpy as np

    shape = tuple(int(length) for length in announced["shape"])
    dtype = np.dtype(str(announced["dtype"]))
    if dtype.hasobject or math.prod(shape) * dtype.itemsize != len(held):
        raise ValueError("an array has another size than was announced")
    return np.frombuffer(held, dtype).reshape(shape)


def land(model: Any, loader: Any, arrays: list[Any], iterations: int) -> None:
    """Give a model its weights, and its optimizer the steps that it made.

    Args:
        model: The model, compiled; it is built if it is not.
        loader: What it was trained on.
        arrays: In the order of ``model.weights``.
        iterations: Of the optimizer.

    Raises:
        ValueError: They are not this model's.
    """
    _build(model, loader)
    expected = [tuple(variable.shape) for variable in model.weights]
    found = [array.shape for array in arrays]
    if expected != found:
        raise ValueError("the weights have other shapes than the model")
    model.set_weights(arrays)
    forget(model)
    model.optimizer.iterations.assign(iterations)


def _build(model: Any, loader: Any) -> None:
    with undisturbed():
        batch = loader[0]
    model._symbolic_build(data_batch=batch)  # noqa: SLF001 - only training builds all of it


def advance(loader: Any, arguments: Mapping[str, Any], epochs: int) -> None:
    """Leave a loader as if it had been trained on.

    Args:
        loader: A ``DirectoryIterator``.
        arguments: What ``fit`` was given, by name.
        epochs: How many were made.
    """
    steps = arguments.get("steps_per_epoch") or len(loader)
    loader.total_batches_seen += epochs * steps
    loader.on_epoch_end()
