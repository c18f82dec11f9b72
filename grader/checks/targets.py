"""Expectations on a training: that it reaches its target in time, and what ends it."""

from dataclasses import replace

from grader.checks import together
from grader.checks.agreement import InTraining
from grader.checks.declaration import Absent, Expectation, ProbeFault, expect, met, missed
from grader.checks.shortfall import advice, shortfall
from grader.checks.training import Training
from grader.shares import percent

UNSUITED = (
    "The output layer or the loss is not right yet, and a network learns by both: look there first."
)


def reaches(training: Training, before_epoch: int, *, suited: bool = True) -> Expectation:
    """The target is reached before that epoch.

    Args:
        training: The graded one.
        before_epoch: Before which it must reach the target.
        suited: Whether output layer and loss suit each other and the labels.

    Raises:
        ProbeFault: That it was reached could not be confirmed.
    """
    _require_confirmation(training)
    expected = f"{percent(training.target)} before epoch {before_epoch}"
    reached = training.epochs_to_target
    if reached is not None:
        epochs = (
            f"{reached} epoch{'' if reached == 1 else 's'}{together.of_several(training.trainings)}"
        )
        found = f"{percent(training.target)} after {epochs}"
        measured = "" if training.logged_it else ", as the grader measured it on all images"
        said = f"{found}{measured}{_confirmation(training)}"
        hint = together.advice(training, before_epoch)
        made = expect(reached < before_epoch, expected, said, hint)
        return replace(made, review=training.fit.examined is not None)
    # Where all else is right, the learning curve is what to look at.
    hint = advice(training, before_epoch) or ("" if suited else UNSUITED)
    return missed(expected, shortfall(training), hint)


def _require_confirmation(training: Training) -> None:
    """Raise ProbeFault where a kernel's claim could not be confirmed: a person must look."""
    if training.unlearnt and training.fit.trained and training.fit.trained.undecided:
        raise ProbeFault(
            "the grader had no time to find out whether the network learns exchanged labels as well"
        )
    examined = training.fit.examined
    if examined is None or (examined.after is not None and not training.deceptive):
        return
    raise ProbeFault(
        f"the model was trained in its own kernel ({training.fit.reason or 'nobody knows why'}), "
        "which says that it reached the target; the grader could not confirm it"
    )


def _confirmation(training: Training) -> str:
    examined = training.fit.examined
    if examined is None:
        return ""
    how = {"weights": "its weights were measured", "predictions": "it knows unseen images"}
    return (
        f", by its own kernel ({training.fit.reason}); trained again on images whose classes may "
        f"have been exchanged, {how[examined.by]}"
    )


def stopped_by(training: Training, callback: InTraining) -> Expectation:
    """The callback was passed to fit, and it is what stopped it.

    Raises:
        Absent: The target was never reached, so that it does not matter what stopped it.
        ProbeFault: That it was reached could not be confirmed.
    """
    _require_confirmation(training)
    if training.epochs_to_target is None:
        raise Absent(training.part, "What stops the training counts only if it reaches the target.")
    name, epochs = callback.name, training.epochs
    expected = f"stopped by {name}"
    if not callback.passed:
        return missed(expected, _not_passed(training, name))
    if not training.fit.stopped:
        found = f"{name} was passed and did not stop in {epochs} epochs"
        return missed(expected, found, "Does the callback find in the logs what it looks for?")
    if callback.ended_it(training.target):
        return met(expected, f"stopped after {epochs} epochs")
    if callback.asked:
        found = f"stopped after {epochs} epochs, and not when shown the same logs once more"
        return missed(expected, found, "What does the callback look at besides the logs?")
    found = f"{name} was passed, and something else stopped after {epochs} epochs"
    return missed(expected, found, "What else ends the training, and after which epoch?")


def _not_passed(training: Training, name: str) -> str:
    if any(name in given.names for given in training.fit.callbacks):
        return f"another class that is called {name} was passed to fit"
    return f"{name} was not passed to fit"
