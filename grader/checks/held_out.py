"""What is known of a goal on data that is not trained on, and why a person must look at it.

Of a training that it made, the grader measures the accuracy and the loss on all images of the
dataset's split for validation, or for tests; and so, at the end, how far apart two accuracies are.
Of any other number of such data there is but what was logged, which is of whatever ``fit`` was
given to validate with.
"""

from grader.checks.training import Curve, GradedTraining
from grader.evidence import OnSplit
from grader.goals import Goal, Quantity, words

ALIKE = "; fit validates with the images that it trains on"


def found(training: GradedTraining, split: str) -> OnSplit | None:
    """Return what the grader measured on a split that is not trained on; None where it did not."""
    return {"validation": training.on_validation, "test": training.on_test}.get(split)


def measured(training: GradedTraining, goal: Goal) -> Curve | None:
    """Return what was measured of a goal's number after each epoch; None where nobody measured.

    Args:
        training: Made by the grader, or in the notebook.
        goal: The last value of one for the end is of the weights that are left.
    """
    if not goal.measured_on:
        return None
    if goal.minus is not None:
        return _gap(training, goal.quantity, goal.minus)
    split = found(training, goal.split)
    if split is None or (goal.of_loss and split.loss_before is None):
        return None
    end, curve = (split.loss, split.losses) if goal.of_loss else (split.accuracy, split.measured)
    if goal.split == "test":
        return _at_the_end(training, end)
    return (*curve[:-1], end) if goal.at_end and curve else curve


def _gap(training: GradedTraining, own: Quantity, minus: Quantity) -> Curve | None:
    ends = [_accuracy(training, quantity.split) for quantity in (own, minus)]
    there = [end for end in ends if end is not None]
    return _at_the_end(training, there[0] - there[1]) if len(there) == len(ends) else None


def _accuracy(training: GradedTraining, split: str) -> float | None:
    """Return the accuracy on a split when training has ended, as the grader measured it."""
    if split == "training":
        return training.fit.trained.accuracy if training.fit.trained else None
    measured_on = found(training, split)
    return measured_on.accuracy if measured_on else None


def _at_the_end(training: GradedTraining, value: float | None) -> Curve:
    epochs = len(training.fit.trained.running) if training.fit.trained else 0
    return (*(None,) * (epochs - 1), value) if epochs else ()


def known(training: GradedTraining, goal: Goal) -> tuple[float | None, float | None, int]:
    """Return what a model came to before any training, by what the grader measures for a goal.

    What another graded function has made of it was learnt; what it began with was not.

    Args:
        training: Made by the grader, or in the notebook.
        goal: Not of a difference.

    Returns:
        The share classified correctly, the goal's own number, and of how many images they are.
    """
    split = found(training, goal.split)
    if split is None:
        return training.known, training.known, training.images
    share = split.before if split.fresh is None else split.fresh
    loss = split.loss_before if split.loss_fresh is None else split.loss_fresh
    return share, loss if goal.of_loss else share, split.images


def images_of(goal: Goal) -> str:
    """Say of which images the grader measures the number of a goal, none of training alone."""
    splits = {each.split for each in (goal.quantity, goal.minus) if each}
    if len(splits) > 1:
        return "all images of both splits"
    return f"all images of the {goal.split} split"


def unmeasured(training: GradedTraining, goal: Goal) -> str:
    """Say why a person must look at a goal that is reached by the log alone."""
    what = words.amount(goal)
    if goal.measured_on and training.fit.trained is None and training.fit.reason:
        return (
            f"the model was trained in its own kernel ({training.fit.reason}), so the grader does "
            f"not measure this itself and a person must look: {what}"
        )
    alike = alike_in(training, goal)
    return f"the grader does not measure this itself, so a person must look: {what}{alike}"


def alike_in(training: GradedTraining, goal: Goal) -> str:
    """Say of a number of validation data that they are those that it trains on."""
    quantities = filter(None, (goal.quantity, goal.minus))
    trained = training.fit.trained
    if trained is None or not trained.same_images:
        return ""
    return ALIKE if any(each.split == "validation" for each in quantities) else ""
