"""What a training must come to: a number, its bound, and by when."""

from grader.goals.goal import Direction, Goal, Quantity, Split

__all__ = ["Direction", "Goal", "Quantity", "Split"]
