"""Why a training that reached its target may have learnt nothing, so that this is to be tried.

Weights that begin at random know nothing. What a network knows before its training is in weights
that do not begin so, in the place that it is made to look at, or in luck, and shows in how it is
trained: hardly, or hardly long enough. None of this is forbidden, and each has honest uses.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from grader.training import usual
from grader.training.description import Description, ObjectSpec, Source, Value
from grader.training.pipeline_specs import PipelineSpec
from grader.training.results import Trained
from grader.training.streams import stream_of

# Of all images, before training, by these labels or exchanged ones. Random weights come to nine
# tenths now and then (91 % at most in docs/luck.md).
_WELL = 0.95
# Trainings of docs/luck.md need four epochs at least; with normalisation, two.
_FEWEST, _FEWEST_NORMALISED = 3, 2
_NORMALISED = frozenset({"BatchNormalization", "LayerNormalization", "GroupNormalization"})
# Honest trainings change each kernel by more than a hundredth of its length.
_STILL = 1e-4
_CROPPING = frozenset({"Cropping2D", "CenterCrop"})
_CONVOLUTIONS = frozenset({"Conv2D", "SeparableConv2D"})
_FEW_FILTERS = 4
_MOST_RESCALINGS = 2


class Reason(StrEnum):
    """A reason to try whether a network learns exchanged labels as well."""

    KERNELS = "kernels that begin, or are bound, in an unusual way"
    OFFSETS = "biases or factors that begin, or are bound, in an unusual way"
    NARROW = "a convolution of very few filters"
    SPOT = "a part of the image that is cut out, or unusual factors"
    RATE = "an unusual learning rate"
    STILL = "a kernel that training hardly changed, such as that of a frozen layer"
    BEFORE = "an accuracy that was unusual before training"
    EARLY = "a target that was reached unusually soon"


def reasons(
    description: Description, trained: Trained, epochs: int, classes: int
) -> frozenset[Reason]:
    """Return all reasons that there are.

    Args:
        description: Of the training.
        trained: What came of it.
        epochs: After how many epochs it reached its target, those before it counted.
        classes: How many classes there are.
    """
    parts = [layer.part for layer in description.architecture.layers]
    found = {
        Reason.KERNELS: not all(map(usual.kernels, parts)),
        Reason.OFFSETS: not all(map(usual.offsets, parts)),
        Reason.NARROW: any(map(_narrow, parts)),
        Reason.SPOT: _spots(parts) or _spotted(description.loader),
        Reason.RATE: not all(map(usual.rate, _rates(description.compile.optimizer))),
        Reason.STILL: trained.moved is not None and trained.moved < _STILL,
        Reason.BEFORE: _unusual(trained.measured.known, classes),
        Reason.EARLY: epochs < _fewest(parts),
    }
    return frozenset(reason for reason, holds in found.items() if holds)


def mirrors(found: frozenset[Reason]) -> bool:
    """Whether it is to be tried as well with images that are upside down.

    A network that cuts out a part of its image would look at another one then. So this is asked
    only of kernels that may have been made for what is there.

    Args:
        found: Reasons to try.
    """
    return not found.isdisjoint({Reason.KERNELS, Reason.STILL})


def _narrow(part: ObjectSpec) -> bool:
    filters = usual.number(part.arguments.get("filters"))
    return part.name in _CONVOLUTIONS and filters is not None and filters < _FEW_FILTERS


def _spots(parts: list[ObjectSpec]) -> bool:
    rescalings = [part for part in parts if part.name == "Rescaling"]
    return (
        len(rescalings) > _MOST_RESCALINGS
        or not all(map(usual.rescaling, rescalings))
        or not _CROPPING.isdisjoint(part.name for part in parts)
    )


def _spotted(source: Source) -> bool:
    """Whether a dataset cuts out a part of its images, or scales them by unusual factors."""
    if not isinstance(source, PipelineSpec):
        return False
    steps = stream_of(source).steps
    return not usual.scaling(steps) or not _CROPPING.isdisjoint(step.name for step in steps)


def _rates(optimizer: ObjectSpec) -> Iterator[float]:
    rate = optimizer.arguments.get("learning_rate")
    yield from _numbers(rate.arguments if isinstance(rate, ObjectSpec) else {"values": rate})


def _numbers(arguments: Mapping[str, Value]) -> Iterator[float]:
    for name in ("initial_learning_rate", "warmup_target", "values"):
        held = arguments.get(name)
        found = map(usual.number, held if isinstance(held, tuple) else (held,))
        yield from (each for each in found if each is not None)


def _unusual(before: float, classes: int) -> bool:
    exchanged = 1 - before if classes == 2 else 0.0  # noqa: PLR2004
    return max(before, exchanged) >= _WELL


def _fewest(parts: list[ObjectSpec]) -> int:
    normalised = not _NORMALISED.isdisjoint(part.name for part in parts)
    return _FEWEST_NORMALISED if normalised else _FEWEST
