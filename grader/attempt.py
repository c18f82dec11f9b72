"""One run of a plan with one seed, as its assignment looks at it."""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, Self

from grader.assignments.assignment import Assignment
from grader.checks import Absent, ProbeFault
from grader.checks.goal_result import GoalResult
from grader.checks.observed import Observation
from grader.checks.outcome import Outcome
from grader.checks.terms import Terms
from grader.checks.training import GradedTraining
from grader.checks.trusted import Observed, graded
from grader.goals import Goal
from grader.kernel.job import Run
from grader.records import Plan


class Counts(NamedTuple):
    """How many images and classes are trained on, and how many each split has."""

    images: int
    classes: int
    splits: Mapping[str, tuple[int, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run with one seed, the trainings that it held, and what these must come to.

    Args:
        seed: With which it was made.
        run: What came of it.
        observed: The same, as checks see it.
        goals: Those of each function that trains, by its graded name.
        trainings: The graded training of each, where there was one.
    """

    seed: int
    run: Run
    observed: Observation
    goals: Mapping[str, tuple[Goal, ...]]
    trainings: Mapping[str, GradedTraining]

    @property
    def cut(self) -> bool:
        """Whether its training was ended at its deadline, as another seed reaches the goals."""
        return any(answered.cut for answered in self.run.answered.values())

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
        profile = assignment.graded_by
        terms = Terms(profile.goals, profile.steps) if profile else Terms()
        evidence = run.evidence
        observed = Observation(
            plan, run.execution, evidence, assignment.by_name, *data, terms=terms
        )
        goals = {part.name: part.goals for part in assignment.trainers}
        return cls(seed, run, observed, goals, trainings_of(assignment, observed))

    def outcome(self, *names: str) -> Outcome:
        """Return what the trainings of some functions came to.

        Args:
            names: Their graded names; all of them where none is given.
        """
        known = names or tuple(self.goals)
        asked = [(self.trainings.get(name), goal) for name in known for goal in self.goals[name]]
        results = tuple(GoalResult(made, goal) for made, goal in asked if made)
        return Outcome(results, bool(asked) and len(results) == len(asked))

    @property
    def results(self) -> tuple[GoalResult, ...]:
        """Each training by each of its goals; none where there was no training."""
        return self.outcome().results

    @property
    def reached_at(self) -> int | None:
        """After how many epochs the last of all goals was reached; None if one was not."""
        return self.outcome().reached_at

    @property
    def in_time(self) -> bool:
        """Whether all goals were reached by their deadlines."""
        return self.outcome().in_time


def chosen(made: Sequence[Attempt]) -> Attempt:
    """Return the attempt that reached most goals in time, and soonest; else the first one."""

    def order(attempt: Attempt) -> tuple[int, float]:
        in_time = sum(result.in_time for result in attempt.results)
        return -in_time, math.inf if attempt.reached_at is None else attempt.reached_at

    return min(made, key=order)


def trainings_of(assignment: Assignment, observed: Observation) -> Mapping[str, GradedTraining]:
    """Return the graded training of each function that trains, where there was one."""
    found = {}
    for part in assignment.trainers:
        with suppress(Absent, ProbeFault):
            need = part.training
            if need is not None:
                found[part.name] = graded(need.find(Observed(observed)))
    return found
