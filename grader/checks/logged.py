"""What the epochs of a training logged of the number that a goal is about."""

from grader.checks.training import Curve, GradedTraining
from grader.goals import Goal


def logged(training: GradedTraining, goal: Goal) -> Curve | None:
    """Return a value for each epoch; empty where none was logged, None where nobody can know.

    Of test data ``fit`` logs nothing. Of two curves of different length, as of data that are not
    validated after every epoch, it is not known which of their values belong together, but for the
    last ones.

    Args:
        training: Made by the grader, or in the notebook.
        goal: Says the number, and what is to be taken away from it.
    """
    own = training.curve(goal.quantity)
    if own is None or goal.minus is None:
        return own
    other = training.curve(goal.minus)
    if other is None or not own or not other:
        return None if other is None else ()
    if goal.minus.first_epoch:
        return tuple(_difference(value, other[0]) for value in own)
    if len(own) == len(other):
        return tuple(map(_difference, own, other))
    unknown = (None,) * (len(own) - 1)
    return (*unknown, _difference(own[-1], other[-1])) if goal.at_end else None


def _difference(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other


def value_at(curve: Curve, place: int) -> float | None:
    """Return the value of an epoch, counted from 0; None of one that there is none of."""
    return curve[place] if place < len(curve) else None
