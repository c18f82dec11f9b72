"""What the trainings of one run came to, by all their goals together."""

from dataclasses import dataclass

from grader.checks.goal_result import GoalResult


@dataclass(frozen=True, slots=True)
class Outcome:
    """What trainings of one run came to.

    Args:
        results: By each goal of those that there were.
        complete: Whether there was a training for each goal.
    """

    results: tuple[GoalResult, ...]
    complete: bool

    @property
    def reached_at(self) -> int | None:
        """After how many epochs all goals were reached; None if they were not."""
        reached = [result.reached_at for result in self.results]
        known = [epochs for epochs in reached if epochs is not None]
        return max(known) if known and self.complete and len(known) == len(reached) else None

    @property
    def in_time(self) -> bool:
        """Whether all goals were reached by their deadlines."""
        return self.complete and all(result.in_time for result in self.results)
