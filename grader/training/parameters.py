"""How many weights a layer holds, trained or not.

Source: what each layer's ``build`` adds in Keras 3.15.1.
"""

import math
from collections.abc import Callable, Mapping

from grader.training.axes import Arguments, MisfitError, Shape, axis_of
from grader.training.description import ObjectSpec


def parameters(part: ObjectSpec, inputs: tuple[Shape, ...]) -> int:
    """Count the weights of a layer.

    Args:
        part: The layer, accepted.
        inputs: Shapes of what it is called with; they fit.

    Raises:
        MisfitError: There is no such axis as it normalises.
    """
    count = _PARAMETERS.get(part.name)
    return 0 if count is None else count(part.arguments, inputs[0])


def _bias(arguments: Arguments, outputs: int) -> int:
    return outputs if arguments.get("use_bias", True) else 0


def _window(arguments: Arguments) -> int:
    height, width = arguments["kernel_size"]
    return int(height * width)


def _deep(arguments: Arguments, shape: Shape) -> int:
    return shape[2] * int(arguments.get("depth_multiplier", 1))


def _convolution(arguments: Arguments, shape: Shape) -> int:
    filters: int = arguments["filters"]
    inputs = shape[2] // int(arguments.get("groups", 1))
    return _window(arguments) * inputs * filters + _bias(arguments, filters)


def _separable(arguments: Arguments, shape: Shape) -> int:
    filters: int = arguments["filters"]
    deep = _deep(arguments, shape)
    return _window(arguments) * deep + deep * filters + _bias(arguments, filters)


def _depthwise(arguments: Arguments, shape: Shape) -> int:
    deep = _deep(arguments, shape)
    return _window(arguments) * deep + _bias(arguments, deep)


def _dense(arguments: Arguments, shape: Shape) -> int:
    units: int = arguments["units"]
    return shape[-1] * units + _bias(arguments, units)


def _leaks(arguments: Arguments, shape: Shape) -> int:
    shared = arguments.get("shared_axes") or ()
    if shared and max(shared) > len(shape):
        raise MisfitError(f"there is no axis {max(shared)} for it in shape {shape}")
    return math.prod(length for at, length in enumerate(shape, 1) if at not in shared)


def _normalized(arguments: Arguments, shape: Shape) -> int:
    axes = arguments.get("axis", -1)
    places = {axis_of(axis, shape) for axis in (axes if isinstance(axes, tuple) else (axes,))}
    each: int = math.prod(shape[at] for at in places)
    return each * sum(bool(arguments.get(name, True)) for name in ("center", "scale"))


def _batch_normalized(arguments: Arguments, shape: Shape) -> int:
    moving = 2 * shape[axis_of(arguments.get("axis", -1), shape)]
    return _normalized(arguments, shape) + moving


_PARAMETERS: Mapping[str, Callable[[Arguments, Shape], int]] = {
    "Conv2D": _convolution,
    "SeparableConv2D": _separable,
    "DepthwiseConv2D": _depthwise,
    "Dense": _dense,
    "PReLU": _leaks,
    "BatchNormalization": _batch_normalized,
    "LayerNormalization": _normalized,
    "GroupNormalization": _normalized,
}
