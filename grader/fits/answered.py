"""What the grader was asked to train, and what came of it."""

from dataclasses import dataclass, replace

from grader.training.description import Description, FitArguments
from grader.training.digested import digests
from grader.training.results import PriorFit, Reply, Trained, TrainingPlan


@dataclass(frozen=True, slots=True)
class Answered:
    """A request, and the training that came of it.

    Args:
        description: What was trained.
        trained: The training.
        replies: Of the kernel, to each epoch.
        earlier: Trainings of the same model that it went on from.
        after: Number of the last of them.
        plan: How it was made; None where nothing goes on from it.
        cut: Whether the grader ended it, as a further seed reaches the goals that it has missed.
        moved_s: How much longer it took than ``fit`` did, in seconds: another run may have waited
            for it.
        unlimited: What was asked for, where that was more batches an epoch; None where it was not.
        digests: Of its weights, where these are not kept.
    """

    description: Description
    trained: Trained
    replies: tuple[Reply, ...] = ()
    earlier: tuple[PriorFit, ...] = ()
    after: int | None = None
    plan: TrainingPlan | None = None
    cut: bool = False
    moved_s: float = 0.0
    unlimited: Description | None = None
    digests: tuple[str, ...] = ()

    @property
    def asked(self) -> FitArguments:
        """What ``fit`` was given, whatever of it was trained."""
        return (self.unlimited or self.description).fit

    @property
    def turns(self) -> tuple[PriorFit, ...]:
        """This training and those before it, in their order."""
        return (*self.earlier, PriorFit(self.description, self.replies))

    @property
    def counted_before(self) -> int:
        """Epochs of those before it that count with its own."""
        return sum(len(turn.replies) for turn in self.earlier if not turn.apart)

    @property
    def stopped(self) -> bool:
        """Whether a callback has stopped it."""
        return bool(self.replies) and self.replies[-1].stop

    @property
    def weightless(self) -> "Answered":
        """The same without the trained weights, which are large."""
        if not self.trained.weights:
            return self
        found = digests(array for layer in self.trained.weights for array in layer)
        return replace(self, trained=replace(self.trained, weights=()), digests=found)
