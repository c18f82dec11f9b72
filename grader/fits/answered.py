"""What the grader was asked to train, and what came of it."""

from dataclasses import dataclass, replace

from grader.training.description import Description
from grader.training.results import PriorFit, Reply, Trained


@dataclass(frozen=True, slots=True)
class Answered:
    """A request, and the training that came of it.

    Args:
        description: What was trained.
        trained: The training.
        replies: Of the kernel, to each epoch.
        earlier: Trainings of the same model that it went on from.
        after: Number of the last of them.
        apart: Epochs of these that another graded function made, so that they do not count.
        cut: Whether the grader ended it, as a further seed reaches the goals that it has missed.
        moved_s: How much longer it took than ``fit`` did, in seconds: another run may have waited
            for it.
    """

    description: Description
    trained: Trained
    replies: tuple[Reply, ...] = ()
    earlier: tuple[PriorFit, ...] = ()
    after: int | None = None
    apart: int = 0
    cut: bool = False
    moved_s: float = 0.0

    @property
    def turns(self) -> tuple[PriorFit, ...]:
        """This training and those before it, for one that goes on from here."""
        return (*self.earlier, PriorFit(self.description, self.replies))

    @property
    def stopped(self) -> bool:
        """Whether a callback has stopped it."""
        return bool(self.replies) and self.replies[-1].stop

    @property
    def weightless(self) -> "Answered":
        """The same without the trained weights, which are large."""
        return replace(self, trained=replace(self.trained, weights=()))
