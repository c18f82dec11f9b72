"""Updates weights with TensorFlow's own kernels: one pass over memory where Keras makes many.

Keras 3 writes an optimizer's step as a chain of operations, each of which reads and writes all
weights: nearly half of a step's time in a model with millions of them. TensorFlow has the same
formulas as single kernels. Tracing them is quicker, too, so that small models gain as well. The
results differ from Keras' in their last digits.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import keras
import tensorflow as tf

# Updates one variable: its place among the optimizer's, its resource, its gradient.
Kernel: TypeAlias = Callable[[int, tf.Tensor, tf.Tensor], None]
Variable: TypeAlias = tf.Variable | keras.Variable
_OPS = tf.raw_ops


def fuse(model: keras.Model) -> bool:
    """Have a model's weights updated so, if there is a kernel for what its optimizer does.

    Clipping, decaying, averaging and accumulating stay Keras'.

    Args:
        model: Compiled, not trained yet.

    Returns:
        Whether there is one.
    """
    optimizer = model.optimizer
    optimizer.build(model.trainable_variables)
    start = _start(optimizer)
    if start is None:
        return False

    def update(
        gradients: Sequence[tf.Tensor], variables: Sequence[Variable], learning_rate: tf.Tensor
    ) -> None:
        kernel = start(tf.cast(learning_rate, tf.float32))
        for gradient, variable in zip(gradients, variables, strict=True):
            kernel(optimizer._get_variable_index(variable), _resource(variable), gradient)  # noqa: SLF001

    # What Keras leaves to its backends to replace.
    optimizer._backend_update_step = update  # noqa: SLF001
    return True


def _start(optimizer: keras.Optimizer) -> Callable[[tf.Tensor], Kernel] | None:
    """Return what makes the kernel of a step out of the learning rate."""
    match type(optimizer).__name__:
        case "SGD":
            return lambda rate: _sgd(optimizer, rate)
        case "RMSprop" if not optimizer.centered:
            moments = _moments(optimizer)
            return lambda rate: _rmsprop(optimizer, moments, rate)
        case "Adam" | "AdamW" if not optimizer.amsgrad:
            return lambda rate: _adam(optimizer, rate)
    return None


def _sgd(optimizer: keras.Optimizer, rate: tf.Tensor) -> Kernel:
    def plain(_: int, resource: tf.Tensor, gradient: tf.Tensor) -> None:
        _OPS.ResourceApplyGradientDescent(var=resource, alpha=rate, delta=gradient)

    def with_momentum(place: int, resource: tf.Tensor, gradient: tf.Tensor) -> None:
        _OPS.ResourceApplyKerasMomentum(
            var=resource,
            accum=_resource(optimizer.momentums[place]),
            lr=rate,
            grad=gradient,
            momentum=optimizer.momentum,
            use_nesterov=optimizer.nesterov,
        )

    return with_momentum if optimizer.momentum else plain


def _rmsprop(optimizer: keras.Optimizer, moments: Sequence[Variable], rate: tf.Tensor) -> Kernel:
    def kernel(place: int, resource: tf.Tensor, gradient: tf.Tensor) -> None:
        _OPS.ResourceApplyRMSProp(
            var=resource,
            ms=_resource(optimizer._velocities[place]),  # noqa: SLF001 - it has no public name
            mom=_resource(moments[place]),
            lr=rate,
            rho=optimizer.rho,
            momentum=optimizer.momentum,
            epsilon=optimizer.epsilon,
            grad=gradient,
        )

    return kernel


def _moments(optimizer: keras.Optimizer) -> list[Variable]:
    """Return the moments of RMSprop; its kernel wants them even when there is no momentum."""
    made = list(optimizer._momentums)  # noqa: SLF001 - they have no public name
    velocities = optimizer._velocities  # noqa: SLF001
    return made or [tf.Variable(tf.zeros(each.shape), trainable=False) for each in velocities]


def _adam(optimizer: keras.Optimizer, rate: tf.Tensor) -> Kernel:
    # Where gradients are accumulated, it is no variable.
    step = keras.ops.cast(optimizer.iterations + 1, "float32")
    first, second = (
        tf.pow(tf.constant(beta, tf.float32), step) for beta in (optimizer.beta_1, optimizer.beta_2)
    )

    def kernel(place: int, resource: tf.Tensor, gradient: tf.Tensor) -> None:
        _OPS.ResourceApplyAdam(
            var=resource,
            m=_resource(optimizer._momentums[place]),  # noqa: SLF001 - it has no public name
            v=_resource(optimizer._velocities[place]),  # noqa: SLF001
            beta1_power=first,
            beta2_power=second,
            lr=rate,
            beta1=optimizer.beta_1,
            beta2=optimizer.beta_2,
            epsilon=optimizer.epsilon,
            grad=gradient,
        )

    return kernel


def _resource(variable: Variable) -> tf.Tensor:
    return (variable.value if isinstance(variable, keras.Variable) else variable).handle
