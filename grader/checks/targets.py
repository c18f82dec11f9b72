"""Expectations on a training: that it reaches its target in time, and what ends it."""

from dataclasses import replace

from grader.checks.declaration import Absent, Expectation, ProbeFault, expect, met, missed
from grader.checks.training import Training


def reaches(training: Training, before_epoch: int) -> Expectation:
    """The target is reached before that epoch.

    Raises:
        ProbeFault: That it was reached could not be confirmed.
    """
    _require_confirmation(training)
    expected = f"{training.target:.1%} before epoch {before_epoch}"
    reached = training.epochs_to_target
    if reached is not None:
        found = f"{training.target:.1%} after {reached} epochs"
        made = expect(reached < before_epoch, expected, f"{found}{_confirmation(training)}")
        return replace(made, review=training.fit.examined is not None)
    return missed(expected, *_wanting(training, before_epoch))


def _wanting(training: Training, before_epoch: int) -> tuple[str, str]:
    """Return what stands between a training and its target, and what to look at."""
    if training.fit.elsewhere:
        return "trained on other images than those of the dataset", ""
    if training.seen < training.images:
        found = f"each epoch saw {training.seen} of {training.images} images"
        return found, "An epoch should see every image once."
    if training.best is None:
        return "no accuracy was measured", ""
    if training.untaught:
        return "the model knew all images before it was trained", ""
    if training.deceptive:
        found = f"{training.best:.1%} by the log, {training.measured:.1%} of all images afterwards"
        return found, "Does every epoch see all images, in mixed order?"
    ran = training.earlier + len(training.accuracy)
    hint = "A callback ended the training before the target was reached. Which one, and why?"
    early = training.fit.stopped and ran < before_epoch - 1
    return f"at best {training.best:.1%} in {ran} epochs", hint if early else ""


def _require_confirmation(training: Training) -> None:
    """Raise ProbeFault where a kernel's claim could not be confirmed: a person must look."""
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


def stopped_by(training: Training, callback: str) -> Expectation:
    """The callback of that name was passed to fit, and stopped it.

    Raises:
        Absent: The target was never reached, so that there was nothing to stop.
        ProbeFault: That it was reached could not be confirmed.
    """
    _require_confirmation(training)
    if training.epochs_to_target is None:
        raise Absent(training.part, "The target was not reached, so there was nothing to stop.")
    expected = f"stopped by {callback}"
    passed = any(callback in given.names for given in training.fit.callbacks)
    if not passed:
        return missed(expected, f"{callback} was not passed to fit")
    ran = training.earlier + len(training.accuracy)
    if training.fit.stopped:
        return met(expected, f"stopped after {ran} epochs")
    found = f"{callback} was passed and did not stop in {ran} epochs"
    return missed(expected, found, "Does the callback find in the logs what it looks for?")
