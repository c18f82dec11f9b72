"""All kinds of messages that a kernel and the grader exchange; those to a trainer are in ``tasks``.

The same classes stand at both ends. ``coding`` makes JSON of them and reads them again; it accepts
a field only if it is of the type that is declared here. What a kernel may claim at will is of type
``object``: whoever gets the message looks at it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

Fields = dict[str, Any]
Kinds = TypeVar("Kinds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message.

    Attributes:
        kind: Its name on the wire; no two kinds share one.
        subject: What it is about, for whoever has to say that it makes no sense.
    """

    kind: ClassVar[str]
    subject: ClassVar[str] = "the answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithArrays(Message):
    """A message that arrays follow.

    Args:
        arrays: Arrays of NumPy, which are announced in the message by type and shape.
    """

    arrays: Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonMessage(Message):
    """A message that says why something is not done.

    Args:
        reason: In words.
    """

    reason: str


class OneOf(Generic[Kinds]):
    """Kinds of messages that are expected at one place; the type says which, for mypy.

    Args:
        kinds: The kinds.
    """

    def __init__(self, *kinds: type[Message]) -> None:
        self.kinds = kinds


# From a kernel to the grader


@dataclass(frozen=True, slots=True, kw_only=True)
class FitRequest(Message):
    """Asks for a training.

    Args:
        number: Of the request.
        description: Of the training, as ``training.accept`` reads it.
        snapshots: What is to be shown of each epoch, as ``training.snapshots.Wanted`` reads it.
        after: Number of the request whose training this one goes on from, if any.
    """

    kind = "fit"
    number: int
    description: object = None
    snapshots: object = None
    after: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedHereMessage(Message):
    """Says that the kernel has trained a model by itself.

    Args:
        number: Of the training.
        loader: Description of what it was trained on, if there is one.
        architecture: Description of the model, if there is one.
        classes: Names of the classes in the order of their labels.
        before: How many of its arrays of weights are those before training.
        size: Height and width of its images, in pixels.
    """

    kind = "here"
    number: int
    loader: object = None
    architecture: object = None
    classes: object = None
    before: object = None
    size: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMessage(WithArrays):
    """Shows the weights, or the outputs, that the grader wanted to see."""

    kind = "shown"


# From a kernel to the grader, and on to a trainer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyMessage(Message):
    """Says what callbacks made of the beginning or of an epoch.

    Args:
        stop: Whether training ends with it.
        learning_rate: What the optimizer goes on with; None for what it has.
    """

    kind = "reply"
    stop: bool = False
    learning_rate: object = None


# From the grader to a kernel


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginMessage(Message):
    """Says that training begins."""

    kind = "begin"


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochEndMessage(Message):
    """Tells of an epoch that has ended.

    Args:
        epoch: Its number, as Keras counts: the first one is 0.
        logs: Loss and metrics by name.
        stopping: Whether a callback of the trainer has ended the training with it.
        last: Whether it is the last one in any case.
        learning_rate: The one at its end; None where it follows a schedule.
        updates: Steps that the optimizer has made within it.
    """

    kind = "epoch"
    subject = "what came of an epoch"
    epoch: int
    logs: Fields
    stopping: bool = False
    last: bool = False
    learning_rate: float | int | None = None
    updates: int = 0

    def __post_init__(self) -> None:
        if not all(isinstance(value, float | int) for value in self.logs.values()):
            raise TypeError("logs are numbers")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedMessage(WithArrays):
    """Hands over the weights of a model whose training has ended.

    Args:
        epochs: How many were made.
        iterations: Steps that the optimizer has made.
    """

    kind = "trained"
    subject = "what came of the weights"
    epochs: int
    iterations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsWantedMessage(Message):
    """Asks for a model's weights before training and after it."""

    kind = "weights"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputsWantedMessage(WithArrays):
    """Asks for a model's outputs for images."""

    kind = "images"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedMessage(Message):
    """Says that the grader has seen what it wanted of a model."""

    kind = "noted"


# From a trainer to the grader, and on to a kernel


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotMessage(WithArrays):
    """Shows an epoch before it is told of: its batches, and the weights at its end.

    Args:
        calls: Of hooks within it: name, number of the batch or None, and logs of each.
    """

    kind = "snapshot"
    subject = "what came of an epoch's batches or weights"
    calls: list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedMessage(ReasonMessage):
    """Says that a description is not trained."""

    kind = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedMessage(ReasonMessage):
    """Says that a training has failed."""

    kind = "failed"


# What is expected where

REQUEST: OneOf[FitRequest | TrainedHereMessage] = OneOf(FitRequest, TrainedHereMessage)
SHOWN: OneOf[ShownMessage] = OneOf(ShownMessage)
REPLY: OneOf[ReplyMessage] = OneOf(ReplyMessage)
END: OneOf[TrainedMessage | RefusedMessage | FailedMessage] = OneOf(
    TrainedMessage, RefusedMessage, FailedMessage
)
PROGRESS: OneOf[
    BeginMessage
    | SnapshotMessage
    | EpochEndMessage
    | TrainedMessage
    | RefusedMessage
    | FailedMessage
] = OneOf(BeginMessage, SnapshotMessage, EpochEndMessage, *END.kinds)
WANTED: OneOf[WeightsWantedMessage | OutputsWantedMessage | NotedMessage] = OneOf(
    WeightsWantedMessage, OutputsWantedMessage, NotedMessage
)
