"""Puts into a model what the grader trained, so that it is as ``fit`` leaves one."""

from typing import Any

from grader.probe.describing.creation import forget
from grader.probe.describing.data import Data
from grader.probe.naming import names_kept


def land(model: Any, weights: list[Any], iterations: int) -> None:
    """Give a model its weights, and its optimizer the steps that it made.

    Args:
        model: The model, compiled and built.
        weights: In the order of ``model.weights``.
        iterations: Of the optimizer.

    Raises:
        ValueError: They are not this model's.
    """
    expected = [tuple(variable.shape) for variable in model.weights]
    found = [array.shape for array in weights]
    if expected != found:
        raise ValueError("the weights have other shapes than the model")
    model.set_weights(weights)
    forget(model)
    # Where gradients are accumulated, the public ones are no variable.
    model.optimizer._iterations.assign(iterations)  # noqa: SLF001


def build(model: Any, data: Data) -> None:
    """Make all variables of a model that training makes before its first step.

    Args:
        model: The model, compiled.
        data: What it is trained on.
    """
    batch = data.batch()
    if not model.built:
        model.build(batch[0].shape)
    # A training by Keras builds the rest of it with tensors, and uses up no names for symbols.
    with names_kept("keras_tensor", "scratch_graph"):
        model._symbolic_build(data_batch=batch)  # noqa: SLF001 - only training builds all of it
