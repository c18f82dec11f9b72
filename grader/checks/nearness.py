"""How near a training came to a goal that it missed."""

from collections.abc import Iterator

from grader.checks import held_out
from grader.checks.training import Curve, GradedTraining
from grader.goals import Goal


def came_near(training: GradedTraining, goal: Goal, values: Curve | None) -> bool:
    """Whether another seed may be tried, by the best of all that is known of the goal's number.

    Args:
        training: Made by the grader, or in the notebook.
        goal: Which it has missed.
        values: What is known of its number after each epoch.
    """
    if goal.retry_within is None:
        return True
    return any(goal.nearly_met_by(value) for value in _known(training, goal, values or ()))


def _known(training: GradedTraining, goal: Goal, values: Curve) -> Iterator[float | None]:
    if goal.final:
        yield from values[-1:]
        return
    yield from values
    trained, split = training.fit.trained, held_out.found(training, goal.split)
    if goal.measured and trained is not None:
        yield from (*trained.running, *training.each_measured, trained.accuracy)
    elif split is not None and goal.measured_on:
        # After an epoch it is measured only where it may have reached the goal.
        yield split.loss if goal.of_loss else split.accuracy
        yield from training.fit.curves.get(f"val_{goal.metric}", ()) if trained else ()
