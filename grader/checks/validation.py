"""What is known of a goal on validation data: what the grader measured, and why a person must look.

The grader measures the accuracy of a training that it made on all images of the dataset's split for
validation. Of any other number of validation data there is but what was logged, which is of
whatever ``fit`` was given to validate with.
"""

from grader.checks.training import Curve, GradedTraining
from grader.evidence import OnValidation
from grader.goals import Goal, words

ALIKE = "; fit validates with the images that it trains on"


def found(training: GradedTraining, goal: Goal) -> OnValidation | None:
    """Return what the grader measured for a goal on validation data; None where it did not."""
    return training.on_validation if goal.of_validation else None


def measured(training: GradedTraining, goal: Goal) -> Curve | None:
    """Return the share classified correctly after each epoch; None where nobody measured.

    Args:
        training: Made by the grader, or in the notebook.
        goal: The last value of one for the end is of the weights that are left.
    """
    known = found(training, goal)
    if known is None:
        return None
    if goal.at_end and known.measured:
        return (*known.measured[:-1], known.accuracy)
    return known.measured


def before(training: GradedTraining, goal: Goal) -> tuple[float | None, int]:
    """Return the share classified correctly before training, and of how many images it is."""
    known = found(training, goal)
    return (known.before, known.images) if known else (training.before, training.images)


def unmeasured(training: GradedTraining, goal: Goal) -> str:
    """Say why a person must look at a goal that is reached by the log alone."""
    what = words.amount(goal)
    if goal.of_validation and training.fit.trained is None and training.fit.reason:
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
