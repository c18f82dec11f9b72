"""Messages that the grader and a trainer exchange, besides ``Reply``, ``Snapshot`` and refusals."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from grader.wire.messages import (
    Failed,
    Fields,
    Message,
    OneOf,
    Reason,
    Refused,
    Snapshot,
    WithArrays,
)

# From the grader to a trainer


@dataclass(frozen=True, slots=True, kw_only=True)
class Train(Message):
    """Has a description trained.

    Args:
        description: What is trained.
        plan: How, as ``training.results.Plan`` has it.
        dataset: Folder of the images.
        wanted: What is to be shown of each epoch.
        earlier: Trainings that it goes on from.
    """

    kind = "train"
    description: Fields
    plan: Fields
    dataset: str
    wanted: Fields
    earlier: list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examine(WithArrays):
    """Has weights measured that were trained elsewhere.

    Args:
        network: The model that they belong to.
        plan: Of the run, as for ``Train``.
        dataset: Folder of the images.
        turned: By how many classes the labels are shifted.
        counts: How many of the arrays are of each set of weights.
    """

    kind = "examine"
    network: Fields
    plan: Fields
    dataset: str
    turned: int
    counts: list[int]


# From a trainer to the grader


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochMade(Message):
    """Reports an epoch, and waits for a ``Reply``.

    Args:
        epoch: As ``training.results.Epoch`` has it.
    """

    kind = "made"
    epoch: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored(Message):
    """Says that the training has ended; a frame follows, as ``training.stored`` writes it."""

    kind = "stored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(Message):
    """Answers ``Examine``.

    Args:
        shares: Of all images classified correctly, one for each set of weights.
    """

    kind = "measured"
    shares: list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherImages(Reason):
    """Says that a description is of other images than the trainer's."""

    kind = "elsewhere"


# What is expected where

Reasons: TypeAlias = OtherImages | Refused | Failed
TASK: OneOf[Train | Examine] = OneOf(Train, Examine)
TRAINING: OneOf[EpochMade | Snapshot | Stored | Reasons] = OneOf(
    EpochMade, Snapshot, Stored, OtherImages, Refused, Failed
)
MEASURED: OneOf[Measured | Reasons] = OneOf(Measured, OtherImages, Refused, Failed)
