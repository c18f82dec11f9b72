"""Expectations on a training: that it reaches its target in time, and what ends it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from grader.checks import held_out, together
from grader.checks.declaration import Absent, Expectation, ProbeFault, expect, met, missed
from grader.checks.goal_result import GoalResult
from grader.checks.limit import exceeded
from grader.checks.shortfall import advice, shortfall
from grader.checks.training import GradedTraining
from grader.checks.trusted import Training, graded
from grader.evidence import Fit, PassedCallback
from grader.goals import Goal, words

UNSUITED = (
    "The output layer or the loss is not right yet, and a network learns by both: look there first."
)


class Ending(Protocol):
    """What a callback did in a training, as far as it may have ended it."""

    @property
    def name(self) -> str:
        """Graded name of its class."""

    @property
    def passed(self) -> Sequence[PassedCallback]:
        """The objects of the class that ``fit`` was given."""

    @property
    def asked(self) -> bool | None:
        """Whether it was the callback that asked to stop; None where that is not known."""

    def within(self, fit: Fit) -> "Ending":
        """Return what it did in one training.

        Args:
            fit: The training.
        """

    def ended_it(self, threshold: float) -> bool:
        """Whether it is the callback, as its class is, that has ended the training.

        Args:
            threshold: Accuracy above which it is to do so.
        """


def reaches(training: Training, goal: Goal, *, suited: bool = True) -> Expectation:
    """The goal is reached in time.

    Args:
        training: The graded one.
        goal: What it must come to; what stands for it where a profile grades.
        suited: Whether output layer and loss suit each other and the labels.

    Raises:
        ProbeFault: That it was reached could not be confirmed.
    """
    made = graded(training)
    goal = made.terms.goal(goal)
    result = GoalResult(made, goal)
    _require_confirmation(result)
    brief, reached = words.brief(goal), result.reached_at
    expected = " ".join(filter(None, (brief, words.deadline(goal), exceeded(made, reached))))
    if reached is not None:
        epochs = (
            f"{reached} epoch{'' if reached == 1 else 's'}{together.of_several(made.trainings)}"
        )
        measured = _measured(result)
        said = f"{brief} after {epochs}{measured}{_confirmation(made)}"
        found = expect(result.in_time, expected, said, together.advice(result))
        return replace(found, review=made.fit.examined is not None)
    # Where all else is right, the learning curve is what to look at.
    hint = advice(result) or ("" if suited else UNSUITED)
    return missed(expected, shortfall(result), hint)


def _measured(result: GoalResult) -> str:
    if result.held_out:
        return f", as the grader measured it on {held_out.images_of(result.goal)}"
    return "" if result.logged_it else ", as the grader measured it on all images"


def _require_confirmation(result: GoalResult) -> None:
    """Raise ProbeFault where a kernel's claim could not be confirmed: a person must look."""
    if result.unconfirmed:
        raise ProbeFault(result.unconfirmed)


def _confirmation(training: GradedTraining) -> str:
    examined = training.fit.examined
    if examined is None:
        return ""
    how = {"weights": "its weights were measured", "predictions": "it knows unseen images"}
    return (
        f", by its own kernel ({training.fit.reason}); trained again on images whose classes may "
        f"have been exchanged, {how[examined.by]}"
    )


def stopped_by(training: Training, goal: Goal, callback: Ending) -> Expectation:
    """The callback was passed to fit, and it is what stopped it.

    Args:
        training: The graded one.
        goal: The accuracy from which on the callback is to stop it, likewise.
        callback: What it did.

    Raises:
        Absent: The goal was never reached, so that it does not matter what stopped it.
        ProbeFault: That it was reached could not be confirmed.
    """
    made = graded(training)
    goal = made.terms.goal(goal)
    result, callback = GoalResult(made, goal), callback.within(made.fit)
    _require_confirmation(result)
    if result.reached_at is None:
        raise Absent(made.part, "What stops the training counts only if it reaches the target.")
    name, epochs = callback.name, made.epochs
    expected = f"stopped by {name}"
    if not callback.passed:
        return missed(expected, _not_passed(made, name))
    if not made.fit.stopped:
        found = f"{name} was passed and did not stop in {epochs} epochs"
        return missed(expected, found, "Does the callback find in the logs what it looks for?")
    if callback.ended_it(goal.bound):
        return met(expected, f"stopped after {epochs} epochs")
    if callback.asked:
        found = f"stopped after {epochs} epochs, and not when shown the same logs once more"
        return missed(expected, found, "What does the callback look at besides the logs?")
    found = f"{name} was passed, and something else stopped after {epochs} epochs"
    return missed(expected, found, "What else ends the training, and after which epoch?")


def _not_passed(training: GradedTraining, name: str) -> str:
    if any(name in given.names for given in training.fit.callbacks):
        return f"another class that is called {name} was passed to fit"
    return f"{name} was not passed to fit"
