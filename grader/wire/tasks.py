"""Messages that the grader and a trainer exchange, besides replies, snapshots and refusals."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from grader.wire.messages import (
    FailedMessage,
    Fields,
    Message,
    OneOf,
    ReasonMessage,
    RefusedMessage,
    SnapshotMessage,
    WithArrays,
)

# From the grader to a trainer


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainMessage(Message):
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
class ExamineMessage(WithArrays):
    """Has weights measured that were trained elsewhere.

    Args:
        network: The model that they belong to.
        plan: Of the run, as for ``TrainMessage``.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWeightsMessage(Message):
    """Has the model read that was saved to a file, which lies in the trainer's folder."""

    kind = "read"


# From a trainer to the grader


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochMadeMessage(Message):
    """Reports an epoch, and waits for a reply.

    Args:
        epoch: As ``training.results.Epoch`` has it.
    """

    kind = "made"
    epoch: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMessage(Message):
    """Says that the training has ended; a frame follows, as ``training.stored`` writes it."""

    kind = "stored"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredMessage(Message):
    """Answers ``ExamineMessage``.

    Args:
        shares: Of all images classified correctly, one for each set of weights.
    """

    kind = "measured"
    shares: list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsReadMessage(Message):
    """Answers ``ReadWeightsMessage``.

    Args:
        digests: Of all arrays of the model, in no order.
    """

    kind = "read-weights"
    digests: list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherImagesMessage(ReasonMessage):
    """Says that a description is of other images than the trainer's."""

    kind = "elsewhere"


# What is expected where

Reasons: TypeAlias = OtherImagesMessage | RefusedMessage | FailedMessage
TASK: OneOf[TrainMessage | ExamineMessage | ReadWeightsMessage] = OneOf(
    TrainMessage, ExamineMessage, ReadWeightsMessage
)
TRAINING: OneOf[EpochMadeMessage | SnapshotMessage | StoredMessage | Reasons] = OneOf(
    EpochMadeMessage,
    SnapshotMessage,
    StoredMessage,
    OtherImagesMessage,
    RefusedMessage,
    FailedMessage,
)
MEASURED: OneOf[MeasuredMessage | Reasons] = OneOf(
    MeasuredMessage, OtherImagesMessage, RefusedMessage, FailedMessage
)
WEIGHTS_READ: OneOf[WeightsReadMessage | Reasons] = OneOf(
    WeightsReadMessage, OtherImagesMessage, RefusedMessage, FailedMessage
)
