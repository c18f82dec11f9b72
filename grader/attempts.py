"""Runs a plan with the published seeds: the first decides, bad luck gets another try."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple, Self

from grader.assignments.assignment import Assignment
from grader.checks import Absent, ProbeFault
from grader.checks.goal_result import GoalResult
from grader.checks.observed import Observation
from grader.checks.training import GradedTraining
from grader.checks.trusted import Observed, graded
from grader.evidence import Examined, Fit
from grader.fits.label_shift import LabelShift
from grader.goals import Goal
from grader.images import Images
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.records import Plan

Progress = Callable[[str], None]


class Counts(NamedTuple):
    """How many images and classes are trained on, and how many each split has."""

    images: int
    classes: int
    splits: Mapping[str, tuple[int, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run with one seed, the training that it held, and what that must come to."""

    seed: int
    run: Run
    observed: Observation
    training: GradedTraining | None
    goals: tuple[Goal, ...]

    @classmethod
    def of(cls, assignment: Assignment, plan: Plan, seed: int, run: Run, data: Counts) -> Self:
        """Look at a run as an assignment does.

        Args:
            assignment: The assignment.
            plan: What was run.
            seed: With which.
            run: What came of it.
            data: How many images and classes the dataset has, and each of its splits.
        """
        observed = Observation(plan, run.execution, run.evidence, assignment.by_name, *data)
        return cls(seed, run, observed, training_of(assignment, observed), assignment.goals)

    @property
    def results(self) -> tuple[GoalResult, ...]:
        """The training by each of the goals; none where there was no training."""
        return tuple(GoalResult(self.training, goal) for goal in self.goals if self.training)

    @property
    def reached_at(self) -> int | None:
        """After how many epochs all goals were reached; None if they were not."""
        reached = [result.reached_at for result in self.results]
        known = [epochs for epochs in reached if epochs is not None]
        return max(known) if known and len(known) == len(reached) else None

    @property
    def in_time(self) -> bool:
        """Whether all goals were reached by their deadlines."""
        return bool(self.results) and all(result.in_time for result in self.results)


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of one plan."""

    assignment: Assignment
    plan: Plan
    images: Images
    kernels: Kernels

    def _job(self, seed: int, exam: LabelShift | None = None) -> Job:
        assignment, images = self.assignment, self.images
        return Job(
            self.plan.cells,
            assignment.by_name,
            images.folder,
            images.kit_folder,
            seed,
            assignment.limits,
            images.sha256,
            assignment.most_epochs,
            exam,
            tuple(goal.least for goal in assignment.goals if goal.measured),
            splits=images.splits,
            validation_targets=tuple(goal.least for goal in assignment.goals if goal.of_validation),
            validation=assignment.validation,
            arrays=images.arrays,
        )

    def attempt(self, seed: int, exam: LabelShift | None = None) -> Attempt:
        run = self.kernels.run(self._job(seed, exam))
        data = Counts(self.images.count, self.images.classes, self.images.counts)
        return Attempt.of(self.assignment, self.plan, seed, run, data)

    def examined(self, attempt: Attempt, fit: Fit) -> Attempt:
        """Run once more, on class folders that are exchanged or not, and see what was learnt."""
        exam = LabelShift.drawn(self.images.classes)
        again = self.attempt(attempt.seed, exam).training
        found = (again and again.fit.examined) or Examined(by="nothing", turned=exam.turned)
        return self._known(attempt, fit.model_copy(update={"examined": found}))

    def relearnt(self, attempt: Attempt, fit: Fit, epochs: int) -> Attempt:
        """See whether the network learns exchanged labels as well, where there is doubt."""
        answered = attempt.run.answered.get(-1 if fit.number is None else fit.number)
        if fit.trained is None or answered is None:
            return attempt
        found = self.kernels.relearnt(self._job(attempt.seed), answered, epochs)
        if found is None:
            return attempt
        known = {"relearnt": found.share, "undecided": found.late}
        trained = fit.trained.model_copy(update=known)
        return self._known(attempt, fit.model_copy(update={"trained": trained}))

    def _known(self, attempt: Attempt, fit: Fit) -> Attempt:
        attempt.run.evidence.add(fit)
        return replace(attempt, training=training_of(self.assignment, attempt.observed))


def attempts(
    assignment: Assignment, plan: Plan, images: Images, kernels: Kernels, progress: Progress
) -> list[Attempt]:
    """Run with the first seed, and with the next ones only where luck can have been bad.

    On real images 8 of 45 single runs of right solutions missed 15 epochs by chance alone, so one
    seed is no measure of a student's work. A model that only its kernel has trained is examined.
    """
    runs = _Runs(assignment, plan, images, kernels)
    made: list[Attempt] = []
    for number, seed in enumerate(assignment.seeds, start=1):
        progress("running" if number == 1 else f"unlucky, seed {number} of {len(assignment.seeds)}")
        made.append(runs.attempt(seed))
        if not any(result.unlucky for result in made[-1].results):
            break
    best = chosen(made)
    if best.training is not None:
        made[made.index(best)] = _confirmed(runs, best, best.training, progress)
    return made


def _confirmed(runs: _Runs, best: Attempt, training: GradedTraining, progress: Progress) -> Attempt:
    """See whether what a run reached holds, where there can be doubt."""
    if runs.kernels.trains and any(result.claimed for result in best.results):
        progress("not trained by the grader, examined")
        best = runs.examined(best, training.fit)
    measured = [result for result in best.results if result.measured and result.in_time]
    if best.training is not None and measured:
        soonest = min(result.reached_at or 0 for result in measured)
        return runs.relearnt(best, best.training.fit, soonest)
    return best


def chosen(made: Sequence[Attempt]) -> Attempt:
    """Return the attempt that reached most goals in time, and soonest; else the first one."""

    def order(attempt: Attempt) -> tuple[int, float]:
        in_time = sum(result.in_time for result in attempt.results)
        return -in_time, math.inf if attempt.reached_at is None else attempt.reached_at

    return min(made, key=order)


def training_of(assignment: Assignment, observed: Observation) -> GradedTraining | None:
    """Return the graded training, if there was one."""
    need = assignment.trained.training if assignment.trained else None
    try:
        return graded(need.find(Observed(observed))) if need else None
    except (Absent, ProbeFault):
        return None
