"""How often luck alone lets the solution miss a goal: it is run with one seed after another."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import comb

from grader.assignments.assignment import Assignment
from grader.attempt import Attempt
from grader.audit.document import GoalLuck
from grader.goals import Goal, words

SEEDS = 20
CONFIDENCE = 0.95


def with_seed(assignment: Assignment, seed: int) -> Assignment:
    """Return an assignment that tries one seed alone."""
    return replace(assignment, seeds=(seed,))


def luck(assignment: Assignment, attempts: Sequence[Attempt]) -> list[GoalLuck]:
    """Return how often each goal was missed.

    Args:
        assignment: Whose goals they are.
        attempts: Runs of the solution, each with one seed.
    """
    return [
        _of_goal(assignment, name, goal, [_reached(each, name, goal) for each in attempts])
        for name, goals in _goals(assignment)
        for goal in goals
    ]


def _goals(assignment: Assignment) -> Iterable[tuple[str, Sequence[Goal]]]:
    return ((part.name, part.goals) for part in assignment.trainers)


def _reached(attempt: Attempt, name: str, goal: Goal) -> bool:
    results = attempt.outcome(name).results
    return any(each.goal == goal and each.in_time for each in results)


def _of_goal(assignment: Assignment, name: str, goal: Goal, reached: Sequence[bool]) -> GoalLuck:
    missed, seeds = reached.count(False), len(reached)
    low, high = interval(missed, seeds)
    tries = min(len(assignment.seeds), seeds)
    return GoalLuck(
        part=name,
        goal=words.sentence(goal),
        seeds=seeds,
        missed=missed,
        low=low,
        high=high,
        tries=tries,
        # The exact share of all choices of so many seeds, an unbiased estimate.
        all_miss=comb(missed, tries) / comb(seeds, tries),
    )


def interval(missed: int, seeds: int) -> tuple[float, float]:
    """Return the ends of the 95 % interval of a share (Clopper and Pearson, 1934)."""
    # It takes long to import, and nothing else here needs it.
    from scipy.stats import binomtest

    found = binomtest(missed, seeds).proportion_ci(CONFIDENCE, method="exact")
    return float(found.low), float(found.high)
