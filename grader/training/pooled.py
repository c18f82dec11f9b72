"""Adds bias and activation after pooling instead of before it, on a quarter of the numbers.

Adding a number and ReLU keep the order of what they are applied to, rounding included, so the
maximum may be taken first: the outputs are the same to the last digit. The gradients are too, but
for sums in another order and for windows in which rounding made two values equal.
"""

from collections.abc import Callable
from typing import TypeAlias

import keras
import tensorflow as tf

Call: TypeAlias = Callable[[tf.Tensor], tf.Tensor]


def pool_first(model: keras.Model) -> None:
    """Have convolutions with ReLU whose outputs only a maximum pooling sees compute so.

    Args:
        model: Functional and built, not traced yet.
    """
    for layer in model.layers:
        pooling = _pooled_by(layer)
        if pooling is not None and layer.output is not model.output:
            layer.call, pooling.call = _only_convolved(layer), _finished(layer, pooling.call)


def _pooled_by(layer: keras.Layer) -> keras.Layer | None:
    if type(layer) is not keras.layers.Conv2D or layer.activation is not keras.activations.relu:
        return None
    uses = layer._outbound_nodes  # noqa: SLF001 - a graph has no public way to go along it
    if len(uses) != 1 or layer.activity_regularizer is not None:
        return None
    pooling = uses[0].operation
    return pooling if type(pooling) is keras.layers.MaxPooling2D else None


def _only_convolved(convolution: keras.Layer) -> Call:
    return lambda inputs: convolution.convolution_op(inputs, convolution.kernel)


def _finished(convolution: keras.Layer, pool: Call) -> Call:
    def call(inputs: tf.Tensor) -> tf.Tensor:
        outputs = pool(inputs)
        if convolution.use_bias:
            outputs = tf.nn.bias_add(outputs, convolution.bias)
        return tf.nn.relu(outputs)

    return call
