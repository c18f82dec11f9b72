"""Computes the gradients of large dense layers in a faster order."""

from collections.abc import Callable

import keras
import tensorflow as tf

# Below this many weights there is little to gain.
LARGE = 2**18
_VECTORS = 2


def quicken(model: keras.Model) -> None:
    """Have the large dense layers of a model that follow a Flatten compute so.

    For small batches TensorFlow multiplies by a transposed kernel at half the speed at which it
    multiplies the kernel by what comes and transposes the result. The numbers differ in their last
    digits.

    Args:
        model: Built, not traced yet.
    """
    for layer in model.layers:
        if type(layer) is keras.layers.Dense and _large(layer):
            layer.call = _call(layer)


def _large(layer: keras.Layer) -> bool:
    weights = layer.kernel.shape[0] * layer.kernel.shape[1]
    return len(layer.input.shape) == _VECTORS and weights >= LARGE


def _call(layer: keras.Layer) -> Callable[..., tf.Tensor]:
    def call(inputs: tf.Tensor, training: bool | None = None) -> tf.Tensor:  # noqa: ARG001, FBT001 - Keras'
        outputs = _multiplied(inputs, tf.convert_to_tensor(layer.kernel))
        if layer.use_bias:
            outputs = tf.nn.bias_add(outputs, layer.bias)
        return layer.activation(outputs) if layer.activation else outputs

    return call


@tf.custom_gradient  # type: ignore[untyped-decorator]
def _multiplied(inputs: tf.Tensor, kernel: tf.Tensor) -> tuple[tf.Tensor, Callable[..., object]]:
    def gradients(above: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        to_inputs = tf.transpose(tf.matmul(kernel, above, transpose_b=True))
        return to_inputs, tf.matmul(inputs, above, transpose_a=True)

    return tf.matmul(inputs, kernel), gradients
