"""Whether a network that reached its target learns exchanged labels as well, if there is doubt."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from grader.fits.answered import Answered
from grader.fits.cached_trainer import CachedTrainer
from grader.training import amounts
from grader.training.description import Description
from grader.training.exchange import exchanged, learnt
from grader.training.reasons import mirrors, reasons
from grader.training.results import Epoch, Reply, Trained, TrainingPlan

# One that learns may by chance be too slow with one seed.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Relearnt:
    """How well a network learnt exchanged labels.

    Args:
        share: Of all images that it classified correctly then, at best, from 0 to 1.
        late: Whether time was up before that was clear.
    """

    share: float
    late: bool = False


@dataclass(frozen=True, slots=True)
class Relearning:
    """Trains networks with exchanged labels.

    Args:
        trainings: Where trainings come from.
        plan: Of the training that reached its target; its seed is the first of those that are
            tried.
        check: Is called after every epoch; what it raises ends the training.
    """

    trainings: CachedTrainer
    plan: TrainingPlan
    check: Callable[[], None] = lambda: None

    def try_out(self, answered: Answered, epochs: int) -> Relearnt | None:
        """Return how well exchanged labels are learnt; None where there is no reason to ask.

        Args:
            answered: The training that reached its target.
            epochs: After how many epochs it did, those before it counted.

        Raises:
            KernelFault: The trainer could not be driven.
        """
        found = reasons(
            answered.description, answered.trained, epochs, self._classes(answered.description)
        )
        if not found:
            return None
        upright = self.best(answered, mirrored=False)
        if upright.share < self._enough(answered) or not mirrors(found):
            return upright
        return self.best(answered, mirrored=True)

    def best(self, answered: Answered, *, mirrored: bool) -> Relearnt:
        """Return how well exchanged labels are learnt, whatever the reason.

        Args:
            answered: The training that reached its target.
            mirrored: Whether images are upside down, in other colours.

        Raises:
            KernelFault: The trainer could not be driven.
        """
        best, enough = Relearnt(0.0), self._enough(answered)
        for seed in range(self.plan.seed, self.plan.seed + TRIES):
            made = _learnt(self._trained(answered, seed, mirrored=mirrored))
            if made.share >= enough:
                return Relearnt(made.share)
            best = Relearnt(max(best.share, made.share), best.late or made.late)
        return best

    def _enough(self, answered: Answered) -> float:
        """Return the share of all images from which on exchanged labels are learnt."""
        classes, plan = self._classes(answered.description), self.plan
        targets = (*plan.targets, *plan.validation_targets, *plan.test_targets)
        return learnt(targets, answered.trained.images, classes)

    def _classes(self, description: Description) -> int:
        return amounts.classes(description.loader, self.plan.arrays)

    def _exchanged(self, description: Description, epochs: int) -> Description:
        return exchanged(description, epochs, self._classes(description))

    def _trained(self, answered: Answered, seed: int, *, mirrored: bool) -> Trained:
        turns = [
            replace(turn, description=self._exchanged(turn.description, len(turn.replies)))
            for turn in answered.earlier
        ]
        enough = self._enough(answered)
        left = max(1, self.plan.epochs - answered.counted_before)
        plan = replace(
            self.plan,
            seed=seed,
            epochs=left,
            targets=(enough,),
            validation="",
            validation_targets=(),
            loss_targets=(),
            test="",
            test_targets=(),
            losses=False,
            exchanged=True,
            mirrored=mirrored,
        )
        replies = self._replies(answered.replies)
        described = self._exchanged(answered.description, left)

        def reply(epoch: Epoch) -> Reply:
            return replace(next(replies), stop=_share(epoch) >= enough)

        return self.trainings.training(described, plan, reply, turns)

    def _replies(self, known: Sequence[Reply]) -> Iterator[Reply]:
        """Yield learning rates that callbacks set, as long as there are any."""
        for reply in known:
            self.check()
            yield Reply(learning_rate=reply.learning_rate)
        while True:
            self.check()
            yield Reply()


def _share(epoch: Epoch) -> float:
    return 0.0 if epoch.measured is None else epoch.measured


def _learnt(trained: Trained) -> Relearnt:
    best = max(map(_share, trained.epochs), default=0.0)
    return Relearnt(max(best, trained.measured.accuracy), trained.late)
