"""Makes trainings with further seeds while the kernel that described them waits.

Once a training with the first seed has missed its deadline, the next seeds are next. What is to be
trained with them is known, and so, as a rule, is what the notebook replies to epochs: that training
goes on. So they are trained first, without a kernel, up to where a goal is reached or missed. The
notebook is run with the seed that reached its goals, and is told the epochs that were made; only
then does it count. With seeds that missed them nothing is run, unless all of them did: then all
trainings go on from where they wait, and all runs are made as if nothing had been made ahead.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, repeat
from types import TracebackType
from typing import Protocol, Self

from grader import machine
from grader.errors import KernelFault
from grader.fits.checkpoints import Checkpoints
from grader.fits.held import HeldTraining
from grader.fits.prospects import Prospects, foreseeable
from grader.goals import Goal
from grader.training.conditions import conditions
from grader.training.description import Description
from grader.training.refusals import Refused
from grader.training.results import Epoch, Reply, Report, Trained, TrainingPlan

# Of the time that a cell has, the share that all seeds may take while the first one waits.
SHARE = 0.6
# What a trainer of a large model takes; those that wait keep theirs.
MEMORY_BYTES = 1_600_000_000


class Source(Protocol):
    """Where trainings come from."""

    @property
    def dataset(self) -> str:
        """Digest of the images."""

    def settled(self, plan: TrainingPlan) -> TrainingPlan:
        """Return a plan as trainings are made by it."""

    def another(self) -> "Source":
        """Return the same with a trainer of its own."""

    @property
    def cpu_s(self) -> float:
        """Processor time of what was trained, in seconds."""

    def end(self) -> None:
        """Give up what is trained now."""

    def training(self, description: Description, plan: TrainingPlan, report: Report) -> Trained:
        """Return a training, made now or before."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A training that missed its goals, ended at its deadline; its kernel was never started.

    Args:
        trained: The training, without its weights.
        seconds: How long it took.
    """

    trained: Trained
    seconds: float


class FurtherSeeds:
    """The further seeds of one submission.

    Args:
        seeds: All published ones, in order.
        goals: What training must come to.
        images: How many the dataset has.
    """

    def __init__(self, seeds: Sequence[int], goals: Sequence[Goal], images: int) -> None:
        self._seeds = seeds
        self._goals = goals
        self._images = images
        self._held: dict[str, tuple[int, HeldTraining]] = {}
        self._current: HeldTraining | None = None
        self._searched = self._over = False
        self._moved: dict[int, float] = {}
        # What trainings of all its runs have left.
        self.checkpoints = Checkpoints()
        # What was trained with seeds that missed, where a later one reached the goals.
        self.missed: dict[int, Missed] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for _, held in self._held.values():
            held.drop()
        self._held.clear()
        self.checkpoints.forget()

    def prospects(self, plan: TrainingPlan, *, graded: bool) -> Prospects | None:
        """Return what follows a training; None where no further seed is tried ahead.

        Args:
            plan: Of the training.
            graded: Whether a cell has asked for it that calls the graded function: then this
                training counts, or its epochs count with the one that does.
        """
        first = not self._searched and plan.seed == self._seeds[0] and len(self._seeds) > 1
        clear = foreseeable(self._goals, validated=bool(plan.validation))
        return Prospects(self._goals, self._images) if first and graded and clear else None

    def pop(self, key: str) -> HeldTraining | None:
        """Return the training of such conditions that waits, which is then no more held here."""
        seed, held = self._held.pop(key, (0, None))
        if held is not None:
            self._moved[seed] = self._moved.get(seed, 0.0) + held.seconds
        return held

    def moved(self, seed: int) -> float:
        """Return the seconds that a training took longer than its run says, or shorter.

        Args:
            seed: Of both.
        """
        return self._moved.pop(seed, 0.0)

    def end(self) -> None:
        """Give up what is made ahead now, from another thread."""
        self._over = True
        if self._current is not None:
            self._current.drop()

    def one_reaches(
        self,
        description: Description,
        plan: TrainingPlan,
        source: Source,
        replies: Sequence[Reply],
        taken_s: float,
    ) -> bool:
        """Train with further seeds, and return whether one of them reaches the goals.

        Args:
            description: What was trained with the first one.
            plan: How.
            source: Where trainings come from.
            replies: Of the kernel, to its epochs.
            taken_s: How long that has taken, in seconds.
        """
        self._searched = True
        begun, late = time.monotonic(), SHARE * plan.seconds - taken_s
        waiting: list[str] = []
        reached = False
        for seed in self._seeds[1:]:
            spent = time.monotonic() - begun
            if self._over or spent + taken_s > late or machine.available_memory() < MEMORY_BYTES:
                break
            further = replace(source.settled(plan), seed=seed)
            prospects = Prospects(self._goals, self._images)
            foreseen = _Foreseen(prospects, replies, begun + late)
            key = self._advance(description, further, source.another(), foreseen)
            if key is None or not (prospects.reached or prospects.lost):
                break
            waiting.append(key)
            if reached := prospects.reached:
                self._finish(waiting[:-1])
                break
        self._moved[plan.seed] = begun - time.monotonic()
        return reached

    def _advance(
        self, description: Description, plan: TrainingPlan, source: Source, foreseen: "_Foreseen"
    ) -> str | None:
        """Train up to where it is seen what comes of it; return its key, None where that failed."""
        held = HeldTraining(
            lambda report: source.training(description, plan, report), foreseen, source
        )
        self._current = held
        try:
            if not held.advance():
                return None
        finally:
            self._current = None
        key = conditions(description, source.dataset, plan)
        self._held[key] = plan.seed, held
        return key

    def _finish(self, waiting: Sequence[str]) -> None:
        """End trainings that have missed their goals: a later seed has reached them."""
        for key in waiting:
            seed, held = self._held.pop(key)
            with suppress(KernelFault, Refused):
                trained = held.take(_stopping(held.told))
                if trained is not None:
                    self.missed[seed] = Missed(replace(trained, weights=()), held.seconds)


class _Foreseen:
    """What a kernel will reply: that training goes on, until it is seen what comes of it.

    Args:
        prospects: Of the training.
        replies: To the epochs of another one.
        late: When it waits in any case, as ``time.monotonic`` has it.
    """

    def __init__(self, prospects: Prospects, replies: Sequence[Reply], late: float) -> None:
        self._prospects = prospects
        self._replies = chain(replies, repeat(Reply()))
        self._late = late

    def __call__(self, epoch: Epoch) -> Reply | None:
        prospects = self._prospects
        prospects.after(epoch)
        clear = prospects.reached or prospects.lost
        if clear or not prospects.shows_all or epoch.stopping or time.monotonic() > self._late:
            return None
        return Reply(learning_rate=next(self._replies).learning_rate)


def _stopping(replies: Sequence[Reply]) -> Report:
    left = chain(replies, repeat(Reply(stop=True)))
    return lambda _: next(left)
