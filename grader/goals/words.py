"""What is said of a goal: the one place where its words are made."""

from grader.goals.goal import Goal, Quantity
from grader.goals.sense import is_accuracy, is_percentage
from grader.shares import percent

_OF = {"at_least": "of at least", "at_most": "of at most", "above": "above", "below": "below"}
# Of a difference, by the sign of its bound.
_MORE = {
    "at_least": "at least {} above",
    "at_most": "at most {} above",
    "above": "more than {} above",
    "below": "less than {} above",
}
_LESS = {
    "at_least": "at most {} below",
    "at_most": "at least {} below",
    "above": "less than {} below",
    "below": "more than {} below",
}
_EQUAL = {
    "at_least": "no lower than",
    "at_most": "no higher than",
    "above": "above",
    "below": "below",
}


def sentence(goal: Goal) -> str:
    """Say what must be reached and when, as in ``90% accuracy by epoch 10``."""
    apart = ", " if goal.minus is not None and goal.minus.first_epoch else " "
    return apart.join(filter(None, (amount(goal), deadline(goal))))


def amount(goal: Goal) -> str:
    """Say what must be reached, as in ``a validation loss of at most 0.3``."""
    if goal.minus is not None:
        return _difference(goal, goal.minus)
    if is_accuracy(goal.metric) and goal.direction in ("at_least", "above"):
        more = "more than " if goal.direction == "above" else ""
        return f"{more}{percent(goal.bound)} {name(goal.quantity)}"
    what = name(goal.quantity)
    return f"a {what} {_OF[goal.direction]} {number(goal, goal.bound)}"


def brief(goal: Goal) -> str:
    """Say the same where it is clear that it is about the accuracy, as in ``90%``."""
    said = amount(goal)
    return said.removesuffix(f" {name(goal.quantity)}") if goal.measured else said


def deadline(goal: Goal) -> str:
    """Say when, as in ``before epoch 15``; empty where any epoch will do."""
    if goal.at_end:
        return "at the end"
    if goal.before_epoch is not None:
        return f"before epoch {goal.before_epoch}"
    return "" if goal.by_epoch is None else f"by epoch {goal.by_epoch}"


def name(quantity: Quantity) -> str:
    """Name a number, as in ``validation loss``; the accuracy in training is ``accuracy``."""
    metric = _metric(quantity)
    plain = quantity.split == "training" and is_accuracy(quantity.metric)
    return metric if plain else f"{quantity.split} {metric}"


def number(goal: Goal, value: float) -> str:
    """Write a value of a goal's number, as in ``90%`` and ``0.3``.

    Args:
        goal: Which it is of.
        value: Of the number, or of the difference where something is taken away.
    """
    if not is_percentage(goal.metric):
        return _rounded(value, goal.bound)
    return percent(value) if goal.minus is None else _points(value)


def _rounded(value: float, bound: float) -> str:
    """Round to so many digits that a near miss never reads as a hit."""
    said = (f"{value:.{digits}g}" for digits in (4, 6, 9))
    return next((each for each in said if value == bound or float(each) != bound), f"{value!r}")


def _metric(quantity: Quantity) -> str:
    word = "accuracy" if quantity.metric == "acc" else quantity.metric
    return word.replace("_", " ")


def _difference(goal: Goal, minus: Quantity) -> str:
    own = f"{goal.split} {_metric(goal.quantity)}"
    words = _MORE if goal.bound > 0 else _LESS if goal.bound < 0 else _EQUAL
    how = words[goal.direction].format(number(goal, abs(goal.bound)))
    return f"a {own} {how} {_other(goal.quantity, minus)}"


def _other(own: Quantity, minus: Quantity) -> str:
    same = (own.metric, own.split) == (minus.metric, minus.split)
    what = "that" if same else f"the {minus.split} {_metric(minus)}"
    return f"{what} after the first epoch" if minus.first_epoch else what


def _points(difference: float) -> str:
    points = percent(difference).removesuffix("%")
    return f"{points} percentage point{'' if points == '1' else 's'}"
