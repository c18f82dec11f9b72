"""What comes out of a layer, worked out as Keras does, but without Keras and before it is made.

Shapes are without the axis of the batch: an image of height, width and channels is ``(h, w, c)``.
Sources: ``compute_output_shape`` of Keras 3.15.1, and its argument defaults.
"""

import math
from collections.abc import Callable, Mapping
from typing import cast

from grader.training import windows
from grader.training.axes import Arguments, MisfitError, Shape, axis_of, channels
from grader.training.description import ObjectSpec


def infer(part: ObjectSpec, inputs: tuple[Shape, ...]) -> Shape:
    """Work out the shape of a layer's output.

    Args:
        part: The layer, accepted.
        inputs: Shapes of what it is called with.

    Raises:
        MisfitError: They do not fit the layer, or nothing would be left.
    """
    if part.name in _MERGING:
        return _merge(part, inputs)
    if part.name == "InputLayer":
        return cast("Shape", part.arguments["shape"])
    if len(inputs) != 1:
        raise MisfitError(f"it takes one input, found {len(inputs)}")
    shape = _ONE_INPUT.get(part.name, _same)(part.arguments, inputs[0])
    if min(shape, default=1) < 1:
        raise MisfitError(f"nothing is left of its input of shape {inputs[0]}")
    return shape


def _same(_: Arguments, shape: Shape) -> Shape:
    return shape


def _image(_: Arguments, shape: Shape) -> Shape:
    channels(shape)
    return shape


def _flat(_: Arguments, shape: Shape) -> Shape:
    return (math.prod(shape),)


def _dense(arguments: Arguments, shape: Shape) -> Shape:
    return (*shape[:-1], arguments["units"])


def _reshaped(arguments: Arguments, shape: Shape) -> Shape:
    target, size = arguments["target_shape"], math.prod(shape)
    known = math.prod(axis for axis in target if axis != -1)
    if target.count(-1) > 1 or 0 in target or (-1 in target and size % known):
        raise MisfitError(f"shape {shape} cannot become {target}")
    found = tuple(size // known if axis == -1 else axis for axis in target)
    if math.prod(found) != size:
        raise MisfitError(f"shape {shape} cannot become {target}")
    return found


def _permuted(arguments: Arguments, shape: Shape) -> Shape:
    dims = arguments["dims"]
    if sorted(dims) != list(range(1, len(shape) + 1)):
        raise MisfitError(f"the axes {dims} are not those of shape {shape}")
    return tuple(shape[axis - 1] for axis in dims)


def _along_axes(arguments: Arguments, shape: Shape) -> Shape:
    axes = arguments.get("axis", -1)
    for axis in axes if isinstance(axes, tuple) else (axes,):
        axis_of(axis, shape)
    return shape


def _grouped(arguments: Arguments, shape: Shape) -> Shape:
    length = shape[axis_of(arguments.get("axis", -1), shape)]
    groups = arguments.get("groups", 32)
    if groups != -1 and (groups < 1 or length % groups):
        raise MisfitError(f"{groups} groups do not divide {length} channels")
    return shape


def _merge(part: ObjectSpec, inputs: tuple[Shape, ...]) -> Shape:
    if len(inputs) < 2 or (part.name == "Subtract" and len(inputs) > 2):  # noqa: PLR2004 - two sides
        raise MisfitError(f"it cannot merge {len(inputs)} inputs")
    if len({len(shape) for shape in inputs}) > 1:
        raise MisfitError(f"shapes {', '.join(map(str, inputs))} do not go together")
    if part.name == "Concatenate":
        return _concatenated(part.arguments, inputs)
    return tuple(_common(lengths, inputs) for lengths in zip(*inputs, strict=True))


def _common(lengths: tuple[int, ...], inputs: tuple[Shape, ...]) -> int:
    if len({length for length in lengths if length != 1}) > 1:
        raise MisfitError(f"shapes {', '.join(map(str, inputs))} do not go together")
    return max(lengths)


def _concatenated(arguments: Arguments, inputs: tuple[Shape, ...]) -> Shape:
    place = axis_of(arguments.get("axis", -1), inputs[0])
    if len({shape[:place] + shape[place + 1 :] for shape in inputs}) > 1:
        raise MisfitError(f"shapes {', '.join(map(str, inputs))} do not go together")
    total = sum(shape[place] for shape in inputs)
    return (*inputs[0][:place], total, *inputs[0][place + 1 :])


_MERGING = frozenset(
    {"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"}
)
_ONE_INPUT: Mapping[str, Callable[[Arguments, Shape], Shape]] = {
    "Conv2D": windows.convolved,
    "SeparableConv2D": windows.convolved,
    "DepthwiseConv2D": windows.deepened,
    "MaxPooling2D": windows.pooled,
    "AveragePooling2D": windows.pooled,
    "GlobalMaxPooling2D": windows.pooled_to_one,
    "GlobalAveragePooling2D": windows.pooled_to_one,
    "Flatten": _flat,
    "Reshape": _reshaped,
    "Permute": _permuted,
    "Dense": _dense,
    "Softmax": _along_axes,
    "BatchNormalization": _along_axes,
    "LayerNormalization": _along_axes,
    "UnitNormalization": _along_axes,
    "GroupNormalization": _grouped,
    "SpatialDropout2D": _image,
    "RandomFlip": _image,
    "RandomRotation": _image,
    "RandomZoom": _image,
    "RandomTranslation": _image,
    "RandomContrast": _image,
    "RandomBrightness": _image,
    "RandomShear": _image,
    "RandomPerspective": _image,
    "RandomErasing": _image,
    "RandomGaussianBlur": _image,
    "RandomInvert": _image,
    "Solarization": _image,
    "AutoContrast": _image,
    "Resizing": windows.resized,
    "CenterCrop": windows.resized,
    "ZeroPadding2D": windows.padded,
    "Cropping2D": windows.cropped,
    "UpSampling2D": windows.enlarged,
}
