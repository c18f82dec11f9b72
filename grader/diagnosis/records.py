"""What a diagnosis is made from, and what it says."""

from dataclasses import dataclass
from enum import StrEnum

Curve = tuple[float | None, ...]


class Symptom(StrEnum):
    """What was seen of a training that missed an accuracy."""

    OUTPUT_AND_LOSS = "output-and-loss"
    NO_LEARNING_RATE = "no-learning-rate"
    NOT_A_NUMBER = "not-a-number"
    GUESSING = "guessing"
    SLOW = "slow"
    UNSTABLE = "unstable"
    ENDED_EARLY = "ended-early"
    OVERFITTING = "overfitting"


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """What a model is and how it was compiled, as far as it can explain a curve.

    Args:
        units: How many numbers it puts out for an image; None where that is not known.
        activation: Of its last layer, in Keras' spelling; None where that is not known.
        loss: Class of the loss, None where that is not known.
        from_logits: Whether the loss takes outputs without activation.
        optimizer: Class of the optimizer; None where that is not known.
        learning_rate: The one of all epochs; None where it changed, or is not known.
        largest_value: The largest absolute value that reaches the first convolution, None where
            there is none, or where the network normalises what it sees.
        constant_kernels: The initializer by which all numbers of a hidden layer's kernel begin
            alike, such as ``Zeros``; empty where there is none.
        images: How many images the training is judged by.
        classes: How many classes they are of.
    """

    units: int | None = None
    activation: str | None = None
    loss: str | None = None
    from_logits: bool = False
    optimizer: str | None = None
    learning_rate: float | None = None
    largest_value: float | None = None
    constant_kernels: str = ""
    images: int = 0
    classes: int = 2


@dataclass(frozen=True, slots=True)
class Curves:
    """What the epochs of a training came to, one number for each.

    Args:
        loss: As logged, None of an epoch whose loss is no finite number.
        accuracy: Mean over the batches of an epoch, 0 to 1, of a metric that suits the output.
        validation: Share of the validation images classified correctly after it, 0 to 1; empty
            where the grader did not measure that.
        validation_images: How many these are.
        stopped: Whether a callback ended the training.
        asked: How many epochs ``fit`` was asked for; None where that is not known.
        in_time: How many epochs could have counted; None where there is no such limit.
    """

    loss: Curve
    accuracy: Curve
    validation: Curve = ()
    validation_images: int = 0
    stopped: bool = False
    asked: int | None = None
    in_time: int | None = None

    @property
    def epochs(self) -> int:
        """How many epochs were made."""
        return max(len(self.loss), len(self.accuracy))


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was seen of a training, and what to look at first.

    Args:
        kind: Of what was seen.
        seen: What was seen, as the beginning of a sentence.
        look_at: What to look at first, as a noun.
    """

    kind: Symptom
    seen: str
    look_at: str

    def __str__(self) -> str:
        return f"{self.seen}: look first at {self.look_at}."
