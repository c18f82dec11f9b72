"""Answers that follow from the student's own model or loader by arithmetic.

What is right is worked out from the layers that the model has and from what the loader finds, and
is told by no report. A question may be about images of another size than those that a model is
trained on: what would come out of its layers then is worked out as well.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from math import prod
from types import MappingProxyType
from typing import TypeAlias

from grader.checks.declaration import Expectation, ProbeFault, missed
from grader.checks.models import CONVOLUTIONS, POOLING, is_a
from grader.evidence import Loader, Model
from grader.kinds.value.view import ValueView
from grader.kinds.value.view.layer_sizes import Image, LayerSize, Shape, UnknownSizeError, sizes
from grader.training.axes import MisfitError

BIASES = "Has each filter, and each unit of a dense layer, one parameter more than it has inputs?"
MAPS = "How many maps of that height and width are there?"
OTHER_SIZE = "Is that for images of the size that the question is about?"
LEFT_OVER = "What becomes of the images that are left over after the last whole batch?"
_UNKNOWN = "the grader cannot work out what {} is to be, so that a person must look at it"
_UNCOUNTED = "the images of {}, or how many come at a time, are not known: a person must look at {}"
_NO_LAYERS = "a model with layers that the question is about"
# What is right of a model, by what its layers come to; None where it has no such layers.
Right: TypeAlias = Callable[[Sequence[LayerSize]], object]
_NOTHING: Mapping[str, Right] = MappingProxyType({})


def parameters(value: ValueView, model: Model, image: Image | None = None) -> Expectation:
    """A value is how many parameters the model has, trained or not, for images of that shape.

    Args:
        value: What the student wrote down.
        model: The student's own.
        image: Height, width and channels of the images; None for those that the model takes.

    Raises:
        ProbeFault: It cannot be worked out, so that a person must look.
    """
    return _compared(value, model, image, _parameters, {BIASES: _without_biases})


def sides(value: ValueView, model: Model, image: Image | None = None) -> Expectation:
    """A value lists the heights of the maps after each convolution and pooling, in order.

    Of maps that are not as wide as high, pairs of height and width.

    Args:
        value: What the student wrote down.
        model: The student's own.
        image: As of ``parameters``.

    Raises:
        ProbeFault: It cannot be worked out, so that a person must look.
    """
    return _compared(value, model, image, _sides)


def last_side(value: ValueView, model: Model, image: Image | None = None) -> Expectation:
    """A value is the height of the last maps, or the pair of height and width if these differ.

    Args:
        value: What the student wrote down.
        model: The student's own.
        image: As of ``parameters``.

    Raises:
        ProbeFault: It cannot be worked out, so that a person must look.
    """
    return _compared(value, model, image, _last_side)


def flat(value: ValueView, model: Model, image: Image | None = None) -> Expectation:
    """A value is how many numbers of an image reach the first dense layer.

    Args:
        value: What the student wrote down.
        model: The student's own.
        image: As of ``parameters``.

    Raises:
        ProbeFault: It cannot be worked out, so that a person must look.
    """
    return _compared(value, model, image, _flat, {MAPS: _of_one_map})


def batches(value: ValueView, loader: Loader, *counts: int) -> Expectation:
    """A value is how many batches show all images once, the last of which may be a smaller one.

    Args:
        value: What the student wrote down.
        loader: The student's own: how many images it finds, and how many come at a time.
        counts: Other numbers of images that are right as well, such as that of the folders that
            students have, where a grading profile takes fewer.

    Raises:
        ProbeFault: It cannot be worked out, so that a person must look.
    """
    size = loader.batch_size or next(iter(loader.batch_shape or ()), None)
    if not size or loader.images is None:
        raise ProbeFault(_UNCOUNTED.format(loader.name, value.name))
    images = (loader.images, *counts)
    whole = any(value.equals(each // size).met for each in images)
    found = [value.equals(-(-each // size)) for each in images]
    right = next((each for each in found if each.met), found[0])
    return _hinted(right, LEFT_OVER if whole else "")


def _compared(
    value: ValueView,
    model: Model,
    image: Image | None,
    right_of: Right,
    near: Mapping[str, Right] = _NOTHING,
) -> Expectation:
    """Compare a value with what is right.

    Args:
        value: What the student wrote down.
        model: The student's own.
        image: As of ``parameters``.
        right_of: What is right.
        near: What it is by a mistake that is common, by the hint that fits it.
    """
    try:
        layers = sizes(model, image)
        right = right_of(layers)
    except UnknownSizeError:
        raise ProbeFault(_UNKNOWN.format(value.name)) from None
    except MisfitError as error:
        return missed("a model that has something left of such images", error)
    if right is None:
        return missed(_NO_LAYERS, "no such layers")
    known = [(hint, wrong(layers)) for hint, wrong in near.items()]
    if image is not None:
        with suppress(UnknownSizeError, MisfitError):
            known.append((OTHER_SIZE, right_of(sizes(model))))
    found = _equals(value, right)
    hints = (hint for hint, wrong in known if wrong is not None and _equals(value, wrong).met)
    return _hinted(found, next(hints, ""))


def _equals(value: ValueView, right: object) -> Expectation:
    return value.in_order(right) if isinstance(right, list) else value.equals(right)


def _hinted(found: Expectation, hint: str) -> Expectation:
    return found if found.met or not hint else replace(found, hint=hint)


def _parameters(layers: Sequence[LayerSize]) -> int:
    return sum(each.parameters for each in layers)


def _without_biases(layers: Sequence[LayerSize]) -> int:
    biased = (each for each in layers if each.layer.settings.get("use_bias") is True)
    return _parameters(layers) - sum(each.shape[-1] for each in biased)


def _maps(layers: Sequence[LayerSize]) -> list[Shape]:
    return [each.shape for each in layers if is_a(each.layer, CONVOLUTIONS | POOLING)]


def _side(shape: Shape) -> object:
    height, width = shape[:2]
    return height if height == width else (height, width)


def _sides(layers: Sequence[LayerSize]) -> list[object] | None:
    return list(map(_side, _maps(layers))) or None


def _last_side(layers: Sequence[LayerSize]) -> object:
    maps = _maps(layers)
    return _side(maps[-1]) if maps else None


def _flat(layers: Sequence[LayerSize]) -> int | None:
    dense = next((at for at, each in enumerate(layers) if is_a(each.layer, {"Dense"})), 0)
    return prod(layers[dense - 1].shape) if dense else None


def _of_one_map(layers: Sequence[LayerSize]) -> int | None:
    maps = _maps(layers)
    return prod(maps[-1][:2]) if maps else None
