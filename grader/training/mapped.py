"""Does again what a function did that was mapped over a ``tf.data.Dataset``."""

import functools
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import tensorflow as tf

from grader.training import objects
from grader.training.description import ObjectSpec
from grader.training.pipeline_specs import MapSpec
from grader.training.tables.pipelines import STEADY

Tensor: TypeAlias = Any
Change: TypeAlias = Callable[[Tensor], Tensor]


class Mapped:
    """A function to be mapped over elements of images, labels and the places of these.

    Args:
        made: What it does. Layers are made now, and those that are random draw their seeds.
    """

    def __init__(self, made: MapSpec) -> None:
        self._x = Steps(made.x)
        self._y = [_of_labels(step) for step in made.y]

    def __call__(self, x: Tensor, y: Tensor, place: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return an element, changed."""
        for change in self._y:
            y = change(y)
        return self._x(x), y, place


class Steps:
    """What is done to images.

    Args:
        steps: In their order.
    """

    def __init__(self, steps: Sequence[ObjectSpec]) -> None:
        self._changes = [_of_images(step) for step in steps]

    def __call__(self, x: Tensor) -> Tensor:
        """Return images (..., height, width, channels), changed."""
        for change in self._changes:
            x = change(x)
        return x


_ARITHMETIC = {
    "Add": tf.add,
    "Subtract": tf.subtract,
    "Multiply": tf.multiply,
    "Divide": tf.divide,
}


def _of_images(step: ObjectSpec) -> Change:
    given = objects.plain(step.arguments)
    if step.name == "Cast":
        return functools.partial(tf.cast, dtype=given["dtype"])
    if step.name == "Resize":
        return functools.partial(tf.image.resize, size=given["size"])
    if step.name in _ARITHMETIC:
        return functools.partial(_computed, _ARITHMETIC[step.name], float(given["by"]))
    layer = objects.layer(step)
    if step.name in STEADY:
        return functools.partial(layer)
    return functools.partial(layer, training=True)


def _computed(compute: Callable[[Tensor, Tensor], Tensor], by: float, x: Tensor) -> Tensor:
    # In the type of the images, as TensorFlow has taken the number for that.
    return compute(x, tf.constant(by, x.dtype))


def _of_labels(step: ObjectSpec) -> Change:
    given = objects.plain(step.arguments)
    if step.name == "OneHot":
        return functools.partial(_one_hot, given["classes"])
    if step.name == "ExpandDims":
        return functools.partial(tf.expand_dims, axis=-1)
    return functools.partial(tf.cast, dtype=given["dtype"])


def _one_hot(classes: int, y: Tensor) -> Tensor:
    return tf.one_hot(tf.cast(y, tf.int32), classes)
