"""Layers that slide over an image, or give it another height and width: what they put out."""

import math

from grader.training.axes import Arguments, MisfitError, Shape, channels


def _slid(arguments: Arguments, shape: Shape, size: str, default: Shape | None) -> Shape:
    """Slide a window over an image; the strides of pooling are its window unless they are given."""
    channels(shape)
    window = arguments.get(size, (2, 2))
    strides = arguments.get("strides") or default or window
    dilation = arguments.get("dilation_rate", (1, 1))
    if max(strides) > 1 and max(dilation) > 1:
        raise MisfitError("it has both strides and dilation")
    if arguments.get("padding", "valid") == "same":
        return tuple(math.ceil(n / s) for n, s in zip(shape[:2], strides, strict=True))
    reach = [d * (k - 1) + 1 for k, d in zip(window, dilation, strict=True)]
    return tuple((n - r) // s + 1 for n, r, s in zip(shape[:2], reach, strides, strict=True))


def convolved(arguments: Arguments, shape: Shape) -> Shape:
    """Convolve, in groups of channels or not."""
    groups = arguments.get("groups", 1)
    if channels(shape) % groups or arguments["filters"] % groups:
        raise MisfitError(f"its groups do not divide its channels in shape {shape}")
    return (*_slid(arguments, shape, "kernel_size", (1, 1)), arguments["filters"])


def deepened(arguments: Arguments, shape: Shape) -> Shape:
    """Convolve each channel by itself."""
    depth = channels(shape) * arguments.get("depth_multiplier", 1)
    return (*_slid(arguments, shape, "kernel_size", (1, 1)), depth)


def pooled(arguments: Arguments, shape: Shape) -> Shape:
    """Pool in windows."""
    return (*_slid(arguments, shape, "pool_size", None), shape[2])


def pooled_to_one(arguments: Arguments, shape: Shape) -> Shape:
    """Pool all of an image."""
    ones = (1, 1) if arguments.get("keepdims", False) else ()
    return (*ones, channels(shape))


def resized(arguments: Arguments, shape: Shape) -> Shape:
    """Give another height and width."""
    return (arguments["height"], arguments["width"], channels(shape))


def padded(arguments: Arguments, shape: Shape) -> Shape:
    """Add margins."""
    margins = arguments.get("padding", ((1, 1), (1, 1)))
    return (*(n + sum(m) for n, m in zip(shape[:2], margins, strict=False)), channels(shape))


def cropped(arguments: Arguments, shape: Shape) -> Shape:
    """Cut margins off."""
    margins = arguments.get("cropping", ((0, 0), (0, 0)))
    return (*(n - sum(m) for n, m in zip(shape[:2], margins, strict=False)), channels(shape))


def enlarged(arguments: Arguments, shape: Shape) -> Shape:
    """Repeat rows and columns."""
    factors = arguments.get("size", (2, 2))
    return (*(n * f for n, f in zip(shape[:2], factors, strict=False)), channels(shape))
