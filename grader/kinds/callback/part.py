"""What an author asks for of a callback."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from grader.checked import PartEvidence
from grader.kinds.callback.evidence import Callback
from grader.kinds.challenge import Challenge
from grader.kinds.kind import GradedPart
from grader.kinds.need import Need
from grader.records import PlannedCell

if TYPE_CHECKING:
    from grader.kinds.callback.view.agreement import InTraining

NOT_ONE = "{} is not a class derived from a Keras callback."
DERIVE = "Its first line belongs to the assignment: a class derived from a callback of Keras."


@dataclass(frozen=True)
class StoppingCallback(GradedPart):
    """A callback class that ends the training above an accuracy.

    Args:
        name: Name of the class.
        threshold: The accuracy above which it should stop.
        accuracies: Those that it is tried with in every run, beside others drawn by chance.

    Raises:
        PartError: It cannot be asked for so.
    """

    kind: ClassVar[str] = "callback"
    record: ClassVar[type[PartEvidence]] = Callback
    table: ClassVar[str] = "callbacks"

    threshold: float
    accuracies: tuple[float, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        if not _is_number(self.threshold):
            raise self.error(f"threshold is a number, found {self.threshold!r}")
        if not isinstance(self.accuracies, tuple | list) or not all(
            map(_is_number, self.accuracies)
        ):
            raise self.error(f"accuracies are a tuple of numbers, found {self.accuracies!r}")
        below = [rate for rate in self.accuracies if rate <= self.threshold]
        if not below or len(below) == len(self.accuracies):
            raise self.error(
                f"accuracies lie on both sides of the threshold {self.threshold}; found "
                f"{self.accuracies}. Add one below it and one above it"
            )

    @property
    def missing(self) -> tuple[str, str]:
        """Nothing: where a callback was not observed, the run shows the reason."""
        return "", ""

    @property
    def callback(self) -> Need[Callback]:
        """How it answered when it was tried."""
        return Need("callback", self.name, self._working)

    @property
    def in_training(self) -> "Need[InTraining]":
        """What it did in the graded training."""
        return Need("in_training", self.name, self._in_training)

    def is_due(self, cell: PlannedCell, *, trains: bool, last: bool) -> bool:  # noqa: ARG002
        """Try it once it is defined, and after trainings: what it does there it is graded for."""
        return trains or cell.name == self.name

    def challenge(self, random: bytes) -> Challenge:
        """Draw the logs of one run."""
        from grader.kinds.callback.challenge import CallbackChallenge

        return CallbackChallenge(self, random)

    def unwatched(self, record: PartEvidence) -> PartEvidence:
        """It has answered to logs that were drawn for the run."""
        return record

    def instead(self, record: PartEvidence) -> tuple[str, str] | None:
        """Say of a class that is none of a callback, and does not work like one."""
        seen = Callback.model_validate(record)
        if seen.is_callback or any(trial.stopped for trial in seen.trials):
            return None
        return NOT_ONE.format(self.name), DERIVE

    def _working(self, seen: Any) -> Callback:
        from grader.kinds.callback.view import working

        return working(seen, self)

    def _in_training(self, seen: Any) -> "InTraining":
        from grader.kinds.callback.view.agreement import in_training

        return in_training(seen, self.name)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
