"""What a grading profile has checks judge otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.goals import Goal


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a run is judged; of the whole, by all that the assignment says.

    Args:
        goals: What stands for a goal of the assignment.
        steps: How many batches an epoch had at most, by the graded name of the function that
            trains.
    """

    goals: Mapping[Goal, Goal] = field(default_factory=dict)
    steps: Mapping[str, int] = field(default_factory=dict)

    def goal(self, goal: Goal) -> Goal:
        """Return what a training must come to where the assignment asks for a goal."""
        return self.goals.get(goal, goal)
