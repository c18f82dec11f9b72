"""What comes out of each layer of a model, and how many parameters it has, at any size of images.

A model is trained on images of one size, and a question may be about another. So it is worked out
as the trainer does, from the settings of the layers; and first for the size of which it is known,
so that nothing is said of a model that is otherwise, such as one with branches.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from grader.checks.models import is_a
from grader.evidence import Layer, Model
from grader.training.description import ObjectSpec
from grader.training.parameters import parameters
from grader.training.shapes import infer

# Height, width and channels.
Image: TypeAlias = tuple[int, int, int]
Shape: TypeAlias = tuple[int, ...]
_SIZED = {"Resizing", "CenterCrop"}
_AXES = 3


class UnknownSizeError(Exception):
    """What comes out of a layer is not known."""


@dataclass(frozen=True, slots=True)
class LayerSize:
    """What a layer comes to.

    Args:
        layer: The layer.
        shape: What comes out of it, without the axis of the batch.
        parameters: How many it has, trained or not.
    """

    layer: Layer
    shape: Shape
    parameters: int


def sizes(model: Model, image: Image | None = None) -> Sequence[LayerSize]:
    """Return what each layer of a model comes to, in order, but for its input.

    Args:
        model: The model, as it was observed.
        image: Height, width and channels of the images; None for those that it takes.

    Raises:
        UnknownSizeError: That is not known.
        MisfitError: Nothing is left of such an image, or it does not fit the model.
    """
    layers = [layer for layer in model.layers if not is_a(layer, {"InputLayer"})]
    known = [_observed(layer) for layer in layers]
    own = _own(model, image)
    if image is None or image == own:
        return known
    before: Sequence[tuple[Shape, Shape]] = list(_through(layers, own))
    # Of another order than one after the other, something else comes out of them.
    if [after for _, after in before] != [each.shape for each in known]:
        raise UnknownSizeError
    return list(_counted(known, before, image))


def _own(model: Model, image: Image | None) -> Shape:
    """Return the shape of the images that a model takes: of an axis of any length, those asked."""
    axes = (model.input_shape or ())[1:]
    own = tuple(
        length if length is not None else asked
        for length, asked in zip(axes, image or axes, strict=False)
    )
    if len(own) != _AXES or None in own:
        raise UnknownSizeError
    return tuple(axis for axis in own if axis is not None)


def _observed(layer: Layer) -> LayerSize:
    shape = (layer.output_shape or (None, None))[1:]
    if None in shape or layer.parameters is None:
        raise UnknownSizeError
    return LayerSize(layer, tuple(axis for axis in shape if axis is not None), layer.parameters)


def _through(layers: Sequence[Layer], shape: Shape) -> Iterator[tuple[Shape, Shape]]:
    """Yield what goes into each layer and what comes out of it."""
    for layer in layers:
        after = _inferred(layer, shape)
        yield shape, after
        shape = after


def _counted(
    known: Sequence[LayerSize], own: Sequence[tuple[Shape, Shape]], image: Shape
) -> Iterator[LayerSize]:
    changed = _through([each.layer for each in known], image)
    for each, (inputs, _), (others, after) in zip(known, own, changed, strict=True):
        yield LayerSize(each.layer, after, _parameters(each, inputs, others))


def _parameters(known: LayerSize, inputs: Shape, others: Shape) -> int:
    """Return how many parameters a layer has with other inputs than those of which it is known."""
    part = _part(known.layer)
    if _count(part, inputs) == known.parameters:
        return _count(part, others)
    if inputs[-1] != others[-1]:
        raise UnknownSizeError
    return known.parameters


def _count(part: ObjectSpec, inputs: Shape) -> int:
    try:
        return parameters(part, (inputs,))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise UnknownSizeError from error


def _inferred(layer: Layer, shape: Shape) -> Shape:
    """Work out what comes out of a layer.

    Raises:
        UnknownSizeError: It has settings that are not known.
        MisfitError: It cannot be called with that.
    """
    try:
        return infer(_part(layer), (shape,))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise UnknownSizeError from error


def _part(layer: Layer) -> ObjectSpec:
    arguments: dict[str, Any] = {
        name: value for name, value in layer.settings.items() if value is not None
    }
    shape = layer.output_shape or ()
    if layer.type in _SIZED and len(shape) == _AXES + 1:
        arguments |= {"height": shape[1], "width": shape[2]}
    return ObjectSpec(layer.type, arguments)
